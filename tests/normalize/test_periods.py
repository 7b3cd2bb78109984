"""A text → the periods it names."""

from __future__ import annotations

import re

import pytest

from pipeline.normalize.periods import definitions, find_periods, parse_period, year_of
from pipeline.rules import load
from pipeline.rules.periods import PeriodPattern

RULES = load().periods
EXAMPLES = [(p.id, text, want) for p in RULES.patterns for text, want in p.examples.items()]
NOT = [(p.id, text) for p in RULES.patterns for text in p.not_]


@pytest.mark.parametrize(("rule", "text", "want"), EXAMPLES)
def test_each_rule_reads_its_own_examples(rule: str, text: str, want: str) -> None:
    found = find_periods(text, RULES.example_report_year, RULES)
    assert [p.period for p in found] == [want]


@pytest.mark.parametrize("pattern", RULES.patterns, ids=lambda p: p.id)
def test_each_wording_begins_with_one_of_the_first_characters(pattern: PeriodPattern) -> None:
    begins = {m[0][0] for text in pattern.examples if (m := re.search(pattern.pattern, text))}
    assert begins and begins <= set(RULES.first)


@pytest.mark.parametrize(("rule", "text"), NOT)
def test_no_rule_reads_what_it_must_not(rule: str, text: str) -> None:
    i = [p.id for p in RULES.patterns].index(rule)
    assert not any(m.group(f"p{i}") for m in RULES.regex.finditer(text))


@pytest.mark.parametrize(
    ("label", "want"),
    [
        ("2022", ("2022", 2022)),
        ("２０２２年", ("2022", 2022)),
        ("2022-2023\n学年", ("2022/2023", 2023)),
        ("（2023年）", ("2023", 2023)),
        ("截至2022年12月", ("2022-12", 2022)),
        ("2025年目标", ("2025", 2025)),
        ("上学年", ("2022/2023", 2023)),
        ("2023年校本科数", None),
        ("较2022年增减", None),
        ("开设年份", None),
        ("2150", None),
    ],
)
def test_a_label_that_is_nothing_but_a_period(label: str, want: tuple[str, int] | None) -> None:
    assert parse_period(label, 2024, RULES) == want


def test_relative_words_need_a_report_year() -> None:
    assert find_periods("本年与上年", None, RULES) == []
    assert [p.period for p in find_periods("本年与上年", 2020, RULES)] == ["2020", "2019"]


def test_offsets_point_at_the_words() -> None:
    text = "招生在2021年为90人，2022年为84人"
    assert [text[p.start : p.end] for p in find_periods(text, 2022, RULES)] == ["2021年", "2022年"]


def test_a_note_defines_what_a_relative_word_means() -> None:
    found = definitions(RULES.definition_examples[0], 2024, RULES)
    assert found == {"本学年": ("2022/2023", 2023), "上学年": ("2021/2022", 2022)}


@pytest.mark.parametrize(
    ("period", "year"), [("2024", 2024), ("2023/2024", 2024), ("2024-06", 2024), ("2022..2024", 2024)]
)
def test_a_period_counts_for_its_last_year(period: str, year: int) -> None:
    assert year_of(period) == year
