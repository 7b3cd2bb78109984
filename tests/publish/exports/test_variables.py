"""Names that Stata and SPSS take, and that stay the same from one export to the next."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publish.exports.texts import fitted, inert
from pipeline.publish.exports.variables import TIDY, WIDE_KEY, measured, short_name
from pipeline.rules import Rules


@given(st.text(min_size=1, max_size=60))
def test_a_name_is_ascii_short_and_begins_with_a_letter(id_: str) -> None:
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", short_name(id_))


def test_the_names_of_all_indicators_differ_also_without_case(rules: Rules) -> None:
    names = [short_name(i.id).lower() for i in rules.codebook.indicators]
    assert len(set(names)) == len(names)
    assert not set(names) & {v.name for v in (*TIDY, *WIDE_KEY)}


def test_names_are_the_ids_where_they_can_be() -> None:
    assert short_name("students_count") == "students_count"
    assert short_name("online_courses.national") == "online_courses_national"
    assert short_name("if") != "if"
    long = "exported_resources.major_standards_of_all_levels"
    assert short_name(long) != short_name(long + "_too")
    assert short_name(long).startswith("exported_resources_major_")


def test_an_indicator_in_two_units_gives_two_variables() -> None:
    both = measured([("courses", "学时", "课程总数"), ("courses", "门", "课程总数"), ("books", None, "图书")])
    assert [v.label for v in both] == ["课程总数（学时）", "课程总数（门）", "图书"]
    assert len({v.name for v in both}) == 3
    assert both[2].name == "books"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5以下", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize("text", ["南岸区", "1=1", "a-b", ""])
def test_other_texts_stay(text: str) -> None:
    assert inert(text) == text


@given(st.text(max_size=50), st.integers(4, 30), st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_text_is_cut_within_its_limit_and_says_so(text: str, limit: int, encoding: str) -> None:
    unit = 2 if encoding == "utf-16-le" else 1
    text = text.encode("utf-8", "ignore").decode()
    cut = fitted(text, limit, encoding)
    assert len(cut.encode(encoding)) <= limit * unit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert cut == text or len(text.encode(encoding)) > limit * unit
