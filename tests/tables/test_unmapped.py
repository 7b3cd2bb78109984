"""Labels that no rule knows are counted; periods, units and changes are no labels of that kind."""

from __future__ import annotations

from pipeline.rules import load
from pipeline.tables import unmapped
from tests.tables.drawing import read

TABLE = """
年度 | 合作企业家数（家） | 智慧教室间数（间） | 在校生数（人）
2022 | 30 | 5 | 900
2023 | 35 | 6 | 950
"""

CHANGES = """
指标 | 2022年 | 2023年 | 较上年增减
智慧教室间数（间） | 5 | 6 | 1
在校生数（人） | 900 | 950 | 50
"""


def labels(table: str) -> dict[str, int]:
    return {u.label: u.count for u in unmapped(read((table, None)).observations, load())}


def test_unknown_labels_are_counted_without_their_periods() -> None:
    assert labels(TABLE) == {"合作企业家数": 2, "智慧教室间数": 2}


def test_changes_have_no_indicator_on_purpose() -> None:
    assert labels(CHANGES) == {"智慧教室间数": 2}


def test_the_example_leads_to_the_value() -> None:
    row = next(u for u in unmapped(read((TABLE, None)).observations, load()) if u.label == "合作企业家数")
    assert (row.where, row.reports, row.example) == ("table", 1, "2022 > 合作企业家数 > 30")
