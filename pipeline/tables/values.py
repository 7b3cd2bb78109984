"""The value cells of one segment → observations, and a note for each that is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.normalize.context import Context
from pipeline.normalize.units import standardize
from pipeline.rules import Rules
from pipeline.schema.rows import Note, Observation, ValueStatus
from pipeline.segment.quantity import Quantity
from pipeline.tables.confidence import confidence
from pipeline.tables.grid import Kind, Seen
from pipeline.tables.labels import LabelReader
from pipeline.tables.leftovers import note_on
from pipeline.tables.parts import part_path
from pipeline.tables.paths import Paths, Settled
from pipeline.tables.reading import Reading, read_labels
from pipeline.tables.view import View

_UNREAD: Final[dict[Kind, ValueStatus]] = {"no_answer": "not_applicable", "illegible": "illegible"}


@dataclass(slots=True)
class Found:
    """What one segment gives; `values` are the identities of its value cells."""

    observations: list[Observation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    values: set[int] = field(default_factory=set)


def read_block(view: View, reader: LabelReader, context: Context, rules: Rules, form: str | None) -> Found:
    """Read every value cell of a segment, row by row."""
    found, paths = Found(), Paths(view, reader)
    for r in view.block.rows:
        for column in view.segment.values:
            s = view.grid.at[r][column.col]
            if s.cell.row == r and s.cell.col == column.col and s.kind != "blank":
                _read_cell(s, paths, context, rules, form, found)
    return found


def _read_cell(s: Seen, paths: Paths, context: Context, rules: Rules, form: str | None, found: Found) -> None:
    view, path = paths.view, paths.over(s.cell.row, s.cell.col)
    code = _no_value(s, path, rules)
    if code is None and not (s.quantities or s.kind in _UNREAD):
        code = "text_cell"
    if code:
        found.notes.append(note_on(s, code))
        found.values.add(id(s))
        return
    for part in range(max(1, len(s.quantities))):
        own = part_path(path, s, part, paths.reader)
        reading = read_labels(own, view, s, context, rules, part)
        sure = confidence(s, own, reading, view, form)
        found.observations.append(_observation(s, part, reading, form or reading.rule, sure, rules))
    found.values.add(id(s))


def _no_value(s: Seen, path: Sequence[Settled], rules: Rules) -> str | None:
    """The code of the note, where the cell or its labels say that it holds no measurement."""
    if s.kind == "phone":
        return "phone"
    innermost = path[-1].label.name if path else ""
    if rules.roles.code_label_regex.search(innermost):
        return "code"
    dated = s.kind in ("year", "number") and rules.roles.date_label_regex.search(innermost)
    return "date" if dated or s.kind in ("date", "period") else None


def _observation(s: Seen, part: int, reading: Reading, rule: str, sure: float, rules: Rules) -> Observation:
    if s.kind in _UNREAD:
        o = _blank(s, reading, rule, sure)
        o.raw, o.status, o.unit = s.text, _UNREAD[s.kind], reading.unit
        o.std_unit = standardize(None, reading.unit, rules)[1]
        return o
    return _one(s, s.quantities[part], part, reading, rule, sure, rules)


def _blank(s: Seen, reading: Reading, rule: str, sure: float) -> Observation:
    found = reading.indicator
    return Observation(
        table_no=s.cell.table_no,
        row=s.cell.row,
        col=s.cell.col,
        raw=s.text,
        labels=list(reading.labels),
        indicator_id=found.id if found else None,
        indicator=found.name if found else None,
        dims=dict(reading.dims),
        entity=reading.entity,
        period=reading.period[0] if reading.period else None,
        year=reading.period[1] if reading.period else None,
        rule=rule,
        confidence=sure,
    )


def _one(
    s: Seen, q: Quantity, part: int, reading: Reading, rule: str, sure: float, rules: Rules
) -> Observation:
    o = _blank(s, reading, rule, sure)
    o.raw, o.part = s.text if len(s.quantities) == 1 else q.surface, part
    o.value, o.value_high, o.qualifier = q.value, q.high, q.qualifier
    o.unit = q.unit or reading.unit
    o.std_value, o.std_unit = standardize(q.value, o.unit, rules)
    return o
