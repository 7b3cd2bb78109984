"""What a report says of itself: title, year, publisher, region, level, education."""

from __future__ import annotations

import pytest

from pipeline.read.identity import Identity, identify, read_year
from pipeline.rules import Rules, load
from pipeline.schema import Block

RULES = load()


def who(*cover: str, name: str = "报告.docx", text: str = "", core: str | None = None) -> Identity:
    """The identity of a report with these lines on its cover, then a heading, then `text`."""
    lines = [*((line, "paragraph") for line in cover), ("一、基本情况", "heading"), (text, "paragraph")]
    blocks = [Block(n, kind, line) for n, (line, kind) in enumerate(lines)]  # type: ignore[arg-type]
    return identify(blocks, name, RULES, core)


YEARS = [(p.id, text, year) for p in RULES.identity.years for text, year in p.examples.items()]


@pytest.mark.parametrize(("pattern", "text", "year"), YEARS, ids=[f"{p}:{t}" for p, t, _ in YEARS])
def test_each_way_to_write_the_year(pattern: str, text: str, year: int) -> None:
    assert read_year(text, RULES.identity) == year


@pytest.mark.parametrize(
    ("cover", "year"),
    [
        (["重庆市荣昌区职业教育质量年度报告", "（2024年度）", "2024年12月"], 2024),
        (["四川省南充市2023年职业教育质量年度报告", "2024年1月"], 2023),
        (["2017年四川省中等职业教育质量年度报告"], 2017),
        (["宜春市职业教育质量报告", "（2025 年度）"], 2025),
        (["闵行区中等职业教育质量年度报告（2025）"], 2025),
        (["2015中国高等职业教育质量年度报告"], 2015),
        (["临沂市职业教育质量2023年度报告"], 2023),
        (["大连市中等职业教育质量年度报告", "（2017-2018学年）"], 2018),
        (["无锡市中等职业教育质量报告", "2016年9月—2017年8月"], 2017),
        (["荆州市职业教育质量年度报告", "二〇二二年", "二〇二三年一月"], 2022),
        (["荆州市职业教育质量年度报告", "二O二二年度"], 2022),
        (["襄阳市职业教育质量年度报告", "2022学年"], 2023),
        (["襄阳市职业教育质量年度报告", "2023年12月"], None),
        (["襄阳市职业教育质量年度报告"], None),
    ],
)
def test_the_year_of_the_cover_not_of_publishing(cover: list[str], year: int | None) -> None:
    assert who(*cover).report_year == year


def test_the_file_name_and_then_the_text_stand_in_for_the_cover() -> None:
    assert who("襄阳市职业教育质量年度报告", name="襄阳市2021年职业教育质量年度报告.docx").report_year == 2021
    assert (
        who(
            "襄阳市职业教育质量年度报告", text="为做好2022年职业教育质量年度报告编制工作，特制定本方案。"
        ).report_year
        == 2022
    )


def test_a_disagreement_is_noted_and_the_cover_taken() -> None:
    got = who("襄阳市职业教育质量年度报告", "（2023年度）", name="襄阳市2022年质量年报.docx")
    assert got.report_year == 2023
    assert [(n.code, "2022" in n.message) for n in got.notes] == [("year_conflict", True)]


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        (["重庆市荣昌区职业教育质量年度报告", "（2024年度）"], "重庆市荣昌区职业教育质量年度报告"),
        (["重庆市荣昌区", "中等职业教育质量年度报告"], "重庆市荣昌区中等职业教育质量年度报告"),
        (["附件1", "南充市 职业教育", "质量年度报告", "（2023年度）"], "南充市职业教育质量年度报告"),
        (
            ["青山职业技术学院", "高等职业教育质量年度报告（2023）"],
            "青山职业技术学院高等职业教育质量年度报告（2023）",
        ),
        (["内部资料"], None),
    ],
)
def test_the_title_may_stand_on_several_lines(cover: list[str], title: str | None) -> None:
    assert who(*cover).title == title


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        (["重庆市荣昌区职业教育质量年度报告"], ("district", "职业教育", "500153", "重庆市", None, "荣昌区")),
        (
            ["荣昌区中等职业教育质量年度报告", "重庆市荣昌区教育委员会"],
            ("district", "中职", "500153", "重庆市", None, "荣昌区"),
        ),
        (["四川省南充市职业教育质量年度报告"], ("city", "职业教育", "511300", "四川省", "南充市", None)),
        (["南充市职业教育质量年度报告"], ("city", "职业教育", "511300", "四川省", "南充市", None)),
        (["四川省高等职业教育质量年度报告"], ("province", "高职", "510000", "四川省", None, None)),
        (["上海市闵行区中等职业教育质量年度报告"], ("district", "中职", "310112", "上海市", None, "闵行区")),
        (
            ["南京市鼓楼区职业教育质量年度报告"],
            ("district", "职业教育", "320106", "江苏省", "南京市", "鼓楼区"),
        ),
        (
            ["酉阳土家族苗族自治县职业教育质量年度报告"],
            ("district", "职业教育", "500242", "重庆市", None, "酉阳土家族苗族自治县"),
        ),
    ],
)
def test_region_level_and_education_of_a_division(cover: list[str], expected: tuple) -> None:
    got = who(*cover)
    assert (got.level, got.education, got.region_code, got.province, got.city, got.district) == expected
    assert got.org is None


def test_a_division_whose_name_many_share_is_not_guessed() -> None:
    got = who("鼓楼区职业教育质量年度报告", "（2023年度）")
    assert (got.region_code, [n.code for n in got.notes]) == (None, ["region_missing"])


@pytest.mark.parametrize(
    ("cover", "level", "education", "org"),
    [
        (["南充市第一职业中学质量年度报告", "（2023年度）"], "school", "中职", "南充市第一职业中学"),
        (["青山职业技术学院", "2023年度高等职业教育质量年度报告"], "college", "高职", "青山职业技术学院"),
        (["2022年度南充高级技工学校质量年度报告"], "school", "技工", "南充高级技工学校"),
        (["大竹县职业教育中心", "中等职业教育质量年度报告（2023）"], "school", "中职", "大竹县职业教育中心"),
        (
            ["宏达精工有限公司", "参与高等职业教育人才培养年度报告", "（2023）"],
            "enterprise",
            "高职",
            "宏达精工有限公司",
        ),
        (
            ["企业参与高等职业教育人才培养年度报告", "（2023）", "宏达精工有限公司"],
            "enterprise",
            "高职",
            "宏达精工有限公司",
        ),
        (["青山旅游学校", "2022—2023学年", "教育质量年度报告"], "school", "中职", "青山旅游学校"),
    ],
)
def test_reports_of_schools_colleges_and_enterprises(
    cover: list[str], level: str, education: str, org: str
) -> None:
    got = who(*cover)
    assert (got.level, got.education, got.org) == (level, education, org)


def test_a_national_report_has_no_region_and_needs_none() -> None:
    got = who("2015中国高等职业教育质量年度报告")
    assert (got.level, got.education, got.region_code, got.notes) == ("national", "高职", None, [])


@pytest.mark.parametrize(
    ("cover", "publisher"),
    [
        (
            ["荣昌区职业教育质量年度报告", "（2023年度）", "重庆市荣昌区教育委员会", "2023年12月"],
            "重庆市荣昌区教育委员会",
        ),
        (["南充市职业教育质量年度报告", "编制单位：南充市教育和体育局（盖章）"], "南充市教育和体育局"),
        (["南充市第一职业中学质量年度报告"], "南充市第一职业中学"),
        (["南充市职业教育质量年度报告"], None),
    ],
)
def test_the_publisher(cover: list[str], publisher: str | None) -> None:
    assert who(*cover).publisher == publisher


def test_what_nothing_says_is_null_and_noted() -> None:
    got = who("工作材料")
    assert (got.title, got.report_year, got.region_code, got.level) == (None, None, None, None)
    assert [n.code for n in got.notes] == ["title_missing", "year_missing", "region_missing"]


def test_the_title_of_the_properties_stands_in(rules: Rules) -> None:
    assert (
        who("工作材料", core="南充市2020年职业教育质量年度报告").title == "南充市2020年职业教育质量年度报告"
    )


@pytest.mark.parametrize("text", RULES.identity.title_examples)
def test_title_examples(text: str) -> None:
    assert RULES.identity.title_regex.search(text)


@pytest.mark.parametrize("text", RULES.identity.title_not)
def test_title_counterexamples(text: str) -> None:
    assert not RULES.identity.title_regex.search(text)
