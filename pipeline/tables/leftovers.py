"""The cells of a block that are neither label nor value → a note for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.schema.rows import Note
from pipeline.tables.columns import Column
from pipeline.tables.features import Block
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.view import View

MESSAGES = {
    "text_cell": "the cell holds words, not a number",
    "text_table": "the table holds words only",
    "date": "the cell holds a date",
    "phone": "the cell holds a telephone number",
    "code": "the cell holds an identifier",
    "serial_number": "the running number of the row",
    "unread_number": "the cell holds a number, and no label says what it measures",
}


def leftover_notes(
    grid: Grid, block: Block, columns: Iterable[Column], views: Iterable[View]
) -> Iterator[Note]:
    """A note for every filled cell below the headers that none of `views` uses as label, unit or value."""
    used = {c.col for v in views for c in (*v.segment.stubs, *v.segment.values, *v.segment.units)}
    for column in columns:
        if column.col in used:
            continue
        for s in grid.column(column.col, block.rows):
            if s.kind != "blank" and s.cell.row in block.rows:
                yield note_on(s, _code(s, column))


def note_on(s: Seen, code: str) -> Note:
    """A note on one cell."""
    c = s.cell
    return Note(code, s.text, MESSAGES[code], table_no=c.table_no, row=c.row, col=c.col)


def _code(s: Seen, column: Column) -> str:
    match s.kind, column.kind:
        case "phone", _:
            return "phone"
        case (("number" | "year"), "serial"):
            return "serial_number"
        case _, "code":
            return "code"
        case (("date" | "period" | "year"), _):
            return "date"
        case "number", _:
            return "unread_number"
        case _:
            return "text_cell"
