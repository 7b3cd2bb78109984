"""Short names of schools → the full names that the report itself gives."""

from __future__ import annotations

import pytest

from pipeline.normalize.context import Context
from pipeline.normalize.entities import core, full_name, full_names, resolve
from pipeline.rules import Rules
from pipeline.schema import Observation

DISTRICT = Context(2023, "500153", "重庆市", None, "荣昌区", None, "district", "中职")
TEXTS = ["全区有重庆市荣昌区昌州职业技术学校、荣昌安富港口职业学校两所中职学校。", "重庆市荣昌区工业职业学校"]


def about(entity: str) -> Observation:
    return Observation(1, 0, 0, "12", entity=entity)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("昌州职校", "重庆市荣昌区昌州职业技术学校"),
        ("昌州职业技术学校", "重庆市荣昌区昌州职业技术学校"),
        ("安富港校", "荣昌安富港口职业学校"),
        ("安富港口", "荣昌安富港口职业学校"),
        ("荣昌区", "荣昌区"),
        ("荣昌区职业学校", "荣昌区职业学校"),
        ("学校", "学校"),
        ("渝西职校", "渝西职校"),
    ],
)
def test_a_short_name_is_completed_from_the_report(short: str, full: str, rules: Rules) -> None:
    names = full_names([], TEXTS, DISTRICT, rules)
    assert full_name(short, names, DISTRICT, rules) == full


def test_where_two_schools_fit_the_name_stays_as_printed(rules: Rules) -> None:
    names = full_names([], ["荣昌区昌州职业学校和荣昌区昌州技工学校"], DISTRICT, rules)
    assert len(names) == 2
    assert full_name("昌州校", names, DISTRICT, rules) == "昌州校"


def test_rows_about_a_school_get_its_full_name_and_others_stay(rules: Rules) -> None:
    rows = [about("昌州职校"), about("荣昌区"), about("重庆市荣昌区昌州职业技术学校")]
    resolve(rows, [], TEXTS, DISTRICT, rules)
    assert [r.entity for r in rows] == [
        "重庆市荣昌区昌州职业技术学校",
        "荣昌区",
        "重庆市荣昌区昌州职业技术学校",
    ]


def test_the_own_part_of_a_name_is_without_division_and_kind(rules: Rules) -> None:
    assert core("重庆市荣昌区昌州职业技术学校", DISTRICT, rules) == "昌州"
    assert core("荣昌区职业学校", DISTRICT, rules) == ""
