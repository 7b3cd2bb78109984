"""Facts of drawn reports → changes between years: of one report and of two in a row, restated, renamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.made import datasets, rows, title

DISTRICT = "重庆市铜梁区"


def given(name: str, **values: object) -> list[str]:
    head = " | ".join(year.removeprefix("y") + "年" for year in values)
    return ["表1 主要指标", f"指标 | {head}\n{name} | {' | '.join(map(str, values.values()))}"]


def test_a_count_changes_in_percent_too_a_rate_only_in_points(tmp_path: Path) -> None:
    counted = given("毕业生人数（人）", y2022=400, y2023=500)
    rated = given("“双师型”教师比例（%）", y2022="60.5", y2023="62.0")
    yoy = rows(datasets(tmp_path, {title(DISTRICT, 2023): [counted, rated]}), "yoy").set_index("indicator")
    assert yoy.loc["毕业生人数", ["prev_value", "value", "change", "change_pct"]].tolist() == [
        400,
        500,
        100,
        25,
    ]
    assert yoy.loc["“双师型”教师比例", "change"] == 1.5
    assert yoy["change_pct"].isna()["“双师型”教师比例"]


def test_one_report_and_two_in_a_row_are_told_apart_and_restatements_kept(tmp_path: Path) -> None:
    out = datasets(
        tmp_path,
        {
            title(DISTRICT, 2022): [given("毕业生人数（人）", y2021=380, y2022=400)],
            title(DISTRICT, 2023): [given("毕业生人数（人）", y2022=410, y2023=500)],
        },
    )
    pairs = rows(out, "yoy", year=2023).set_index("basis")
    assert pairs.prev_value.to_dict() == {"same_report": 410, "consecutive_reports": 400}
    assert pairs.restated.to_dict() == {"same_report": True, "consecutive_reports": True}
    earlier = rows(out, "yoy", year=2022)
    assert earlier.basis.tolist() == ["same_report"]
    assert not earlier.restated.any()


def test_rounding_is_no_restatement(tmp_path: Path) -> None:
    out = datasets(
        tmp_path,
        {
            title(DISTRICT, 2022): [given("学校总收入（万元）", y2021="96.0", y2022="104.26")],
            title(DISTRICT, 2023): [given("学校总收入（万元）", y2022="104.3", y2023="110.0")],
        },
    )
    assert not rows(out, "yoy").restated.any()
    assert len(rows(out, "yoy", year=2023)) == 2


def test_over_a_new_definition_the_change_is_not_comparable_and_says_why(tmp_path: Path) -> None:
    out = datasets(
        tmp_path,
        {
            title(DISTRICT, 2020): [given("双师素质教师比例（%）", y2019="58.0", y2020="59.0")],
            title(DISTRICT, 2021): [given("“双师型”教师比例（%）", y2021="44.0")],
        },
    )
    [pair] = rows(out, "yoy", year=2021).itertuples()
    assert (pair.value, pair.prev_value, pair.basis) == (44, 59, "consecutive_reports")
    assert not pair.comparable
    assert "双师" in pair.note
    assert rows(out, "yoy", year=2020).comparable.all()


def test_about_is_no_exact_change(tmp_path: Path) -> None:
    out = datasets(
        tmp_path,
        {
            title(DISTRICT, 2022): ["2022年，全区毕业生人数约400人。"],
            title(DISTRICT, 2023): ["2023年，全区毕业生人数431人。"],
        },
    )
    [pair] = rows(out, "yoy").itertuples()
    assert (pair.comparable, pair.note) == (False, "有一年是约数，差额不精确")


@pytest.mark.parametrize("years", [(2021, 2023), (2023, 2023)])
def test_years_that_do_not_follow_each_other_make_no_pair(tmp_path: Path, years: tuple[int, int]) -> None:
    table = given("毕业生人数（人）", **{f"y{y}": 400 + y % 10 for y in dict.fromkeys(years)})
    assert rows(datasets(tmp_path, {title(DISTRICT, 2023): [table]}), "yoy").empty


def test_another_district_is_another_series(tmp_path: Path) -> None:
    out = datasets(
        tmp_path,
        {
            title("重庆市铜梁区", 2022): [given("毕业生人数（人）", y2022=400)],
            title("重庆市璧山区", 2023): [given("毕业生人数（人）", y2023=900)],
        },
    )
    assert rows(out, "yoy").empty
