"""The phrase of a claim → the name that the codebook has for it."""

from __future__ import annotations

import pytest

from pipeline.claims.name import named
from pipeline.rules import Rules


@pytest.mark.parametrize(
    ("phrase", "unit", "relation", "want"),
    [
        ("教师公开发表论文", "篇", "level", "发表论文数"),
        ("共建校外实训基地", "个", "level", "校外实训基地数"),
        ("支付行业导师课酬", "万元", "level", "年支付行业导师课酬"),
        ("用人单位总体满意度", "%", "level", "用人单位满意度"),
        ("双师型教师占专业课教师比例", "%", "target", "双师型教师占比"),
        ("省级技能大师工作室", "个", "level", "技能大师工作室数"),
        ("百名学生配计算机占比", "%", "share", "百名学生配计算机台数"),
        ("女生", "人", "level", "女生数"),
        # A growth in % is not the share of the same name; what is not people is no number of people.
        ("双师型教师", "%", "change", None),
        ("就业率", "个百分点", "change", "就业率"),
        ("社会培训", "期", "level", None),
        ("占地", "亩", "level", "校园占地面积"),
        ("高级双师型教师", "人", "level", "高级双师型教师数"),
    ],
)
def test_name(phrase: str, unit: str, relation: str, want: str | None, rules: Rules) -> None:
    found = named(phrase, None, relation, unit, rules)
    assert (found.name if found else None) == want
