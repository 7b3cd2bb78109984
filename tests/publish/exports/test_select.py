"""What is exported: the facts of a region, of years, of indicators; one value a row, or one entity a row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports.select import Selection, tidy, wide
from pipeline.rules import Rules


@pytest.fixture
def facts(out: Path) -> pd.DataFrame:
    frame = pd.read_parquet(out / "facts")
    return frame[frame.is_preferred]


def test_tidy_has_each_preferred_fact_once(
    connection: duckdb.DuckDBPyConnection, rules: Rules, facts: pd.DataFrame
) -> None:
    table = tidy(connection, Selection(), rules).table
    assert sorted(table["fact_id"].to_pylist()) == sorted(facts.fact_id)
    every = tidy(connection, Selection(all_mentions=True), rules).table
    assert every.num_rows > table.num_rows


def test_a_row_says_where_in_the_report_it_was_read(
    connection: duckdb.DuckDBPyConnection, rules: Rules, out: Path
) -> None:
    rows = tidy(connection, Selection(), rules).table.to_pylist()
    cells = pd.read_parquet(out / "observations").set_index(["doc_id", "obs_no"])
    texts = pd.read_parquet(out / "claims").set_index(["doc_id", "claim_no"])
    for row in rows[::97]:
        origin, number = row["fact_id"][16], int(row["fact_id"][17:])
        if origin == "t":
            o = cells.loc[(row["doc_id"], number)]
            place = f"t{o.table_no}r{o.row}c{o.col}" + (f".{o.part}" if o.part else "")
        else:
            c = texts.loc[(row["doc_id"], number)]
            place = f"b{c.block_no}:{c.start}"
        assert row["source_place"] == place
        assert row["source"].endswith(".docx")


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("鄞州区", {"330212"}),
        ("330212", {"330212"}),
        ("宁波市", {"330203", "330206", "330212"}),
        ("浙江省", {"330203", "330206", "330212"}),
        ("33", {"330203", "330206", "330212"}),
        ("330000", {"330203", "330206", "330212"}),
        ("330200", {"330203", "330206", "330212"}),
        ("四川省成都市郫都区", {"510117"}),
    ],
)
def test_a_region_is_a_name_or_the_start_of_a_code_and_holds_what_is_below_it(
    connection: duckdb.DuckDBPyConnection, rules: Rules, wanted: str, codes: set[str]
) -> None:
    table = tidy(connection, Selection(region=wanted), rules).table
    assert set(table["region_code"].to_pylist()) == codes


def test_years_are_those_of_the_values_and_indicators_go_by_name_synonym_or_id(
    connection: duckdb.DuckDBPyConnection, rules: Rules
) -> None:
    table = tidy(
        connection, Selection(years=(2022, 2023), indicators=("专任教师数", "students")), rules
    ).table
    assert set(table["year"].to_pylist()) == {2022, 2023}
    book = rules.codebook
    teachers = book.canonical[book.exact[book.fold("专任教师数")][0].id]
    assert set(table["indicator_id"].to_pylist()) == {teachers, book.canonical["students"]}


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(region="无名区"), "no facts for 无名区; there are .*鄞州区"),
        (Selection(region="999"), "no facts for 999"),
        (Selection(years=(1901, 1902)), "no fact fits"),
        (Selection(indicators=("专任教师总人数量",)), r"no indicator is called .*the nearest are .*\["),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    connection: duckdb.DuckDBPyConnection, rules: Rules, selection: Selection, said: str
) -> None:
    with pytest.raises(Unanswerable, match=said):
        tidy(connection, selection, rules)


def test_a_name_of_several_divisions_asks_for_the_code(
    connection: duckdb.DuckDBPyConnection, rules: Rules
) -> None:
    connection.execute("CREATE TEMP TABLE more AS SELECT * FROM facts LIMIT 1")
    connection.execute(
        "UPDATE more SET region_code='119999', province='北京市', city=NULL, district='鄞州区'"
    )
    connection.execute("CREATE TEMP TABLE both_of AS SELECT * FROM facts UNION ALL SELECT * FROM more")
    connection.execute("CREATE OR REPLACE VIEW facts AS SELECT * FROM both_of")
    with pytest.raises(Unanswerable, match="names several divisions .*119999 北京市鄞州区.*330212"):
        tidy(connection, Selection(region="鄞州区"), rules)


def test_wide_has_a_row_an_entity_class_and_year_and_a_column_an_indicator_and_unit(
    connection: duckdb.DuckDBPyConnection, rules: Rules, facts: pd.DataFrame
) -> None:
    exported = wide(connection, Selection(), rules)
    key = [v.name for v in exported.variables if not v.indicator_id]
    rows = exported.table.to_pylist()
    assert max(Counter(tuple(r[k] for k in key) for r in rows).values()) == 1
    levels = facts[facts.relation.isin(["level", "share"])]
    measured = [v for v in exported.variables if v.indicator_id]
    assert {(v.indicator_id, v.unit) for v in measured} == set(
        zip(levels.indicator_id, levels.unit.fillna(""), strict=True)
    )
    held = sum(exported.table[v.name].null_count for v in measured)
    gave_way = int("".join(filter(str.isdigit, exported.remarks[-1])))
    assert len(rows) * len(measured) - held + gave_way == len(levels)


def test_in_wide_the_report_of_the_year_itself_wins_and_then_the_latest(
    connection: duckdb.DuckDBPyConnection, rules: Rules, facts: pd.DataFrame
) -> None:
    exported = wide(connection, Selection(), rules)
    [students] = [v for v in exported.variables if v.indicator_id == "fulltime_students" and v.unit == "人"]
    own = facts[
        (facts.indicator_id == "fulltime_students") & (facts.unit == "人") & (facts.report_year == facts.year)
        & (facts.relation == "level") & (facts.dims.map(len) == 0)
    ]  # fmt: skip
    key = ("region_code", "entity", "scope", "level", "education", "year")
    rows = {tuple(r[k] for k in key): r[students.name] for r in exported.table.to_pylist() if not r["dims"]}
    assert len(own) > 3
    for fact in own.to_dict("records"):
        assert rows[tuple(fact[k] for k in key)] == fact["value"]
