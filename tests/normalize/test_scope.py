"""The opening of a sentence → whom it is about."""

from __future__ import annotations

import pytest

from pipeline.normalize.context import Context
from pipeline.normalize.scope import Scope
from pipeline.rules import Rules

PLACE = Context(report_year=2023, province="浙江省", city="丽水市", district="云和县", level="district")
TEXTS = ["云和县特殊教育中心与云和县职业高级中学共建实训室。", "云和县职业高级中学招生。"]


@pytest.mark.parametrize(
    ("text", "entity", "kind"),
    [
        ("云和县职业高级中学现有学生", "云和县职业高级中学", "school"),
        ("职业高级中学现有学生", "云和县职业高级中学", "school"),
        ("特教中心现有学生", "云和县特殊教育中心", "school"),
        ("全县投入资金", "云和县", "region"),
        ("云和县公办中职学校招生", "云和县公办中职学校", "group"),
        ("教育部提出建成", "全国", "nation"),
    ],
)
def test_subject_of_a_sentence(text: str, entity: str, kind: str, rules: Rules) -> None:
    subject = Scope(TEXTS, PLACE, rules).subject_at(text, 0, leading=True)
    assert subject is not None
    assert (subject.entity, subject.kind) == (entity, kind)


@pytest.mark.parametrize("text", ["公办学校28所", "优秀教师3人", "云和县级技能大师2名"])
def test_what_is_counted_is_no_subject(text: str, rules: Rules) -> None:
    assert Scope(TEXTS, PLACE, rules).subject_at(text, 0, leading=True) is None


@pytest.mark.parametrize(
    ("heading", "school"),
    [
        ("职业高级中学：课岗融通", "云和县职业高级中学"),
        ("校企合作典型案例——云和县特教中心", "云和县特殊教育中心"),
        ("学校管理与质量保障", None),
        ("教学改革", None),
    ],
)
def test_the_school_of_a_heading(heading: str, school: str | None, rules: Rules) -> None:
    assert Scope(TEXTS, PLACE, rules).first_school(heading) == school
