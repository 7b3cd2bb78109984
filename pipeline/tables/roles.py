"""The layout of a table and what was read of it → the role of every cell."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pipeline.schema.rows import Role
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.layout import Layout


def mark_roles(grid: Grid, layout: Layout, values: AbstractSet[int]) -> None:
    """Set Cell.role on every cell of the table that the grid was made of."""
    notes = {id(s) for s in (*layout.notes, *layout.units)}
    heads = {id(s) for s in layout.titles}
    for block in layout.blocks:
        heads |= {id(s) for s in (*block.bands, *block.groups.values())}
        heads |= {id(s) for h in block.headers for s in grid.starting(h)}
    for s in grid.seen:
        (s.source or s.cell).role = _role(s, id(s) in notes, id(s) in heads, id(s) in values)


def _role(s: Seen, note: bool, head: bool, value: bool) -> Role:
    if not (s.source or s.cell).text.strip():
        return "blank"
    if note:
        return "note"
    if head:
        return "header"
    return "value" if value else "stub"
