"""A block and its columns → its segments as views: all that is needed to read their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tables.columns import Column, Segment, segments_of
from pipeline.tables.features import Block
from pipeline.tables.grid import Grid
from pipeline.tables.labels import Label, LabelReader
from pipeline.tables.level import Levels
from pipeline.tables.levels import header_path, settle, stub_cells
from pipeline.tables.nesting import FormRow, Named, name_rows
from pipeline.tables.scope import Scope


@dataclass(slots=True)
class View:
    """One segment of a block with all that is needed to read its values."""

    grid: Grid
    block: Block
    segment: Segment
    levels: Levels
    named: dict[int, Named]
    scope: Scope
    latest: tuple[str, int] | None = None
    has_header: bool = True


def views_of(
    grid: Grid, block: Block, columns: Sequence[Column], reader: LabelReader, scope: Scope
) -> list[View]:
    """The segments of a block that hold values, their labels' roles settled."""
    views = []
    for segment in segments_of(columns, bool(block.headers)):
        if not segment.values:
            continue
        levels = settle(grid, block, segment, reader, scope.measure is not None or scope.unit is not None)
        named = _names(grid, block, segment, levels, reader)
        view = View(grid, block, segment, levels, named, scope, has_header=bool(block.headers))
        view.latest = _latest(view, reader)
        views.append(view)
    return views


def _latest(view: View, reader: LabelReader) -> tuple[str, int] | None:
    """The latest period among the column headers."""
    found = [
        p
        for v in view.segment.values
        for s in header_path(view.grid, view.block, v.col, view.segment.values[0].col)
        if (label := reader.read(s.text)).role != "change" and (p := label.period)
    ]
    return max(found, key=lambda p: p[1], default=None)


def _names(
    grid: Grid, block: Block, segment: Segment, levels: Levels, reader: LabelReader
) -> dict[int, Named]:
    """Row → its full name, for the rows of the innermost stub column that names measures."""
    measured = [s for s in segment.stubs if s.col in levels.stubs and levels.stubs[s.col].has("measure")]
    if not measured:
        return {}
    stub = measured[-1]
    rows, forms = [], []
    for r in block.rows:
        cells = stub_cells(grid, block, r, [x for x in segment.stubs if x.col <= stub.col])
        if not cells or cells[-1].cell.row in block.headers:
            continue
        label = reader.read(cells[-1].text)
        mark = next((id(s) for s in cells if reader.read(s.text).marked), None)
        serial = grid.at[r][segment.serial.col].cell.row if segment.serial else 0
        corner = levels.stubs[stub.col].corner
        unit = label.unit or unit_cell(grid, r, segment) or (corner.unit if corner else None)
        rows.append(r)
        forms.append(FormRow(label.name + corner.name if corner else _full(label), unit, mark, serial))
    return dict(zip(rows, name_rows(forms, reader.rules.codebook), strict=True))


def _full(label: Label) -> str:
    """The label as printed, but for a year in it (2022年招生数)."""
    return label.name if label.role == "unknown" and label.period else label.text


def unit_cell(grid: Grid, r: int, segment: Segment) -> str | None:
    """What the unit column of row r says, or None."""
    for u in segment.units:
        s = grid.at[r][u.col]
        if s.kind not in ("blank", "no_answer"):
            return s.text
    return None
