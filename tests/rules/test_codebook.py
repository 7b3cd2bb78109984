"""The codebook: what every indicator must say, and how a faulty one is reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.normalize.units import standardize
from pipeline.rules import DEFAULT_FOLDER, RuleFault, Rules
from pipeline.rules.codebook import load_codebook

GOOD = "{id: a, name: 甲人数, unit: 人, definition: 甲的人数, direction: none}"


def codebook_of(folder: Path, *indicators: str) -> Path:
    (folder / "indicators").mkdir()
    for name in ("labels.yaml", "ranges.yaml"):
        shutil.copy(DEFAULT_FOLDER / name, folder / name)
    lines = "".join(f"  - {i}\n" for i in indicators)
    (folder / "indicators" / "mine.yaml").write_text(
        f"family: 甲\nsource: 附表甲（2022年版）\nindicators:\n{lines}", "utf-8"
    )
    return folder


def test_there_are_at_least_300_and_each_says_what_it_is(rules: Rules) -> None:
    indicators = rules.codebook.indicators
    assert len(indicators) >= 300
    assert not [i.id for i in indicators if not (i.definition and i.source and i.unit)]
    assert not [i.id for i in indicators if i.unit == "%" and i.name.endswith("增长率")]


def test_every_indicator_has_a_plausible_range(rules: Rules) -> None:
    for i in rules.codebook.indicators:
        low, high = rules.codebook.range_of(i, standardize(None, i.unit, rules)[1])
        assert low is not None, i.id
        assert high is not None, i.id
        assert low < high, i.id


def test_an_indicator_takes_source_and_years_from_its_family(rules: Rules) -> None:
    assert rules.codebook.by_id["monthly_income"].valid_from == 2022
    assert rules.codebook.by_id["early.dual_share"].valid_to == 2021


def test_a_renamed_indicator_goes_on_with_the_series_and_a_redefined_one_does_not(rules: Rules) -> None:
    book = rules.codebook
    assert book.series["industry_mentors.hours"] == "early.enterprise_teachers_hours"
    assert book.series["dual_qualified_share"] == "dual_qualified_share"
    assert book.chain["dual_qualified_share"] == "early.dual_share"
    assert book.series["placement_rate"] == "placement_rate"
    assert book.chain["placement_rate"] == "employment_rate"
    assert book.canonical["teachers_dual_share"] == "dual_qualified_share"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("{id: a, name: 乙, unit: 人, definition: 乙的人数, direction: none}", "two indicators have this id"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, same_as: 丙}", "same_as names no indicator"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, replaces: c, why: 改称}", "replaces no known"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, replaces: b, why: 改称}", "in a circle"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, replaces: a}", "`why`"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, low: 5, high: 1}", "low 5 is over high 1"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: none, valid_from: 2024, valid_to: 2022}", "is after"),
        ("{id: b, name: 乙, unit: 人, definition: 乙的人数, direction: up}", "direction"),
        ("{id: b, name: 乙, unit: 人, direction: none}", "definition"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, second: str, said: str) -> None:
    folder = codebook_of(tmp_path, GOOD, second)
    with pytest.raises(RuleFault, match=said) as fault:
        load_codebook(folder)
    assert f"{folder / 'indicators' / 'mine.yaml'}:" in str(fault.value)
    assert ":5:" in str(fault.value) or ":4:" in str(fault.value)


@pytest.mark.parametrize(
    "text",
    [
        "各校在校生数",
        "专任教师学历结构与专任教师数",
        "招生情况",
        "表",
        "",
        "毕业生就业率与对口就业率",
        "实训基地数量",
    ],
)
def test_the_names_in_a_text_are_those_that_a_search_for_each_finds(text: str, rules: Rules) -> None:
    book = rules.codebook
    folded = book.fold(text)
    found = [(name, at) for name in book.names if len(name) > 2 and (at := folded.find(name)) >= 0]
    assert book.names_in(folded) == sorted(found, key=lambda x: -len(x[0]))
