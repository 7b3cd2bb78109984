"""Prose → quantities with their unit and qualifier."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.rules import load
from pipeline.segment.quantities import find

RULES = load()
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "nanan-2024"


@pytest.mark.parametrize(
    ("text", "surface", "value", "high", "unit", "qualifier"),
    [
        ("现有专任教师128人。", "128人", 128, None, "人", "exact"),
        ("双师比例为 61.5 %，", "61.5 %", 61.5, None, "%", "exact"),
        ("总值8,765.4万元", "8,765.4万元", 8765.4, None, "万元", "exact"),
        ("培训１２００人次", "１２００人次", 1200, None, "人次", "exact"),
        ("聘请三位专职老师", "三位", 3, None, "位", "exact"),
        ("开展活动十余次", "十余次", 10, None, "次", "over"),
        ("服务百余名老人", "百余名", 100, None, "名", "over"),
        ("走访上百次", "上百次", 100, None, "次", "over"),
        ("投入二百三十余万元", "二百三十余万元", 230, None, "万元", "over"),
        ("覆盖2.82亿人", "2.82亿人", 2.82, None, "亿人", "exact"),
        ("累计1万余人参加", "1万余人", 1, None, "万人", "over"),
        ("培训25万6千人次", "25万6千人次", 256000, None, "人次", "exact"),
        ("学生20多人参赛", "20多人", 20, None, "人", "over"),
        ("设备不低于500台", "不低于500台", 500, None, "台", "at_least"),
        ("不得超过15%", "不得超过15%", 15, None, "%", "at_most"),
        ("满意度达到95%以上", "95%以上", 95, None, "%", "at_least"),
        ("满意度在95%以上", "95%以上", 95, None, "%", "over"),
        ("近300名学生", "近300名", 300, None, "名", "under"),
        ("附近20户居民", "20户", 20, None, "户", "exact"),
        ("签约30家企业", "30家", 30, None, "家", "exact"),
        ("约有40家企业", "40家", 40, None, "家", "about"),
        ("学生90人左右", "90人左右", 90, None, "人", "about"),
        ("师生比为1：16。", "1：16", 16, None, ":", "exact"),
        ("生师比14.1:1", "14.1:1", 14.1, None, ":", "exact"),
        ("比例为三比一", "三比一", 3, None, ":", "exact"),
        ("面向7-16岁少年", "7-16岁", 7, 16, "岁", "range"),
        ("每班20至30人", "20至30人", 20, 30, "人", "range"),
        ("占15%—20%", "15%—20%", 15, 20, "%", "range"),
        ("选派三至五名", "三至五名", 3, 5, "名", "range"),
        ("有两三家企业", "两三家", 2, 3, "家", "range"),
        ("占课时2/3以上", "2/3以上", 2 / 3, None, None, "over"),
        ("约占四分之一", "四分之一", 0.25, None, None, "about"),
        ("约百分之九十五", "约百分之九十五", 95, None, "%", "about"),
        ("超四成教师", "超四成", 4, None, "成", "over"),
        ("产值翻一番", "翻一番", 1, None, "番", "exact"),
        ("较上年翻了一番", "翻了一番", 1, None, "番", "exact"),
        ("在校生3，456人", "3，456人", 3456, None, "人", "exact"),
        ("巩固率393.4%", "93.4%", 93.4, None, "%", "exact"),
        ("宿舍楼6栋", "6栋", 6, None, "栋", "exact"),
        ("每批不少于两周", "不少于两周", 2, None, "周", "at_least"),
        ("每周2课时", "2课时", 2, None, "课时", "exact"),
        ("是上年的1.8倍", "1.8倍", 1.8, None, "倍", "exact"),
        ("提高2.3个百分点", "2.3个百分点", 2.3, None, "个百分点", "exact"),
        ("补助3000元/生·年", "3000元/生·年", 3000, None, "元/生·年", "exact"),
        ("带宽1000Mbps", "1000Mbps", 1000, None, "Mbps", "exact"),
        ("增长率为-3.2%", "-3.2%", -3.2, None, "%", "exact"),
        ("高职扩招515.47万，", "515.47万", 515.47, None, "万", "exact"),
        ("平均分为82.5，", "82.5", 82.5, None, None, "exact"),
        ("在校生85万-90万人", "85万-90万人", 85, 90, "万人", "range"),
        ("过半课程由一半以上教师承担", "一半以上", 0.5, None, None, "over"),
        ("总投资3.6个亿", "3.6个亿", 3.6, None, "个亿", "exact"),
        ("产值为十五点六万元", "十五点六万元", 15.6, None, "万元", "exact"),
        ("增长一点五倍", "一点五倍", 1.5, None, "倍", "exact"),
        ("馆藏图书12，000册", "12，000册", 12000, None, "册", "exact"),
        ("年末结余-12.5万元", "-12.5万元", -12.5, None, "万元", "exact"),
        ("新增市级课程一门。", "一门", 1, None, "门", "exact"),
        ("仅一所学校", "一所", 1, None, "所", "exact"),
    ],
)
def test_one_quantity_in_a_phrase(
    text: str, surface: str, value: float, high: float | None, unit: str | None, qualifier: str
) -> None:
    found, _ = find(text, RULES)
    assert [(q.surface, q.value, q.high, q.unit, q.qualifier) for q in found] == [
        (surface, value, high, unit, qualifier)
    ]


def test_members_of_a_list_share_the_last_unit() -> None:
    found, _ = find("三届毕业生分别为132、145和160人", RULES)
    assert [(q.surface, q.unit) for q in found[-3:]] == [("132", "人"), ("145", "人"), ("160人", "人")]


def test_a_hedge_is_never_taken_twice() -> None:
    found, _ = find("超过20人超过30人", RULES)
    assert [q.surface for q in found] == ["超过20人", "超过30人"]


_TEXT = st.text(
    alphabet="0123456789０１２３.,%：:年月日级人个名第至—-+/ \n（）“”《》〔〕一二三十百千万两分之约近超余多几校企Ax约达以上",
    max_size=60,
)


@given(_TEXT)
@example("2023年〔2020〕5号")
@example("第3-5名、1：16")
@example("“3+2”33618产业")
def test_every_digit_lies_in_exactly_one_of_them(text: str) -> None:
    quantities, others = find(text, RULES)
    spans = sorted((x.start, x.end) for x in [*quantities, *others])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for k, char in enumerate(text):
        if char in "0123456789０１２３":
            assert sum(a <= k < b for a, b in spans) == 1


@given(_TEXT)
def test_offsets_point_at_the_surface(text: str) -> None:
    quantities, others = find(text, RULES)
    assert all(text[x.start : x.end] == x.surface for x in [*quantities, *others])
    assert all(q.start <= q.number_start < q.number_end <= q.end for q in quantities)


@pytest.mark.parametrize(
    "unit", ["1", "1,111", "111 ", "一", "三分之", "1-", "1 ", " ", "“一", "2023-", "二百三十余"]
)
def test_long_runs_end(unit: str) -> None:
    text = "1" + unit * 3000
    quantities, others = find(text, RULES)
    assert quantities or others


@pytest.mark.skipif(not GOLD.exists(), reason="the hand-marked report is not here")
def test_all_quantities_of_the_marked_report() -> None:
    rows = list(csv.DictReader((GOLD / "claims.csv").open(encoding="utf-8")))
    texts = {d["pid"]: d["text"] for d in map(json.loads, (GOLD / "paragraphs.jsonl").open(encoding="utf-8"))}
    have = {(pid, q.start, q.end) for pid, text in texts.items() for q in find(text, RULES)[0]}
    want = {(int(r["pid"]), int(r["start"]), int(r["end"])): r["optional"] == "1" for r in rows}
    assert {k for k, optional in want.items() if not optional} - have == set()
    assert have - set(want) == set()
