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
        ("护理专业现有在校生862人。", ["护理专业在校生"]),
        ("建成3个在全省有影响力的联合体。", ["联合体"]),
        ("藏书9万册，其中纸质图书7万册、电子图书2万册，生均30册。", ["藏书", "纸质图书", "电子图书", "生均藏书"]),
        ("全校有312人通过技能认定。", ["通过技能认定"]),
        ("制定标准3项，其中1项被采纳为团体标准。", ["标准", "被采纳为团体标准"]),
        ("与酒店、物流等58家企业建立了稳定的合作关系。", ["合作企业"]),
        ("新增网联汽车、工业互联网等专业7个，撤销12个。", ["新增专业", "撤销专业"]),
        ("理论学习、实习实训的满意度分别为95%、97%。", ["理论学习的满意度", "实习实训的满意度"]),
        ("公办校4所、民办校2所，在校学生分别为3万人和1万人。", ["公办校", "民办校", "公办校在校学生", "民办校在校学生"]),
        ("用水用电机械加工技术专业毕业生对口就业率最高，为94.6%。", ["用水用电机械加工技术专业毕业生对口就业率"]),
        ("学生、家长满意度分别为93%、95%。", ["学生满意度", "家长满意度"]),
        ("其中区属公办学校4所、民办2所。", ["区属公办学校", "民办学校"]),
        ("与物流、酒店等企业共建现代产业学院2个。", ["现代产业学院"]),
        ("近三年，三年内投入2亿元，两年增长20%。", ["投入", "投入"]),
    ],
)  # fmt: skip
def test_phrases(text: str, phrases: list[str], rules: Rules) -> None:
    rows = claim([Block(0, "paragraph", text)], Context(report_year=2023, city="青石市"), rules)
    assert [c.indicator_text for c in rows.claims if c.unit != "科"] == phrases
