"""Rows as read and people's corrections → corrected rows, and a note for each correction that no longer fits.

A correction holds for one file (its hash), one place and one value read; where one of them has changed it
is reported and not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.normalize.periods import year_of
from pipeline.normalize.units import standardize
from pipeline.notes import NOTES
from pipeline.rules import Rules
from pipeline.rules.overrides import NOTHING, LabelOverride, ValueOverride, same_value, value_text
from pipeline.schema.place import CellPlace, Place, TextPlace
from pipeline.schema.rows import Claim, Note, Observation, Unmapped

Row = Observation | Claim
PREFIX = "override:"
# What differs or is ranked has no indicator on purpose: the number is not the indicator's own.
_NO_LEVEL = ("difference", "rank")


@dataclass(frozen=True, slots=True)
class File:
    """What tells which file is being read: its path, and the hash of its bytes."""

    source: str
    sha256: str


def correct_values(
    file: File, observations: list[Observation], claims: list[Claim], rules: Rules
) -> list[Note]:
    """Apply the corrections of this file to its rows in place; return notes on what was not taken."""
    rows: list[Row] = [*observations, *claims]
    places = {place_of_row(row): row for row in rows}
    notes: list[Note] = []
    dropped: set[int] = set()
    for override in rules.overrides.by_doc.get(file.sha256[:16], ()):
        row = places.get(override.where)
        doubt = _doubt(override, row, file)
        if doubt or row is None:
            notes.append(_stale(override, doubt))
        elif override.decision == "ignore":
            dropped.add(id(row))
            notes.append(_ignored(row, override))
        else:
            _apply(row, override, rules)
    observations[:] = [o for o in observations if id(o) not in dropped]
    claims[:] = [c for c in claims if id(c) not in dropped]
    return notes + _of_other_bytes(file, rules)


def correct_labels(rows: Iterable[tuple[str, Row]], rules: Rules) -> None:
    """Give rows that no rule knows the indicator that a correction gives their label."""
    for label, row in rows:
        where = "table" if isinstance(row, Observation) else "prose"
        override = rules.overrides.by_label.get((where, label))
        if override and override.decision == "map" and not _has_no_level(row):
            _name(row, override, rules)


def without_ignored(rows: Sequence[Unmapped], rules: Rules) -> list[Unmapped]:
    """The unmapped labels without those that are left alone on purpose."""
    known = rules.overrides.by_label
    return [
        r for r in rows if (r.where, r.label) not in known or known[r.where, r.label].decision != "ignore"
    ]


def place_of_row(row: Row) -> Place:
    """Where a row was read."""
    if isinstance(row, Observation):
        return CellPlace(row.table_no, row.row, row.col, row.part)
    return TextPlace(row.block_no, row.start)


def read_text(row: Row) -> str:
    """The value of a row as `expect` writes it."""
    status = row.status if isinstance(row, Observation) else "reported"
    return value_text(row.value, row.value_high, status)


def _has_no_level(row: Row) -> bool:
    return isinstance(row, Claim) and row.relation in _NO_LEVEL


def _doubt(override: ValueOverride, row: Row | None, file: File) -> str | None:
    """Why a correction does not fit, or None."""
    if not file.sha256.startswith(override.doc_id):
        return "the file's hash differs"
    if row is None:
        return "nothing is read there now"
    if not same_value(override.expect, read_text(row)):
        return f"{read_text(row)} is read there now"
    return None


def _of_other_bytes(file: File, rules: Rules) -> list[Note]:
    """The corrections that were made to another version of this file."""
    others = (v for v in rules.overrides.by_source.get(file.source, ()) if v.doc_id[:16] != file.sha256[:16])
    return [_stale(v, "the file has changed since") for v in others]


def _stale(override: ValueOverride, doubt: str | None) -> Note:
    where = override.where
    said = f"{override.id} at {override.place} expects {override.expect}: {doubt}; review it again"
    note = Note("stale_override", override.expect, said)
    if isinstance(where, TextPlace):
        note.block_no = where.block_no
    else:
        note.table_no, note.row, note.col = where.table_no, where.row, where.col
    return note


def _ignored(row: Row, override: ValueOverride) -> Note:
    said = f"{NOTES['ignored_by_review']} ({PREFIX}{override.id}{': ' if override.why else ''}{override.why})"
    if isinstance(row, Claim):
        return Note("ignored_by_review", row.quote, said, row.block_no, row.start, row.end)
    return Note("ignored_by_review", row.raw, said, table_no=row.table_no, row=row.row, col=row.col)


def _name(row: Row, override: LabelOverride, rules: Rules) -> None:
    found = rules.codebook.by_id[override.indicator_id]
    row.indicator_id, row.indicator = found.id, found.name
    if row.unit is None and found.unit:
        row.unit = found.unit
        row.std_value, row.std_unit = standardize(row.value, row.unit, rules)
    row.rule = PREFIX + override.id


def _apply(row: Row, override: ValueOverride, rules: Rules) -> None:
    """Write what the correction says into the row; `accept` says that it is right as it was read."""
    if override.indicator_id:
        found = rules.codebook.by_id.get(override.indicator_id)
        row.indicator_id, row.indicator = (found.id, found.name) if found else (None, None)
    if override.value:
        _set_value(row, override.value)
    if override.unit:
        row.unit = _said(override.unit)
    if override.period:
        row.period = _said(override.period)
        row.year = year_of(override.period) if row.period else None
    if override.entity:
        row.entity = _said(override.entity)
    row.std_value, row.std_unit = standardize(row.value, row.unit, rules)
    row.rule, row.confidence = PREFIX + override.id, 1.0


def _set_value(row: Row, text: str) -> None:
    low, _, high = ("", "", "") if text == NOTHING else text.partition("..")
    row.value, row.value_high = (float(low) if low else None), (float(high) if high else None)
    if high or row.qualifier == "range":
        row.qualifier = "range" if high else "exact"
    if isinstance(row, Observation):
        row.status = "reported" if low else "illegible"


def _said(text: str) -> str | None:
    return None if text == NOTHING else text
