"""What one side of a value says, and which rows have their labels read at all."""

from __future__ import annotations

import pytest

from pipeline.rules import load
from pipeline.schema.rows import Cell
from pipeline.tables.features import Block, is_header
from pipeline.tables.grid import CellReader, Grid
from pipeline.tables.labels import Label, LabelReader, LabelRole
from pipeline.tables.nesting import Named
from pipeline.tables.sides import Path, Settled, Side

RULES = load()
READER = LabelReader(RULES, 2024, {})


def settled(text: str, role: LabelRole, named: Named | None = None, *, row: bool = True) -> Settled:
    return Settled(READER.read(text), role, None, row, named)


def test_a_side_tells_names_classes_unit_and_period_of_its_labels() -> None:
    side = Side(
        [settled("2023年", "period"), settled("女", "dim"), settled("招生数（人）", "measure")], RULES
    )
    assert side.shown == ["2023年", "女", "招生数"]
    assert (side.names, side.measured, side.own, side.classes) == (["招生数"], ["招生数"], ["招生数"], ["女"])
    assert (side.dims, side.unit, side.period) == ([("类别", "女")], "人", ("2023", 2023))
    assert not side.changed and side.entity is None


def test_the_full_name_of_a_row_stands_for_its_label() -> None:
    side = Side([settled("女生", "measure", Named("招生数/女生", None)), settled("人数", "generic")], RULES)
    assert (side.names, side.own) == (["女生", "人数"], ["人数", "招生数/女生"])


def test_a_row_that_says_by_how_much_something_changed_says_no_period() -> None:
    change = "2022年人数"
    assert Side([settled(change, "change")], RULES).period is None
    assert Side([settled(change, "change", row=False)], RULES).period == ("2022", 2022)


def test_the_innermost_label_is_the_column_s_where_it_has_one() -> None:
    row, column, nothing = Side([settled("联系电话", "measure")], RULES), Side([], RULES), Side([], RULES)
    assert Path(row, nothing).innermost is row and row.coded
    column = Side([settled("人数", "generic", row=False)], RULES)
    assert Path(row, column).innermost is column and not column.coded


class Unasked(LabelReader):
    """Reads no label."""

    def read(self, text: str) -> Label:
        raise AssertionError(text)


def test_a_row_of_values_below_others_is_no_header_whatever_its_label_says() -> None:
    rows = (("指标", "2022年", "2023年"), ("在校生数", "12", "13"), ("合计", "14", "15"))
    looks = CellReader(RULES, 2024)
    cells = [looks.see(Cell(1, r, c, 1, 1, text)) for r, row in enumerate(rows) for c, text in enumerate(row)]
    grid, unasked = Grid(cells, 3, 3), Unasked(RULES, 2024, {})
    assert not is_header(grid, 2, Block(headers=[0], rows=[1]), unasked)
    with pytest.raises(AssertionError, match="指标"):
        is_header(grid, 0, Block(), unasked, fresh=True)
    assert is_header(grid, 0, Block(), READER, fresh=True)
