"""Divisions: found by longest match, told apart by what is named around them, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read.regions import mentions, region_most_named, region_of
from pipeline.rules import RuleFault, load
from pipeline.rules.regions import load_regions

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
        ("徐州市鼓楼区", "320302"), ("鼓楼区", None), ("朝阳区", None), ("没有地名", None), ("和平区域合作", None),
    ],
)  # fmt: skip
def test_names_of_divisions(text: str, expected: str | None) -> None:
    assert code(text) == expected


def test_a_shared_name_is_told_apart_by_the_context() -> None:
    assert code("鼓楼区", "福建省福州市教育局") == "350102"
    assert code("鼓楼区", "开封市教育体育局") is None or code("鼓楼区", "开封市教育体育局") == "410204"
    assert code("鼓楼区", "江苏省教育厅") is None  # two of them lie in that province


def test_a_name_of_the_past_counts_in_its_time_and_leads_to_its_successor_after() -> None:
    assert code("江津市", year=2004) == "500381"
    assert code("江津市", year=2023) == "500116"
    assert code("大足县", year=2009) == "500225"


def test_the_longest_name_wins() -> None:
    found = mentions("西藏自治区阿里地区", REGIONS.by_any_name, REGIONS)
    assert [(m.start, m.end) for m in found] == [(0, 5), (5, 9)]


def test_running_text_is_about_the_division_it_names_most() -> None:
    text = "北京市专家来访。学校位于四川省南充市顺庆区，顺庆区财政持续投入，嘉陵区亦有实训点。"
    region = region_most_named(text, [text], REGIONS, 2023)
    assert region is not None
    assert region.name == "顺庆区"


def test_chains() -> None:
    assert REGIONS.chain("500108") == ("重庆市", None, "南岸区")
    assert REGIONS.chain("511302") == ("四川省", "南充市", "顺庆区")
    assert REGIONS.chain("510000") == ("四川省", None, None)
    assert REGIONS.chain("429004") == ("湖北省", None, "仙桃市")


def test_the_table_is_whole() -> None:
    in_force = [r for r in REGIONS.rows if r.last_seen is None]
    assert len({r.code for r in in_force}) == len(in_force) > 3000
    assert sum(r.level == "province" for r in in_force) >= 31
    provinces = {r.code[:2] for r in REGIONS.rows if r.level == "province"}
    assert {r.code[:2] for r in REGIONS.rows} <= provinces
    assert all(r.now in REGIONS.by_code for r in REGIONS.rows if r.now)


def test_every_division_in_force_is_found_by_its_chain() -> None:
    missed = []
    for row in REGIONS.rows:
        if row.last_seen is None:
            province, city, district = REGIONS.chain(row.code)
            if code("".join(filter(None, (province, city, district)))) != row.code:
                missed.append((row.code, row.name))
    assert len(missed) <= 5, missed


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,code\n", "the header must be"),
        ("code,name,level,first_seen,last_seen,now\n1234,某区,district,,,\n", ":2: "),
        ("code,name,level,first_seen,last_seen,now\n123456,某区,district,x,,\n", ":2: 'x' is no year"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "regions.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(RuleFault, match=said):
        load_regions(tmp_path)
