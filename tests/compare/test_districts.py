"""Facts of drawn reports → ranks among districts: ties, medians, only like with like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.compare.made import datasets, rows, title

REGIONS = ("重庆市荣昌区", "重庆市铜梁区", "重庆市璧山区", "重庆市大足区", "重庆市潼南区")


def archive(folder: Path, name: str, values: list[str], year: int = 2023) -> Path:
    reports: dict[str, list[Any]] = {
        title(region, year): [["表1 主要指标", f"指标 | {year}年\n{name} | {value}"]]
        for region, value in zip(REGIONS, values, strict=False)
    }
    return datasets(folder, reports)


def test_rank_median_percentile_and_distance(tmp_path: Path) -> None:
    found = rows(archive(tmp_path, "“双师型”教师比例（%）", ["61", "65", "58", "70"]), "districts")
    by_name = found.set_index("district")
    assert by_name["rank"].to_dict() == {"荣昌区": 3, "铜梁区": 2, "璧山区": 4, "大足区": 1}
    assert set(found["median"]) == {63}
    assert by_name.distance["璧山区"] == -5
    assert by_name.percentile[["璧山区", "大足区"]].tolist() == [0, 100]
    assert (set(found.n), set(found.valid_share)) == ({4}, {100})


def test_equal_values_share_the_best_rank(tmp_path: Path) -> None:
    found = rows(archive(tmp_path, "毕业生人数（人）", ["300", "500", "500", "200"]), "districts")
    assert found.set_index("district")["rank"].to_dict() == {
        "铜梁区": 1,
        "璧山区": 1,
        "荣昌区": 3,
        "大足区": 4,
    }


def test_where_lower_is_better_the_lowest_is_first(tmp_path: Path) -> None:
    found = rows(archive(tmp_path, "生师比", ["18.2", "15.1", "16.4"]), "districts")
    assert found.set_index("district")["rank"].to_dict() == {"铜梁区": 1, "璧山区": 2, "荣昌区": 3}


def test_a_rounded_value_stands_beside_the_others_without_a_rank(tmp_path: Path) -> None:
    reports: dict[str, list[Any]] = {
        title(REGIONS[0], 2023): ["2023年，全区毕业生人数约400人。"],
        title(REGIONS[1], 2023): ["2023年，全区毕业生人数431人。"],
        title(REGIONS[2], 2023): ["2023年，全区毕业生人数401人。"],
    }
    found = rows(datasets(tmp_path, reports), "districts").set_index("district")
    assert found["rank"].dropna().to_dict() == {"铜梁区": 1, "璧山区": 2}
    assert found.loc["荣昌区", ["comparable", "n", "median"]].tolist() == [False, 2, 416]
    assert "约数" in found.loc["荣昌区", "note"]


def test_the_share_counts_reports_that_do_not_say(tmp_path: Path) -> None:
    reports: dict[str, list[Any]] = {
        title(region, 2023): [f"2023年，全区毕业生人数{n}人。" if n else "一、基本情况"]
        for region, n in zip(REGIONS, (400, 0, 500, 0, 600), strict=True)
    }
    found = rows(datasets(tmp_path, reports), "districts")
    assert (set(found.n), set(found.valid_share)) == ({3}, {60})


def test_a_year_is_taken_from_its_own_report_before_a_later_one(tmp_path: Path) -> None:
    reports = {
        title(REGIONS[0], 2022): [["表1 主要指标", "指标 | 2022年\n毕业生人数（人） | 400"]],
        title(REGIONS[0], 2023): [["表1 主要指标", "指标 | 2022年 | 2023年\n毕业生人数（人） | 410 | 500"]],
    }
    found = rows(datasets(tmp_path, reports), "districts").set_index("year")
    assert found.value.to_dict() == {2022: 400, 2023: 500}
    assert found.report_year.to_dict() == {2022: 2022, 2023: 2023}


def test_parts_are_ranked_among_parts_of_their_class(tmp_path: Path) -> None:
    table = "专业大类 | 在校生数（人）\n旅游大类 | {}\n合计 | {}"
    reports = {
        title(region, 2023): [["表1 2023年各专业大类在校生情况", table.format(part, whole)]]
        for region, part, whole in zip(REGIONS, (90, 80), (300, 400), strict=False)
    }
    found = rows(datasets(tmp_path, reports), "districts")
    ranks = {(f.district, len(f.dims)): f.rank for f in found.itertuples()}
    assert ranks == {("荣昌区", 0): 2, ("铜梁区", 0): 1, ("荣昌区", 1): 1, ("铜梁区", 1): 2}
