"""What a cell looks like: read once a text, and nothing of one cell reaches another through that."""

from __future__ import annotations

from pipeline.rules import load
from pipeline.schema.rows import Cell
from pipeline.tables.grid import CellReader

RULES = load()


def cell(text: str, col: int = 0) -> Cell:
    return Cell(1, 0, col, 1, 1, text)


def test_cells_of_equal_text_are_seen_apart_and_share_nothing_that_may_be_changed() -> None:
    reader = CellReader(RULES, 2024)
    one, other = reader.see(cell("218人（其中女126人）")), reader.see(cell("218人（其中女126人）", 1))
    assert (one.text, one.kind, one.said) == (other.text, other.kind, other.said)
    assert isinstance(one.quantities, tuple) and isinstance(one.said, tuple)
    one.text, one.kind = "新", "words"
    again = reader.see(cell("218人（其中女126人）", 2))
    assert (again.text, again.kind) == ("218人（其中女126人）", "number")
    assert [s.cell.col for s in (one, other, again)] == [0, 1, 2]


def test_the_kind_is_told_by_the_whole_text_however_it_is_spaced() -> None:
    kinds = {
        "": "blank",
        " \n": "blank",
        "—": "no_answer",
        "２０２３": "year",
        "2023": "year",
        "2021—2022学年": "period",
        "2023年（人）": "period",
        "本 学 年": "period",
        "30岁以下": "class",
        "高级": "words",
        "1，234": "number",
        "62. 5": "number",
        "13800001234": "phone",
    }
    reader = CellReader(RULES, 2024)
    assert {text: reader.see(cell(text)).kind for text in kinds} == kinds


def test_every_number_that_may_be_a_year_has_something_of_a_period() -> None:
    periods = RULES.periods
    years = [str(n) for n in range(1000, 10_000) if periods.bare_regex.match(str(n))]
    assert years
    assert [y for y in years if not periods.needs_regex.search(y)] == []
