"""The cells of one table → a grid in which each position knows its cell, and each cell what it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

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


@dataclass(slots=True, eq=False)
class Seen:
    """A cell, what it looks like, and the quantities in it when it holds nothing else.

    `source` is the row of `cells` to be marked, where `cell` is a copy that stands elsewhere; `said` has the
    words in brackets before each quantity, where there are any.
    """

    cell: Cell
    text: str
    kind: Kind
    quantities: Sequence[Quantity] = ()
    source: Cell | None = None
    said: Sequence[str] = ()

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
            self._place(s)
        # Layout and labels ask for the same rows over and over: they are put together once.
        self._rows = [tuple(dict.fromkeys(row)) for row in self.at]
        self._starting = [tuple([s for s in row if s.cell.row == r]) for r, row in enumerate(self._rows)]
        self._filled = [tuple([s for s in row if s.kind != "blank"]) for row in self._starting]
        self._numbers = [frozenset([s.cell.col for s in row if s.kind == "number"]) for row in self._filled]

    def _place(self, s: Seen) -> None:
        cell = s.cell
        if cell.rowspan == cell.colspan == 1 and cell.row < self.n_rows and cell.col < self.n_cols:
            self.at[cell.row][cell.col] = s
            return
        for r in range(cell.row, min(self.n_rows, cell.row + cell.rowspan)):
            for c in range(cell.col, min(self.n_cols, cell.col + cell.colspan)):
                self.at[r][c] = s

    def row(self, r: int) -> tuple[Seen, ...]:
        """The distinct cells that touch row r, left to right."""
        return self._rows[r]

    def starting(self, r: int) -> tuple[Seen, ...]:
        """The cells whose first row is r, left to right."""
        return self._starting[r]

    def filled(self, r: int) -> tuple[Seen, ...]:
        """Those of the cells whose first row is r that are not blank."""
        return self._filled[r]

    def numbers(self, r: int) -> frozenset[int]:
        """The columns in which numbers start in row r."""
        return self._numbers[r]

    def column(self, c: int, rows: Sequence[int]) -> list[Seen]:
        """The distinct cells that touch column c in `rows` and begin in that column."""
        return list(dict.fromkeys(self.at[r][c] for r in rows if self.at[r][c].cell.col == c))

    def full(self, r: int) -> Seen | None:
        """The cell that covers the whole of row r, if one does."""
        s = self.at[r][0]
        return s if self.n_cols > 1 and s.cell.colspan >= self.n_cols else None


class _Look(NamedTuple):
    """What a text says of its cell. Cells of equal text share it, so it holds nothing that may be changed."""

    kind: Kind
    quantities: tuple[Quantity, ...] = ()
    said: tuple[str, ...] = ()


class CellReader:
    """Says what the cells of one report look like; each distinct text is read once."""

    def __init__(self, rules: Rules, report_year: int | None) -> None:
        self.rules, self.report_year = rules, report_year
        self._known: dict[str, _Look] = {}

    def see(self, cell: Cell) -> Seen:
        """What a cell looks like. A number that may be a year is `year` until its column says otherwise."""
        text = cell.text.strip()
        look = self._known.get(text)
        if look is None:
            look = self._known[text] = _look(text, self.rules, self.report_year)
        return Seen(cell, text, look.kind, look.quantities, said=look.said)


def _look(text: str, rules: Rules, report_year: int | None) -> _Look:
    if not text:
        return _Look("blank")
    if rules.roles.no_answer_regex.match("".join(text.split())):
        return _Look("no_answer")
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    period = _is_period(text, folded, rules, report_year)
    if period and not _BARE.match(text):
        return _Look("period")
    read = read_cell(text, rules)
    if period:
        return _looked("year", read) if read.kind == "value" else _Look("period")
    if rules.roles.class_regex.match(folded):
        return _looked("class", read) if read.quantities else _Look("words")
    return _looked(_KINDS[read.kind], read)


def _is_period(text: str, folded: str, rules: Rules, report_year: int | None) -> bool:
    """The text names a period, a unit behind it left out. Most texts have nothing of a period at all."""
    if not rules.periods.needs_regex.search(folded):
        return False
    return parse_period(rules.codebook.split_unit(text)[0], report_year, rules.periods) is not None


def _looked(kind: Kind, read: CellReading) -> _Look:
    return _Look(kind, tuple(read.quantities), tuple(read.said) if any(read.said) else ())
