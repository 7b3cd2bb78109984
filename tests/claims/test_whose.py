"""Paragraphs → whose and when each number is."""

from __future__ import annotations

import pytest

from pipeline.claims import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block, Claim

COUNTY_CITY = Context(2024, "320682", "江苏省", "南通市", "如皋市", level="district")
COLLEGE = Context(2024, None, "湖南省", "衡阳市", None, "衡阳轻工职业学院", level="college")


def read(texts: list[str], context: Context, rules: Rules) -> list[Claim]:
    return claim([Block(i, "paragraph", t) for i, t in enumerate(texts)], context, rules).claims


@pytest.mark.parametrize(
    ("texts", "context", "entities"),
    [
        (["全市招生620人。"], COUNTY_CITY, ["如皋市"]),
        (["如皋市中职学校现有专任教师40人。"], COUNTY_CITY, ["如皋市中职学校"]),
        (["全国中等职业学校专任教师70万人。"], Context(2023, level="national"), ["全国中等职业学校"]),
        (["毕业生就业率为95%。"], Context(2023, level="national"), ["全国"]),
        (["学校共有专业群4个，其中国家“双高”专业群1个。"], COLLEGE, ["衡阳轻工职业学院"] * 2),
        (["教育部门认定的双师型教师60人。"], COUNTY_CITY, ["如皋市"]),
        (["安平中等专业学校招生230人。"], COUNTY_CITY, ["安平中等专业学校"]),
        (["安徽省太和县职业技术学校招生230人。"], COUNTY_CITY, ["安徽省太和县职业技术学校"]),
        (
            [
                "江苏省如皋海滨职业学校创建于1987年。",
                "学校占地120亩。",
                "全市招生620人。",
                "学校都开了劳动课2节。",
            ],
            COUNTY_CITY,
            ["江苏省如皋海滨职业学校", "如皋市", "如皋市"],
        ),
        (
            [
                "江苏省如皋海滨职业学校创建于1987年。",
                "占地120亩。",
                "校园优美。",
                "教师多。",
                "学校有教师90人。",
            ],
            COUNTY_CITY,
            ["如皋市", "江苏省如皋海滨职业学校"],
        ),
        (["学校对口支援永平县职业高级中学。", "学校派出教师6名。"], COLLEGE, ["衡阳轻工职业学院"]),
        (
            ["如皋市统筹资源。海滨职业学校招生300人。毕业生210人。二是拓宽渠道。订单培养人才80人。"],
            COUNTY_CITY,
            ["海滨职业学校", "海滨职业学校", "如皋市"],
        ),
        (["海安市、启东市中职在校生依次为1.8万人、1.5万人。"], COUNTY_CITY, ["海安市", "启东市"]),
        (
            ["海滨职业学校、城东技工学校2024年分别招生120人、86人。"],
            COUNTY_CITY,
            ["海滨职业学校", "城东技工学校"],
        ),
        (["四川省合江县派来教师12名，我市选派教师36名。"], COUNTY_CITY, ["四川省", "如皋市"]),
        (["教师在南通市职业院校技能大赛中获奖9项。"], COUNTY_CITY, ["如皋市"]),
    ],
)
def test_whose(texts: list[str], context: Context, entities: list[str], rules: Rules) -> None:
    assert [c.entity for c in read(texts, context, rules)] == entities


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("合格率由去年的92.4%升至94.8%，毕业率为99.2%。", ["2023", "2024", "2024"]),
        ("报到率94.3%，较2022年的93.1%提高1.2个百分点。", ["2024", "2022", "2024"]),
        ("2023年月收入4726元，比2021届（4513元）多213元。", ["2023", "2021", "2023"]),
        ("2023年招生比2022年多40人。", ["2023"]),
    ],
)
def test_when(text: str, periods: list[str], rules: Rules) -> None:
    assert [c.period for c in read([text], COLLEGE, rules)] == periods
