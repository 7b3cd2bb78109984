"""What holds for any grid whatever: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.context import Context
from pipeline.rules import load
from pipeline.schema.rows import Cell, Table
from pipeline.tables import observe

RULES = load()
# fmt: off
TEXTS = st.sampled_from([
    "2022", "2023年", "指标", "单位", "人", "%", "在校生数", "就业率（%）", "合计", "12", "3.5", "98%", "—",
    "无", "护理", "青岚职教中心", "其中：女生", "22人10天", "1：16", "注：含五年制", "单位：万元", "序号", "1", "国家级",
    "30岁以下", "本年", "上年", "较上年增减", "023-47501234", "2019.05.01", "约120余人", "3-5", "第一产业",
    "说明文字若干", "",
])
# fmt: on


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, list[Cell]]:
    """A random grid with random merges: each position is covered once."""
    n_rows, n_cols = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = [[True] * n_cols for _ in range(n_rows)]
    cells = []
    for r in range(n_rows):
        for c in range(n_cols):
            if free[r][c]:
                wide = draw(st.integers(1, 3)) if draw(st.integers(0, 4)) == 0 else 1
                tall = draw(st.integers(1, 3)) if draw(st.integers(0, 4)) == 0 else 1
                wide = next(
                    (k for k in range(1, wide) if c + k >= n_cols or not free[r][c + k]),
                    min(wide, n_cols - c),
                )
                tall = min(tall, n_rows - r)
                for rr in range(r, r + tall):
                    free[rr][c : c + wide] = [False] * wide
                cells.append(Cell(1, r, c, tall, wide, draw(TEXTS)))
    return Table(
        1, 0, n_rows, n_cols, draw(st.sampled_from([None, "表1 2023年情况（单位：人）", "续表1"]))
    ), cells


@given(tables())
def test_every_value_cell_gives_observations_or_a_note_and_every_cell_has_a_role(
    drawn: tuple[Table, list[Cell]],
) -> None:
    table, cells = drawn
    rows = observe([table], cells, Context(report_year=2023, district="临江县"), RULES)
    told = {(o.row, o.col) for o in rows.observations} | {(n.row, n.col) for n in rows.notes}
    for cell in cells:
        assert (cell.role == "blank") == (not cell.text.strip())
        if cell.role == "value":
            assert (cell.row, cell.col) in told


@given(tables())
def test_observations_stand_on_cells_and_are_counted_once(drawn: tuple[Table, list[Cell]]) -> None:
    table, cells = drawn
    rows = observe([table], cells, Context(report_year=2023), RULES)
    places = [(o.row, o.col, o.part) for o in rows.observations]
    assert len(places) == len(set(places))
    assert {(r, c) for r, c, _ in places} <= {(x.row, x.col) for x in cells}
    assert [o.obs_no for o in rows.observations] == list(range(len(places)))
    assert all((o.value is None) == (o.status != "reported") for o in rows.observations)
    assert all(0 < o.confidence <= 1 for o in rows.observations)


@given(tables())
def test_the_same_grid_gives_the_same_rows(drawn: tuple[Table, list[Cell]]) -> None:
    table, cells = drawn
    context = Context(report_year=2023)
    assert observe([table], cells, context, RULES) == observe([table], cells, context, RULES)
