"""The value cells of one segment → observations, and a note for each that is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.normalize.context import Context
from pipeline.normalize.units import standardize
from pipeline.rules import Rules
from pipeline.schema.rows import Note, Observation, ValueStatus
from pipeline.tables.confidence import confidence
from pipeline.tables.grid import Kind, Seen
from pipeline.tables.labels import LabelReader
from pipeline.tables.leftovers import note_on
from pipeline.tables.parts import part_path
from pipeline.tables.paths import Paths
from pipeline.tables.reading import Reading, read_labels
from pipeline.tables.sides import Path
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
    code = _no_value(s, path)
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


def _no_value(s: Seen, path: Path) -> str | None:
    """The code of the note, where the cell or its labels say that it holds no measurement."""
    if s.kind == "phone":
        return "phone"
    if path.innermost.coded:
        return "code"
    dated = s.kind in ("year", "number") and path.innermost.dated
    return "date" if dated or s.kind in ("date", "period") else None


def _observation(s: Seen, part: int, reading: Reading, rule: str, sure: float, rules: Rules) -> Observation:
    o = _blank(s, reading, rule, sure)
    if s.kind in _UNREAD:
        o.status, o.std_unit = _UNREAD[s.kind], standardize(None, o.unit, rules)[1]
    else:
        _fill(o, s, part, rules)
    return o


def _blank(s: Seen, reading: Reading, rule: str, sure: float) -> Observation:
    """The row of a cell as its labels tell it, still without a value."""
    found, (period, year) = reading.indicator, reading.period or (None, None)
    return Observation(
        table_no=s.cell.table_no,
        row=s.cell.row,
        col=s.cell.col,
        raw=s.text,
        labels=reading.labels,
        indicator_id=found.id if found else None,
        indicator=found.name if found else None,
        dims=reading.dims,
        entity=reading.entity,
        period=period,
        year=year,
        unit=reading.unit,
        rule=rule,
        confidence=sure,
    )


def _fill(o: Observation, s: Seen, part: int, rules: Rules) -> None:
    """Give the row its value: the quantity at place `part` of the cell, in the unit printed nearest."""
    q = s.quantities[part]
    o.part = part
    if len(s.quantities) > 1:
        o.raw = q.surface
    o.value, o.value_high, o.qualifier, o.unit = q.value, q.high, q.qualifier, q.unit or o.unit
    o.std_value, o.std_unit = standardize(q.value, o.unit, rules)
