"""A sentence → what kind of statement each of its numbers makes, and of what."""

from __future__ import annotations

import pytest

from pipeline.claims import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block

PLACE = Context(report_year=2023, city="青石市", level="city")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # A value set by others is a rule; 高于 before it does not hedge it.
        ("生师比16.8:1，优于国家18:1的标准。", ["16.8 level 生师比", "18 threshold 生师比"]),
        ("生均图书26册，低于国家30册的要求。", ["26 level 生均图书", "30 threshold 生均图书"]),
        # A plan ends where something was done.
        ("计划招生400人，实际录取386人。", ["400 target 计划招生", "386 level 实际录取"]),
        # Against an earlier time it is a change, against another value a difference.
        ("平均月薪4300元，比2022届高210元。", ["4300 level 平均月薪", "210 change 平均月薪"]),
        ("补贴2800元，比当地工资低10%。", ["2800 level 补贴", "-10 difference 补贴"]),
        ("补贴2800元，比当地最低工资高出10%。", ["2800 level 补贴", "10 difference 补贴"]),
        ("教师较去年净增41人。", ["41 change 教师"]),
        ("智慧教室56间，较上年翻了一番。", ["56 level 智慧教室", "1 change 智慧教室"]),
        ("甲校升学率92%，乙校升学率85%，两者相差7个百分点。", ["92 level 甲校升学率", "85 level 乙校升学率", "7 difference 乙校升学率"]),
        ("合格率97%，取证率82%，同比分别提高1和3个百分点。", ["97 level 合格率", "82 level 取证率", "1 change 合格率", "3 change 取证率"]),
        # Shares: a bracket after a count, the whole in the same clause, a predicate after the number.
        ("教授38人（12%）。", ["38 level 教授", "12 share 教授占比"]),
        ("在山东就业的占8%；其余依次为河南省（6%）、河北省（4%）。", ["8 share 山东就业占比", "6 share 河南省占比", "4 share 河北省占比"]),
        ("专任教师中高级职称占19%。", ["19 share 高级职称占专任教师比"]),
        ("毕业生860人，90%以上在本地就业。", ["860 level 毕业生", "90 share 在本地就业"]),
        ("兼职教师不足教师总数的一成。", ["1 share 兼职教师占教师总数比"]),
        ("培训量是在校生的1.2倍。", ["1.2 level 培训量"]),
    ],
)  # fmt: skip
def test_relation(text: str, rows: list[str], rules: Rules) -> None:
    made = claim([Block(0, "paragraph", text)], PLACE, rules).claims
    assert [f"{c.value:g} {c.relation} {c.indicator_text}" for c in made] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("50岁以上的占21%，35—50岁的占46%。", ["21 50岁以上", "46 35—50岁"]),
        ("月薪3000元以下的占12%。", ["12 月薪3000元以下"]),
        ("36至45岁203人。", ["203 36至45岁"]),
        ("教师平均年龄38至40岁。", ["38 教师平均年龄"]),
        ("捐赠设备3000元以上。", ["3000 捐赠设备"]),
    ],
)
def test_the_bound_of_a_class_is_no_claim(text: str, rows: list[str], rules: Rules) -> None:
    made = claim([Block(0, "paragraph", text)], PLACE, rules).claims
    assert [f"{c.value:g} {c.indicator_text.removesuffix('占比').removesuffix('占')}" for c in made] == rows
