"""A place in a report ⇄ its short name: `t8r3c2` is a cell, `t8r3c2.1` its second value, `b120:45` a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CELL: Final = re.compile(r"t(?P<table>\d+)r(?P<row>\d+)c(?P<col>\d+)(?:\.(?P<part>\d+))?")
_TEXT: Final = re.compile(r"b(?P<block>\d+):(?P<start>\d+)")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a table (table from 1, row and column from 0), and which of its values, from 0."""

    table_no: int
    row: int
    col: int
    part: int = 0

    def __str__(self) -> str:
        """The short name."""
        part = f".{self.part}" if self.part else ""
        return f"t{self.table_no}r{self.row}c{self.col}{part}"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A character of a block (both from 0)."""

    block_no: int
    start: int

    def __str__(self) -> str:
        """The short name."""
        return f"b{self.block_no}:{self.start}"


Place = CellPlace | TextPlace


def place_of(name: str) -> Place:
    """The place that a short name stands for. ValueError says what one looks like."""
    cell, text = _CELL.fullmatch(name.strip()), _TEXT.fullmatch(name.strip())
    if cell:
        return CellPlace(int(cell["table"]), int(cell["row"]), int(cell["col"]), int(cell["part"] or 0))
    if text:
        return TextPlace(int(text["block"]), int(text["start"]))
    raise ValueError(
        f"{name!r} is no place; write t8r3c2 (table 8, row 3, column 2) or b120:45 (block 120, character 45)"
    )
