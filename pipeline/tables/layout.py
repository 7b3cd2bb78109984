"""A grid → its blocks: header rows, data rows and bands, and the cells that stand outside of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.units import unit_line
from pipeline.tables.features import Block, is_header, leads_pairs
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.labels import LabelReader


@dataclass(slots=True)
class Layout:
    """The blocks of a table, and the cells that stand outside of them."""

    blocks: list[Block]
    titles: list[Seen]
    units: list[Seen]
    notes: list[Seen]


def lay_out(grid: Grid, reader: LabelReader, first_rows_are_headers: int = 0) -> Layout:
    """Split a grid into blocks. The first `first_rows_are_headers` rows are headers in any case."""
    layout = Layout([], [], [], [])
    block = Block()
    open_bands: list[Seen] = []
    fresh = True
    paired = leads_pairs(grid, reader)
    for r in range(grid.n_rows):
        full = _full_text(grid, r)
        if full and _matter(full, layout, reader, r):
            continue
        if not grid.filled(r) and all(s.kind == "blank" for s in grid.row(r)):
            continue
        if _is_signature(grid.filled(r), reader):
            layout.notes += grid.filled(r)
            continue
        if full and _is_band(grid, r, full, block, layout):
            open_bands.append(full)
            fresh = True
            continue
        if r < first_rows_are_headers or is_header(grid, r, block, reader, fresh, paired):
            if block.rows or not block.headers:
                block = Block(bands=open_bands)
                open_bands = []
                layout.blocks.append(block)
            block.headers.append(r)
        else:
            if not layout.blocks:
                layout.blocks.append(block)
            if open_bands:
                block.groups[r] = open_bands[-1]
                open_bands = []
            block.rows.append(r)
        fresh = False
    for block in layout.blocks:
        block.bands = [*block.bands, *_beside(grid, block)]
    return layout


def _beside(grid: Grid, block: Block) -> list[Seen]:
    """Titles at the left of a block: cells of words from its header row down over all its rows."""
    if not block.headers or not block.rows:
        return []
    top, end = block.headers[0], block.rows[-1] + 1
    return [
        s
        for s in grid.starting(top)
        if s.kind == "words" and s.cell.row + s.cell.rowspan >= end > block.headers[-1] + 1
    ]


def _full_text(grid: Grid, r: int) -> Seen | None:
    """A label that stands alone in row r: one cell across, or the only one filled, which spans columns."""
    full = grid.full(r)
    if full is not None:
        return full if full.cell.row == r and full.kind != "blank" else None
    if len(grid.filled(r)) > 1:
        return None
    filled = [s for s in grid.row(r) if s.kind != "blank"]
    alone = len(filled) == 1 and filled[0].cell.row == r and filled[0].cell.rowspan == 1
    return filled[0] if alone and filled[0].kind == "words" else None


def _matter(full: Seen, layout: Layout, reader: LabelReader, r: int) -> bool:
    """Take a lone cell that is a note, a unit line, or a title above everything."""
    roles = reader.rules.roles
    if roles.note_regex.match(full.text):
        layout.notes.append(full)
    elif unit_line(full.text, reader.rules):
        layout.units.append(full)
    elif (
        not layout.blocks
        and full.cell.colspan > 1
        and full.kind == "words"
        and r == len(layout.titles) + len(layout.units)
    ):
        layout.titles.append(full)
    else:
        return False
    return True


def _is_signature(filled: Sequence[Seen], reader: LabelReader) -> bool:
    """A row such as 填报单位：… | 填报日期：…, without values; `filled` are its cells that are not blank."""
    if not filled or len(filled) > 4 or any(s.kind in ("number", "no_answer") for s in filled):
        return False
    return bool(reader.rules.roles.note_regex.match(filled[0].text))


def _is_band(grid: Grid, r: int, full: Seen, block: Block, layout: Layout) -> bool:
    if full.kind not in ("words", "period", "year") or full.cell.col > 0:
        return False
    return full.cell.colspan > 1 or full.cell.colspan == grid.n_cols or _numbered(full.text)


def _numbered(text: str) -> bool:
    return text[:1] in "一二三四五六七八九十（(" and any(m in text[:4] for m in "、.．)）")
