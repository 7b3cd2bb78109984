"""Observations and claims of drawn reports → facts: one codebook, standard units, one preferred mention."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.made import datasets, rows, title

DISTRICT = "重庆市荣昌区"
ANNEX = "附表1 人才培养质量计分卡"


def test_units_are_standard_and_a_rounded_print_keeps_its_tolerance(tmp_path: Path) -> None:
    table = """指标 | 单位 | 2023年
               学校总收入 | 万元 | 8275.4
               教学仪器设备总值 | 亿元 | 1.20"""
    out = datasets(tmp_path, {title(DISTRICT, 2023): [["表1 办学条件", table]]})
    facts = rows(out, "facts").set_index("indicator")
    assert facts.loc["学校总收入", ["value", "unit", "tolerance"]].tolist() == [82_754_000, "元", 500]
    assert facts.loc["教学仪器设备总值", ["value", "unit", "tolerance"]].tolist() == [
        120_000_000,
        "元",
        500_000,
    ]


def test_the_annex_goes_before_the_body_and_the_body_before_the_prose(tmp_path: Path) -> None:
    body = "指标 | 2022年 | 2023年\n毕业生人数（人） | 420 | 433"
    annex = "序号 | 指标 | 单位 | 2022年 | 2023年\n1 | 毕业生人数 | 人 | 420 | 434"
    out = datasets(
        tmp_path,
        {title(DISTRICT, 2023): ["2023年，全区毕业生人数435人。", ["表1 学生情况", body], [ANNEX, annex]]},
    )
    facts = rows(out, "facts", indicator="毕业生人数", year=2023).set_index("place")
    assert facts.value.to_dict() == {"prose": 435, "body": 433, "annex": 434}
    assert facts.index[facts.is_preferred].tolist() == ["annex"]


def test_an_exact_value_goes_before_a_rounded_one(tmp_path: Path) -> None:
    text = ["2023年，全区中职在校生约3200人。", "2023年，全区中职在校生3187人。"]
    facts = rows(datasets(tmp_path, {title(DISTRICT, 2023): text}), "facts", indicator="全日制在校生人数")
    assert facts[facts.is_preferred].value.tolist() == [3187]
    assert sorted(facts.qualifier) == ["about", "exact"]


def test_a_total_row_is_the_whole_and_a_row_is_a_part(tmp_path: Path) -> None:
    table = """专业大类 | 在校生数（人）
               农林牧渔大类 | 210
               旅游大类 | 190
               合计 | 400"""
    facts = rows(
        datasets(tmp_path, {title(DISTRICT, 2023): [["表1 2023年各专业大类在校生情况", table]]}), "facts"
    )
    by_class = {tuple(sorted(dict(f.dims).items())): f.value for f in facts.itertuples()}
    assert by_class == {(): 400, (("专业大类", "农林牧渔大类"),): 210, (("专业大类", "旅游大类"),): 190}


def test_synonyms_and_older_names_of_one_concept_are_one_indicator(tmp_path: Path) -> None:
    table = """指标 | 2022年 | 2023年
               双师型教师占比（%） | 61.2 | 62.5"""
    facts = rows(datasets(tmp_path, {title(DISTRICT, 2023): [["表1 师资队伍", table]]}), "facts")
    assert set(facts.indicator) == {"“双师型”教师比例"}


def test_the_district_and_its_schools_are_told_apart(tmp_path: Path) -> None:
    table = """学校 | 在校生数（人）
               荣昌安富职业中学 | 905
               荣昌昌元职业学校 | 640
               合计 | 1545"""
    facts = rows(datasets(tmp_path, {title(DISTRICT, 2023): [["表1 2023年各校在校生情况", table]]}), "facts")
    assert {f.entity: (f.scope, f.value) for f in facts.itertuples()} == {
        "荣昌安富职业中学": ("school", 905),
        "荣昌昌元职业学校": ("school", 640),
        "荣昌区": ("region", 1545),
    }


def test_several_values_of_one_name_in_one_table_stand_for_none(tmp_path: Path) -> None:
    table = """项目 | 数量
               毕业生人数（人） | 120
               毕业生人数（人） | 135"""
    facts = rows(datasets(tmp_path, {title(DISTRICT, 2023): [["表1 2023年情况", table]]}), "facts")
    assert sorted(facts.value) == [120, 135]
    assert not facts.is_preferred.any()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("到2026年，全区中职在校生达到5600人。", "target"),
        ("2023年，全区中职在校生5400人。", "level"),
        ("2023年，全区中职在校生比上年增加120人。", "change"),
    ],
)
def test_what_is_to_come_is_a_target(tmp_path: Path, text: str, relation: str) -> None:
    facts = rows(datasets(tmp_path, {title(DISTRICT, 2023): [text]}), "facts", indicator="全日制在校生人数")
    assert facts.relation.tolist() == [relation]
