"""A view and a position → the labels that the value there stands under, each with its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.normalize.indicators import match
from pipeline.tables.grid import Seen
from pipeline.tables.labels import LabelReader, LabelRole
from pipeline.tables.levels import header_path, stub_cells
from pipeline.tables.sides import Path, Settled, Side
from pipeline.tables.view import View


class Paths:
    """The labels over the values of one view.

    The sides are shared by the paths they stand in: each row and each column is put together once.
    """

    def __init__(self, view: View, reader: LabelReader) -> None:
        self.view, self.reader = view, reader
        self._rows: dict[int, Side] = {}
        self._columns: dict[tuple[int, int], Side] = {}
        self._nothing = Side([], reader.rules)
        corners = [level.corner for level in view.levels.stubs.values() if level.corner]
        self._corners = [Settled(corner, "measure", None, True) for corner in corners]
        self._classified = any(level.has("dim") for level in view.levels.headers.values())

    def over(self, r: int, c: int) -> Path:
        """The labels over the cell at (r, c): bands and groups, stub labels, then column headers."""
        own = own_label(self.view, r, c)
        if own is not None:
            stub = _stub(own, self.view, r, self.reader, None)
            return Path(Side([stub], self.reader.rules), self._nothing)
        row = self._rows.get(r)
        if row is None:
            row = self._rows[r] = Side(self._row(r), self.reader.rules)
        s = self.view.grid.at[r][c]
        across = c, s.cell.col + s.cell.colspan
        column = self._columns.get(across)
        if column is None:
            column = self._columns[across] = Side(self._column(*across), self.reader.rules)
        return Path(row, column)

    def _row(self, r: int) -> list[Settled]:
        view, reader = self.view, self.reader
        stubs = stub_cells(view.grid, view.block, r, view.segment.stubs)
        return [
            *(_outer(s, reader) for s in _bands(view, r)),
            *self._corners,
            *(_stub(s, view, r, reader, s) for s in stubs),
        ]

    def _column(self, c: int, end: int) -> list[Settled]:
        """The column headers over a value in column c that reaches up to `end`."""
        view = self.view
        path = header_path(view.grid, view.block, c, view.segment.values[0].col)
        heads = [_head(s, view, self.reader) for s in path if _covers(s, end, view)]
        return heads if self._classified else list(_sum_of(heads))


def _covers(head: Seen, end: int, view: View) -> bool:
    """A header labels a merged value only if it stands over all of it, up to the column `end`."""
    beside = range(head.cell.col + head.cell.colspan, end)
    return all(view.grid.at[head.cell.row][c].kind == "blank" for c in beside)


def _sum_of(heads: Iterable[Settled]) -> Iterator[Settled]:
    """总数 under a measure counts that measure, where it stands beside no classes that it adds up."""
    outer: Settled | None = None
    for x in heads:
        counts = x.role == "total" and outer is not None and outer.role == "measure"
        yield x._replace(role="generic") if counts else x
        outer = x


def own_label(view: View, r: int, c: int) -> Seen | None:
    """A label inside the row that reaches over value columns: it alone names the value to its right."""
    first = view.segment.values[0].col
    left = view.grid.at[r][c - 1] if c else None
    if left is None or left.kind != "words" or left.cell.row in view.block.headers:
        return None
    reaches = left.cell.col + left.cell.colspan > first
    return left if reaches and left.cell.colspan > 1 and left.cell.col <= first else None


def _bands(view: View, r: int) -> list[Seen]:
    block = view.block
    group = max((g for g in block.groups if g <= r), default=None) if block.groups else None
    return block.bands if group is None else [*block.bands, block.groups[group]]


def _outer(s: Seen, reader: LabelReader) -> Settled:
    """A band: it says when, whose, in what unit or what is measured; anything else only gathers."""
    label = reader.read(s.text)
    role: LabelRole = label.role
    if role in ("unknown", "total"):
        votes = label.votes
        known = match([label.name], label.unit, reader.rules.codebook)
        strong = known or (label.dim and votes.get("dim", 0) >= 1)
        role = (
            "gather"
            if not strong and "entity" not in votes
            else "measure"
            if known
            else "entity"
            if "entity" in votes
            else "dim"
        )
    return Settled(label, role, label.dim, True)


def _stub(s: Seen, view: View, r: int, reader: LabelReader, cell: Seen | None) -> Settled:
    label = reader.read(s.text)
    column = next((x for x in view.segment.stubs if x.col == s.cell.col), None)
    if cell is None:
        return Settled(label, "measure" if label.role == "unknown" else label.role, None, True)
    if s.cell.row in view.block.headers or s.cell.row < view.block.rows[0]:
        return _outer(s, reader)
    if column is None or column.kind == "period":
        return Settled(
            label,
            label.role if label.role in ("period", "total") else "dim",
            label.dim or (column.head if column else None),
            True,
        )
    level = view.levels.stubs.get(column.col)
    role = level.role(label) if level else label.role
    dim = label.dim or (level.dim if level else None) or "类别"
    if role in ("dim", "total") and level and level.dim:
        dim = level.dim
    return Settled(label, role, dim, True, view.named.get(r) if role == "measure" else None)


def _head(s: Seen, view: View, reader: LabelReader) -> Settled:
    label = reader.read(s.text)
    level = view.levels.headers.get(s.cell.row)
    return Settled(label, level.role(label) if level else label.role, label.dim, False)
