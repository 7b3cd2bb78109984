"""Divisions: found by longest match, told apart by what is named around them, never guessed."""

from __future__ import annotations

import re

import pytest

from pipeline.read.regions import mentions, region_most_named, region_of
from pipeline.rules import load

REGIONS = load().regions


def code(text: str, *context: str, year: int | None = 2023) -> str | None:
    region = region_of(text, context, REGIONS, year)
    return region.code if region else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重庆市南岸区", "500108"), ("南岸区", "500108"), ("重庆市", "500000"), ("重庆", "500000"),
        ("四川省南充市", "511300"), ("四川南充", "511300"), ("南充", "511300"), ("重庆市荣昌", "500153"),
        ("酉阳县", "500242"), ("酉阳", "500242"), ("甘孜州", "513300"), ("阿坝藏族羌族自治州", "513200"),
        ("广西", "450000"), ("内蒙古自治区", "150000"), ("吉林", "220000"), ("吉林省吉林市", "220200"),
        ("海南", "460000"), ("上海市浦东新区", "310115"), ("北京市海淀区", "110108"), ("江苏省南京市鼓楼区", "320106"),
        ("济南市市中区", "370103"), ("四川省内江市市中区", "511002"), ("市中区", None), ("城关区", None),
        ("甘肃省兰州市城关区", "620102"), ("西藏拉萨市城关区", "540102"), ("深圳市南山区", "440305"),
        ("湖北省仙桃市", "429004"), ("新疆生产建设兵团图木舒克市", "659003"), ("香港特别行政区", "810000"),
        ("徐州市鼓楼区", "320302"), ("鼓楼区", None), ("朝阳区", None), ("没有地名", None), ("和平区域合作", None),
    ],
)  # fmt: skip
def test_names_of_divisions(text: str, expected: str | None) -> None:
    assert code(text) == expected


def test_a_shared_name_is_told_apart_by_the_context() -> None:
    assert code("鼓楼区", "福建省福州市教育局") == "350102"
    assert code("鼓楼区", "开封市教育体育局") == "410204"
    assert code("鼓楼区", "江苏省教育厅") is None  # two of them lie in that province


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("江津市", 2004, "500381"), ("江津市", 2023, "500116"), ("江津市", None, "500116"),
        ("大足县", 2009, "500225"), ("大足县", 2012, "500111"), ("襄樊市", 2008, "420600"),
        ("天津市静海县", 2014, "120223"), ("天津市静海县", 2016, "120118"), ("重庆市开县", 2018, "500154"),
        ("铜仁市", 2009, "522201"), ("铜仁市", 2012, "520600"), ("巢湖市", 2009, "341400"), ("巢湖市", 2020, "340181"),
        ("北京市崇文区", 2008, "110103"), ("北京市崇文区", 2023, "110103"),
    ],
)  # fmt: skip
def test_a_name_of_the_past_counts_in_its_time_and_leads_to_its_successor_after(
    text: str, year: int | None, expected: str
) -> None:
    assert code(text, year=year) == expected


def test_a_division_that_ended_without_successor_is_not_taken_for_its_namesake() -> None:
    assert code("重庆市江北区", year=2024) == "500105"
    assert code("重庆市江北区", year=2026) == "500105"
    assert code("宁波市江北区", year=2026) == "330205"
    assert code("江北区", year=2026) is None


def test_every_province_is_found_by_its_full_and_its_short_name() -> None:
    for row in REGIONS.rows:
        if row.level == "province":
            short = re.sub("特别行政区|(?:维吾尔|壮族|回族)?自治区|[省市]", "", row.name)
            assert (code(row.name), code(short)) == (row.code, row.code)


def test_the_longest_name_wins() -> None:
    found = mentions("西藏自治区阿里地区", REGIONS.by_any_name, REGIONS)
    assert [(m.start, m.end) for m in found] == [(0, 5), (5, 9)]


def test_running_text_is_about_the_division_it_names_most() -> None:
    text = "北京市专家来访。学校位于四川省南充市顺庆区，顺庆区财政持续投入，嘉陵区亦有实训点。"
    region = region_most_named(text, [text], REGIONS, 2023)
    assert region is not None
    assert region.name == "顺庆区"


def test_every_division_in_force_is_found_by_its_chain() -> None:
    missed = []
    for row in REGIONS.rows:
        if row.last_seen is None:
            province, city, district = REGIONS.chain(row.code)
            if code("".join(filter(None, (province, city, district)))) != row.code:
                missed.append((row.code, row.name))
    assert missed == []
