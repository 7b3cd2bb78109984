"""Values that look like a known indicator's and are not: they stay without one."""

from __future__ import annotations

from tests.tables.drawing import read

PLANNED = """
学年 | 计划数 | 实际招生数
2021-2022学年 | 1100 | 1089
2022-2023学年 | 1200 | 1150
"""

ORIGIN = """
地区 | 本省 | < | 外省
^ | 城镇 | 农村 | ^
人数 | 1200 | 3400 | 56
比例（%） | 25.8 | 73.0 | 1.2
"""


def test_a_planned_number_is_not_the_number_of_the_caption() -> None:
    found = {(o.labels[-1], o.indicator) for o in read((PLANNED, "表2 招生情况统计表")).observations}
    assert found == {("计划数", None), ("实际招生数", "招生数")}


def test_a_word_that_only_counts_is_nobody() -> None:
    assert {o.entity for o in read((ORIGIN, "表7 生源结构")).observations} & {"人数", "比例"} == set()
