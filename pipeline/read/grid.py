"""One table (w:tbl) → cells that cover each position of its grid exactly once (ECMA-376 part 1 §17.4).

Rows may be shifted (w:gridBefore), shorter than others, or merged in ways that Word tolerates and most
readers do not. Whatever comes in, the rows that go out are a partition of n_rows × n_cols.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.notes import Failure
from pipeline.read.inline import SDT, SDT_CONTENT, TRANSPARENT, Element
from pipeline.read.package import W, first_child, natural
from pipeline.read.styles import is_on

_TR: Final = f"{W}tr"
_TC: Final = f"{W}tc"
_TRPR: Final = f"{W}trPr"
_VAL: Final = f"{W}val"
_SPAN: Final = f"{W}gridSpan"
_MERGE_DOWN: Final = f"{W}vMerge"
_MERGE_LEFT: Final = f"{W}hMerge"
_CELL_GONE: Final = f"{W}cellDel"
_BEFORE: Final = f"{W}gridBefore"
_AFTER: Final = f"{W}gridAfter"
_HEADER: Final = f"{W}tblHeader"
DELETED: Final = frozenset((f"{W}del", f"{W}moveFrom"))


@dataclass(slots=True)
class GridCell:
    """One cell: where it starts, what it spans, and what it says."""

    row: int
    col: int
    text: str
    colspan: int = 1
    rowspan: int = 1
    header_row: bool = False


@dataclass(slots=True)
class _Shape:
    """What a cell says of its place: columns spanned, continues the cell above or to the left, deleted."""

    span: int = 1
    down: bool = False
    left: bool = False
    deleted: bool = False


_PLAIN: Final = _Shape()


@dataclass(slots=True)
class Grid:
    """The cells of a table in row order; `faults` says what had to be mended to make them a partition."""

    n_rows: int = 0
    n_cols: int = 0
    cells: list[GridCell] = field(default_factory=list)
    faults: list[tuple[int, int, str]] = field(default_factory=list)


_SIDE: Final = 32_000  # rows and columns are 16-bit numbers in the datasets


def read_grid(tbl: Element, cell_text: Callable[[Element], str], max_positions: int) -> Grid:
    """Return the grid of `tbl`; `cell_text` reads a w:tc. Failure TOO_LARGE beyond `max_positions`."""
    grid = Grid()
    shapes, properties = _shapes(tbl), _row_properties(tbl)
    above: dict[int, GridCell] = {}  # column → the cell of the row above that covers it
    rows = [(tr, properties.get(tr)) for tr in _rows(tbl)]
    seen = [(tr, _row_shape(trpr)) for tr, trpr in rows if not _is_deleted(trpr)]
    for row, (tr, shape) in enumerate(seen):
        above = _read_row(grid, row, tr, shape, shapes, above, cell_text)
        grid.n_rows = row + 1
        if grid.n_rows * grid.n_cols > max_positions:
            raise Failure("TOO_LARGE", f"a table of more than {max_positions} cells")
        if max(grid.n_rows, grid.n_cols) > _SIDE:
            raise Failure("TOO_LARGE", f"a table of more than {_SIDE} rows or columns")
    _fill(grid)
    return grid


def _rows(parent: Element) -> Iterator[Element]:
    """The rows, content controls opened."""
    for child in parent:
        if child.tag == _TR:
            yield child
        else:
            yield from _inside(child, _rows)


def _cells(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == _TC:
            yield child
        elif child.tag != _TRPR:
            yield from _inside(child, _cells)


def _inside(child: Element, walk: Callable[[Element], Iterator[Element]]) -> Iterator[Element]:
    if child.tag in TRANSPARENT:
        yield from walk(child)
    elif child.tag == SDT and (content := child.find(SDT_CONTENT)) is not None:
        yield from walk(content)


def _read_row(
    grid: Grid,
    row: int,
    tr: Element,
    row_shape: tuple[int, int, bool],
    shapes: dict[Element, _Shape],
    above: dict[int, GridCell],
    cell_text: Callable[[Element], str],
) -> dict[int, GridCell]:
    """Append the cells of one row and return which cell covers each of its columns."""
    col, after, header = row_shape
    here: dict[int, GridCell] = {}
    left: GridCell | None = None
    for tc in _cells(tr):
        shape = shapes.get(tc, _PLAIN)
        if shape.deleted:
            continue
        span = shape.span
        upper = above.get(col) if shape.down else None
        if shape.left and left is not None and left.row == row:
            left.colspan += span
            cell = left
        elif upper is not None and upper.col == col and _fits(upper, span, col, above):
            cell = _extend(grid, upper, row, cell_text(tc))
        else:
            cell = GridCell(row, col, cell_text(tc), span, 1, header)
            grid.cells.append(cell)
        here[col] = cell
        for covered in range(col + 1, col + span):
            here[covered] = cell
        left, col = cell, col + span
    grid.n_cols = max(grid.n_cols, col + after)
    return here


def _fits(upper: GridCell, span: int, col: int, above: dict[int, GridCell]) -> bool:
    """Whether a cell of `span` columns continues exactly what `upper` covers in the row above."""
    return upper.colspan == span and all(above.get(c) is upper for c in range(col, col + span))


def _extend(grid: Grid, upper: GridCell, row: int, hidden: str) -> GridCell:
    upper.rowspan = row - upper.row + 1
    # Word shows only the first cell of a vertical merge; what a producer left in the others is said.
    if hidden.strip():
        grid.faults.append((upper.row, upper.col, f"text in a merged-away cell: {hidden[:60]}"))
    return upper


def _row_properties(tbl: Element) -> dict[Element, Element]:
    """The properties of the rows that have any; asked once a table, since most have none."""
    found: dict[Element, Element] = {}
    for trpr in tbl.iter(_TRPR):
        tr = trpr.getparent()
        if tr is not None:
            found.setdefault(tr, trpr)
    return found


def _is_deleted(trpr: Element | None) -> bool:
    return trpr is not None and any(p.tag in DELETED for p in trpr)


def _row_shape(trpr: Element | None) -> tuple[int, int, bool]:
    """(columns left out before the row, columns left out after it, repeated as a header)."""
    if trpr is None:
        return 0, 0, False
    before, after, header = (first_child(trpr, tag) for tag in (_BEFORE, _AFTER, _HEADER))
    return _int(before), _int(after), is_on(header)


def _shapes(tbl: Element) -> dict[Element, _Shape]:
    """The shape of each cell that is not plain; asked once a table, since most cells are."""
    shapes: dict[Element, _Shape] = {}
    for prop in tbl.iter(_SPAN, _MERGE_DOWN, _MERGE_LEFT, _CELL_GONE):
        tcpr = prop.getparent()
        tc = tcpr.getparent() if tcpr is not None else None
        if tc is None:
            continue
        shape = shapes.setdefault(tc, _Shape())
        if prop.tag == _SPAN:
            shape.span = max(_int(prop), 1)
        elif prop.tag == _MERGE_DOWN:
            shape.down = prop.get(_VAL, "continue") == "continue"
        elif prop.tag == _MERGE_LEFT:
            shape.left = prop.get(_VAL, "continue") == "continue"
        else:
            shape.deleted = True
    return shapes


def _fill(grid: Grid) -> None:
    """Give every position that no cell covers a blank cell of its own, and put all in row order."""
    # Cells never overlap (a merge continues exactly what stands above it), so their areas tell.
    if sum(x.rowspan * x.colspan for x in grid.cells) == grid.n_rows * grid.n_cols:
        return
    covered = {
        (r, c)
        for x in grid.cells
        for r in range(x.row, x.row + x.rowspan)
        for c in range(x.col, x.col + x.colspan)
    }
    grid.cells += [
        GridCell(r, c, "") for r in range(grid.n_rows) for c in range(grid.n_cols) if (r, c) not in covered
    ]
    grid.cells.sort(key=lambda x: (x.row, x.col))


def _int(element: Element | None) -> int:
    value = natural(element.get(_VAL)) if element is not None else None
    return min(value or 0, 16384)
