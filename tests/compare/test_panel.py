"""A question → the panel: named things found, editions joined or broken, and what there is where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.compare.archive import archive
from pipeline.compare.asked import Unanswerable
from pipeline.compare.panel import Panel, Question, panel
from pipeline.rules import Rules
from tests.compare.made import datasets, title

DRAWN = "指标 | {0}年 | {1}年\n{2}（%） | {3} | {4}"
CLASSES = "专业大类 | 在校生数（人）\n旅游大类 | 90\n合计 | 300"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two districts of Chongqing and one of Ningbo, over a change of the form."""
    dual = "双师素质教师比例", "“双师型”教师比例"
    return datasets(
        tmp_path_factory.mktemp("panel"),
        {
            title("重庆市荣昌区", 2020): [["表1 师资", DRAWN.format(2019, 2020, dual[0], "58.0", "59.0")]],
            title("重庆市荣昌区", 2022): [["表1 师资", DRAWN.format(2021, 2022, dual[1], "43.5", "44.0")]],
            title("重庆市铜梁区", 2022): [["表1 师资", DRAWN.format(2021, 2022, dual[1], "50.5", "52.0")]],
            title("浙江省宁波市海曙区", 2022): [
                ["表1 师资", DRAWN.format(2021, 2022, dual[1], "61.0", "62.5")],
                ["表2 2022年各专业大类在校生情况", CLASSES],
            ],
        },
    )


@pytest.fixture
def connection(out: Path, rules: Rules) -> Iterator[duckdb.DuckDBPyConnection]:
    with archive(out, rules) as connection:
        yield connection


def shown(found: Panel) -> dict[tuple[str, int], float]:
    return {(r["name"], r["year"]): r["value"] for r in found.rows.to_pylist()}


def test_a_synonym_finds_all_editions_and_says_where_the_meaning_breaks(
    connection: duckdb.DuckDBPyConnection, rules: Rules
) -> None:
    found = panel(connection, Question("双师型教师占比", region="荣昌区"), rules)
    assert shown(found) == {
        ("荣昌区", 2019): 58, ("荣昌区", 2020): 59, ("荣昌区", 2021): 43.5, ("荣昌区", 2022): 44
    }  # fmt: skip
    assert (found.name, found.unit, found.by) == ("“双师型”教师比例", "%", "区县")
    [(year, why)] = found.breaks
    assert year == 2021
    assert "口径不同" in why


def test_years_and_region_choose(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    found = panel(connection, Question("dual_qualified_share", (2022, 2022), "重庆市"), rules)
    assert shown(found) == {("荣昌区", 2022): 44, ("铜梁区", 2022): 52}
    [by_code] = panel(
        connection, Question("dual_qualified_share", (2022, 2022), "33"), rules
    ).rows.to_pylist()
    assert (by_code["name"], by_code["rank"], by_code["n"], by_code["change"]) == ("海曙区", 1, 3, 1.5)


def test_a_value_says_where_it_stands(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    [row] = panel(
        connection, Question("dual_qualified_share", (2022, 2022), "铜梁区"), rules
    ).rows.to_pylist()
    assert (row["place"], row["source"]) == ("t1r1c2", "重庆市铜梁区职业教育质量年度报告（2022年度）.docx")


def test_a_class_is_asked_for_by_name(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    assert shown(panel(connection, Question("在校生数"), rules)) == {("海曙区", 2022): 300}
    found = panel(connection, Question("在校生数", of="专业大类=旅游大类"), rules)
    assert shown(found) == {("海曙区", 2022): 90}


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Question("在校生数", by="city"), r"by district of 专业大类=旅游大类 2022-2022 \(1 values\)"),
        (Question("在校生数", (1999, 2000)), "by district 2022-2022"),
        (Question("不存在的指标名称"), "no indicator is called"),
        (Question("在校生数", region="南岸区"), "no facts for 南岸区; there are"),
        (Question("校内实训基地数"), "there are: none"),
    ],
)
def test_where_there_is_nothing_it_says_what_there_is(
    connection: duckdb.DuckDBPyConnection, rules: Rules, question: Question, says: str
) -> None:
    with pytest.raises(Unanswerable, match=says):
        panel(connection, question, rules)
