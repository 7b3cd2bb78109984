"""The columns of a block → what each holds: labels, values, units, serial numbers, codes, or words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.tables.features import Block
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.labels import LabelReader

ColumnKind = Literal["serial", "unit", "period", "code", "attribute", "words", "value", "blank"]


@dataclass(slots=True)
class Column:
    """One column of a block. `head` is its innermost header, `name` what that header says it holds."""

    col: int
    kind: ColumnKind
    head: str
    name: str | None


@dataclass(slots=True)
class Segment:
    """Columns that belong together: the label columns, then the values that they label."""

    stubs: list[Column]
    values: list[Column]
    units: list[Column]
    serial: Column | None


def columns_of(grid: Grid, block: Block, reader: LabelReader) -> list[Column]:
    """Say for each column of a block what it holds."""
    columns = [_column(grid, block, c, reader) for c in range(grid.n_cols)]
    return _with_labels(columns)


def _with_labels(columns: list[Column]) -> list[Column]:
    """A first value needs a label: where only attributes stand before it, the first of them is that."""
    first = next((c.col for c in columns if c.kind == "value"), 0)
    before = columns[:first]
    if not any(c.kind in ("words", "period") for c in before):
        column = next((c for c in before if c.kind == "attribute"), None)
        if column is not None:
            column.kind = "words"
    return columns


def segments_of(columns: Sequence[Column], has_header: bool) -> list[Segment]:
    """Cut the columns where the labels begin anew (指标 | 数值 | 指标 | 数值)."""
    segments = [Segment([], [], [], None)]
    for column in columns:
        if segments[-1].values and _begins(column, columns, segments[-1], has_header):
            segments.append(Segment([], [], [], None))
        _add(column, segments[-1], has_header)
    for segment in segments[1:]:
        if not segment.stubs:
            segment.stubs = segments[0].stubs
    return segments


def _begins(column: Column, columns: Sequence[Column], segment: Segment, has_header: bool) -> bool:
    if column.kind not in ("words", "serial", "period"):
        return False
    if not has_header:
        return column.kind == "words" and any(x.kind == "value" for x in columns[column.col + 1 :])
    firsts = [*segment.stubs, *([segment.serial] if segment.serial else [])]
    return bool(column.head) and any(column.head == s.head for s in firsts)


def _add(column: Column, segment: Segment, has_header: bool) -> None:
    match column.kind:
        case "value":
            segment.values.append(column)
        case "unit":
            segment.units.append(column)
        case "serial":
            segment.serial = segment.serial or column
        case "words" | "period" if not segment.values or (has_header and not segment.stubs):
            segment.stubs.append(column)
        case _:
            pass


def _column(grid: Grid, block: Block, c: int, reader: LabelReader) -> Column:
    head = _head(grid, block, c, reader)
    name = reader.rules.roles.column_name(head) if head else None
    cells = [s for s in grid.column(c, block.rows) if s.kind != "blank" and s.cell.row not in block.headers]
    cells = [s for s in cells if s.cell.colspan == 1] or cells
    return Column(c, _kind(grid, block, c, cells, head, name, reader), head, name)


def _head(grid: Grid, block: Block, c: int, reader: LabelReader) -> str:
    """The innermost header label over column c, cleaned; '' where there is none."""
    for h in reversed(block.headers):
        s = grid.at[h][c]
        if s.kind != "blank":
            return reader.rules.codebook.clean(reader.read(s.text).name)
    return ""


def _kind(
    grid: Grid, block: Block, c: int, cells: Sequence[Seen], head: str, name: str | None, reader: LabelReader
) -> ColumnKind:
    if not cells:
        return "words" if name in ("entity", "measure") else "blank"
    if name in ("serial", "code", "attribute"):
        return "serial" if name == "serial" else "code" if name == "code" else "attribute"
    n, kinds = len(cells), Counter([s.kind for s in cells])
    if (name == "unit" and _are_units(cells, 0.5, reader)) or (
        n >= 2 and c > 0 and _are_units(cells, 0.8, reader)
    ):
        return "unit"
    if not head and _is_serial(grid, block, c, cells):
        return "serial"
    periods = kinds["period"] + kinds["year"]
    if periods == n and (name == "period" or kinds["period"] == n):
        return "period"
    if name == "period" and kinds["date"] + periods >= 0.8 * n:
        return "period" if c == 0 or periods == n else "attribute"
    if _are_classes(grid, block, c, cells):
        return "words"
    numbers = kinds["number"] + kinds["year"]
    numbers += kinds["class"] if numbers else 0
    answers = kinds["no_answer"] + kinds["illegible"]
    if numbers and numbers + answers >= 0.5 * n:
        return "value"
    if numbers and not block.headers and c > 0:
        return "value"
    return (
        "value" if answers == n and block.headers and name not in ("entity", "measure") and c > 0 else "words"
    )


def _are_units(cells: Sequence[Seen], share: float, reader: LabelReader) -> bool:
    """At least `share` of the cells are units. Most columns hold none, which their first cells show."""
    units = len(cells)
    for s in cells:
        if not reader.rules.codebook.is_unit(s.text):
            units -= 1
            if units < share * len(cells):
                return False
    return True


def _are_classes(grid: Grid, block: Block, c: int, cells: Sequence[Seen]) -> bool:
    """Ranges (2000-3000元, 30岁以下) before any words, with numbers beside them."""
    ranges = sum([_is_range(s) for s in cells])
    words = sum([s.kind == "words" for s in cells])
    if len(cells) < 2 or not ranges or ranges + words < len(cells):
        return False
    before = any(grid.at[r][x].kind == "words" for x in range(c) for r in block.rows)
    beside = any(grid.at[r][x].kind == "number" for x in range(c + 1, grid.n_cols) for r in block.rows)
    return beside and not before


def _is_range(s: Seen) -> bool:
    return len(s.quantities) == 1 and s.quantities[0].qualifier not in ("exact", "about")


def _is_serial(grid: Grid, block: Block, c: int, cells: Sequence[Seen]) -> bool:
    """The numbers 1, 2, 3 … without a header of their own, before the first words."""
    if c > 0 and any(grid.at[r][cc].kind == "words" for cc in range(c) for r in block.rows[:3]):
        return False
    numbers = [s.quantities[0].value for s in cells if s.kind == "number" and len(s.quantities) == 1]
    if len(numbers) < 2 or len(numbers) < 0.7 * len(cells) or c + 1 >= grid.n_cols:
        return False
    return numbers == [float(i + 1) for i in range(len(numbers))]
