"""Phrases whose parts stand apart: modifiers that replace one another, shared tails, beginning values."""

from __future__ import annotations

import pytest

from pipeline.claims import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("共有省级精品在线课程15门、校级42门。", ["省级精品在线课程", "校级精品在线课程"]),
        ("教师获省级以上教学成果奖12项，其中国家级2项。", ["省级以上教学成果奖", "国家级教学成果奖"]),
        ("语文、数学、英语三科合格率分别为98.2%、95.6%和93.1%。", ["语文合格率", "数学合格率", "英语合格率"]),
        ("生均公用经费标准由每生每年2500元提高到3000元。", ["生均公用经费标准", "生均公用经费标准"]),
        ("学校占地面积300余亩。", ["占地面积"]),
        ("全市有职业学校23所（含技工学校5所）。", ["职业学校", "技工学校"]),
    ],
)
def test_phrases(text: str, phrases: list[str], rules: Rules) -> None:
    rows = claim([Block(0, "paragraph", text)], Context(report_year=2023, city="青石市"), rules)
    assert [c.indicator_text for c in rows.claims if c.unit != "科"] == phrases
