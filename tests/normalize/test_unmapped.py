"""Unknown labels are counted in a report, and what they resemble is named."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.normalize.unmapped import counted, with_nearest
from pipeline.rules import Rules


def test_a_report_counts_a_label_once_with_its_first_example() -> None:
    rows = counted("prose", [("社团", "有社团9个。"), ("食堂", "食堂2个。"), ("社团", "社团12个。")])
    assert [(r.label, r.where, r.count, r.reports, r.example) for r in rows] == [
        ("社团", "prose", 2, 1, "有社团9个。"),
        ("食堂", "prose", 1, 1, "食堂2个。"),
    ]


def test_the_most_frequent_comes_first(rules: Rules) -> None:
    rows = counted("table", [("食堂面积", "甲"), ("社团数", "丙"), ("社团数", "丁")])
    assert [r["label"] for r in with_nearest(map(asdict, rows), rules)] == ["社团数", "食堂面积"]


def test_the_nearest_known_indicator_is_named(rules: Rules) -> None:
    rows = map(asdict, counted("table", [("合作企业家数", "35")]))
    nearest = with_nearest(rows, rules)[0]["nearest"]
    assert nearest[0]["indicator_id"] == "partner_enterprises"
    assert nearest[0]["score"] > 0.7
