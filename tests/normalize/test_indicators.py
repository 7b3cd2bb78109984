"""Labels and phrases → indicators of the codebook."""

from __future__ import annotations

import pytest

from pipeline.normalize.indicators import match, match_child, match_phrase, nearest
from pipeline.rules import load

BOOK = load().codebook


@pytest.mark.parametrize(
    ("path", "unit", "want"),
    [
        (["招生数（人）"], "人", "enrolment_new"),
        (["教学计划内课程总数*"], "门", "courses"),
        (["教学计划内课程总数*"], "学时", "courses.hours"),
        (["专任教师", "数量（人）"], "人", "teachers_fulltime"),
        (["专任教师", "比例%"], "%", "teachers_fulltime_share"),
        (["专任教师", "占教职工比例（%）"], "%", "teachers_fulltime_share"),
        (["学校\n总支出"], "万元", "expenditure_total"),
        (["日常教学经费", "总额"], "万元", "expenditure_teaching"),
        (["设备采购", "其他"], "万元", None),
        (["毕业生数①"], "人", "graduates_count"),
        (["生师比"], ":", "student_teacher_ratio"),
        (["就业率"], "人", None),
        (["专业"], None, None),
    ],
)
def test_a_path_of_labels_names_an_indicator(path: list[str], unit: str | None, want: str | None) -> None:
    found = match(path, unit, BOOK)
    assert (found.id if found else None) == want


def test_a_part_is_looked_up_under_its_parent_only() -> None:
    found = match_child("教职工总数", "其中：思政课教师", "人", BOOK)
    assert found is not None
    assert found.id == "ideology_teachers"
    assert match_child("教职工总数", "在校生数", "人", BOOK) is None


@pytest.mark.parametrize(
    ("phrase", "unit", "want"),
    [
        ("全区专任教师", "人", "专任教师数"),
        ("学校双师型教师占比", "%", "双师型教师占比"),
        ("中职学校在校生", "人", "在校生数"),
        ("食堂阿姨", "人", None),
    ],
)
def test_a_phrase_of_prose_names_an_indicator(phrase: str, unit: str, want: str | None) -> None:
    found = match_phrase(phrase, unit, BOOK)
    assert (found.name if found else None) == want


def test_the_nearest_indicators_come_best_first() -> None:
    found = nearest("毕业生对口就业比率", BOOK)
    assert found[0][0] == "matched_employment_rate"
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert all(0 <= s <= 1 for _, s in found)


def test_ids_are_unique_and_names_lead_back_to_their_indicator() -> None:
    assert len(BOOK.by_id) == len(BOOK.indicators)
    for indicator in BOOK.indicators:
        found = match([indicator.name], indicator.unit, BOOK)
        assert found is not None
        assert found.name == indicator.name


def test_same_as_points_at_a_known_name() -> None:
    names = {i.name for i in BOOK.indicators}
    assert [i.id for i in BOOK.indicators if i.same_as and i.same_as not in names] == []


def test_hidden_indicators_are_not_found() -> None:
    bare = BOOK.without({"enrolment_new"})
    assert match(["招生数"], "人", bare) is None
    assert match(["招生数"], "人", BOOK) is not None
