"""A drawn grid → Table and Cell rows, and observations → lines, so that a test shows input and output at once.

In a drawing each line is a row and `|` parts the cells; `<` continues the cell to the left, `^` the cell above,
`.` is blank, and `\\n` is a line break inside a cell.
"""

from __future__ import annotations

from pipeline.normalize.context import Context
from pipeline.rules import Rules, load
from pipeline.schema.rows import Cell, Observation, Table
from pipeline.tables import TableRows, observe

CONTEXT = Context(
    report_year=2023, region_code="500000", province="重庆市", district="临江县", education="中职"
)


def draw(drawing: str, caption: str | None = None, table_no: int = 1) -> tuple[Table, list[Cell]]:
    """The table and cells of a drawing."""
    rows = [
        [c.strip().replace("\\n", "\n") for c in line.split("|")] for line in drawing.strip().splitlines()
    ]
    width = max(map(len, rows))
    assert all(len(r) == width for r in rows), [len(r) for r in rows]
    cells = [
        Cell(table_no, r, c, _down(rows, r, c), _right(rows, r, c), "" if text == "." else text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("<", "^")
    ]
    return Table(table_no, table_no, len(rows), width, caption), cells


def _right(rows: list[list[str]], r: int, c: int) -> int:
    n = 1
    while c + n < len(rows[r]) and rows[r][c + n] == "<":
        n += 1
    return n


def _down(rows: list[list[str]], r: int, c: int) -> int:
    n = 1
    while r + n < len(rows) and rows[r + n][c] == "^":
        n += 1
    return n


def read(
    *drawings: tuple[str, str | None], context: Context = CONTEXT, rules: Rules | None = None
) -> TableRows:
    """The rows that one report with these tables (drawing, caption) gives."""
    drawn = [draw(d, caption, i + 1) for i, (d, caption) in enumerate(drawings)]
    return observe([t for t, _ in drawn], [c for _, cs in drawn for c in cs], context, rules or load())


def line(o: Observation) -> str:
    """`row,col value unit · indicator · dims · period`, leaving out what is not there."""
    value = (
        "" if o.value is None else f"{o.value:g}" if o.value_high is None else f"{o.value:g}-{o.value_high:g}"
    )
    part = f".{o.part}" if o.part else ""
    status = "" if o.status == "reported" else f" {o.status}"
    dims = ",".join(o.dims.values())
    return f"{o.row},{o.col}{part} {value}{o.unit or ''}{status} · {o.indicator or ''} · {dims} · {o.period or ''}"


def lines(drawing: str, caption: str | None = None, context: Context = CONTEXT) -> list[str]:
    """All observations of one drawn table."""
    return [line(o) for o in read((drawing, caption), context=context).observations]
