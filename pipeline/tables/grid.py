"""The cells of one table → a grid in which each position knows its cell, and each cell what it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.normalize.periods import parse_period
from pipeline.rules import Rules
from pipeline.schema.rows import Cell
from pipeline.segment.cells import CellKind, CellReading, read_cell
from pipeline.segment.quantity import Quantity

# `year` is a bare number that may be a year, `class` a class of ages or the like that reads as a number too:
# both are labels or values, as their place will show.
Kind = Literal[
    "blank", "number", "no_answer", "illegible", "year", "class", "period", "date", "phone", "words"
]
_KINDS: Final[dict[CellKind, Kind]] = {
    "value": "number",
    "not_applicable": "no_answer",
    "illegible": "illegible",
    "date": "date",
    "phone": "phone",
    "code": "words",
    "text": "words",
    "blank": "blank",
}
_BARE: Final = re.compile(r"^[\d０-９. ]+$")
_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True, eq=False)
class Seen:
    """A cell, what it looks like, and the quantities in it when it holds nothing else.

    `source` is the row of `cells` to be marked, where `cell` is a copy that stands elsewhere; `said` has the
    words in brackets before each quantity, where there are any.
    """

    cell: Cell
    text: str
    kind: Kind
    quantities: list[Quantity] = field(default_factory=list)
    source: Cell | None = None
    said: list[str] = field(default_factory=list)

    @property
    def wordy(self) -> bool:
        """It may be a label: words, a year or a period."""
        return self.kind in ("words", "year", "class", "period")


class Grid:
    """All positions of one table. `at[r][c]` is the cell that covers row r, column c."""

    def __init__(self, seen: Iterable[Seen], n_rows: int, n_cols: int) -> None:
        self.n_rows, self.n_cols = n_rows if n_cols else 0, n_cols  # rows may have no cell at all
        self.seen = list(seen)
        blank = Seen(Cell(0, -1, -1, 1, 1, ""), "", "blank")
        self.at: list[list[Seen]] = [[blank] * n_cols for _ in range(self.n_rows)]
        for s in self.seen:
            for r in range(s.cell.row, min(n_rows, s.cell.row + s.cell.rowspan)):
                for c in range(s.cell.col, min(n_cols, s.cell.col + s.cell.colspan)):
                    self.at[r][c] = s

    def row(self, r: int) -> list[Seen]:
        """The distinct cells that touch row r, left to right."""
        return list(dict.fromkeys(self.at[r]))

    def starting(self, r: int) -> list[Seen]:
        """The cells whose first row is r, left to right."""
        return [s for s in self.row(r) if s.cell.row == r]

    def column(self, c: int, rows: Sequence[int]) -> list[Seen]:
        """The distinct cells that touch column c in `rows` and begin in that column."""
        return list(dict.fromkeys(self.at[r][c] for r in rows if self.at[r][c].cell.col == c))

    def full(self, r: int) -> Seen | None:
        """The cell that covers the whole of row r, if one does."""
        s = self.at[r][0]
        return s if self.n_cols > 1 and s.cell.colspan >= self.n_cols else None


def look(cell: Cell, rules: Rules, report_year: int | None) -> Seen:
    """Say what a cell looks like. A number that may be a year is `year` until its column says otherwise."""
    text = cell.text.strip()
    read = read_cell(text, rules)
    kind, quantities = _kind(text, read, rules, report_year)
    return Seen(cell, text, kind, quantities, said=read.said if any(read.said) else [])


def _kind(text: str, read: CellReading, rules: Rules, report_year: int | None) -> tuple[Kind, list[Quantity]]:
    tight = _SPACES.sub("", text)
    if not tight:
        return "blank", []
    if rules.roles.no_answer_regex.match(tight):
        return "no_answer", []
    if parse_period(rules.codebook.split_unit(text)[0], report_year, rules.periods):
        return ("year", read.quantities) if read.kind == "value" and _BARE.match(text) else ("period", [])
    if rules.roles.class_regex.match(unicodedata.normalize("NFKC", tight)):
        return ("class", read.quantities) if read.quantities else ("words", [])
    return _KINDS[read.kind], read.quantities
