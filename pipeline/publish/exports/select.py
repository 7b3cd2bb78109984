"""The archive and what is asked for (region, years, indicators) → the facts to export, tidy or wide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipeline.compare.asked import Unanswerable, indicator_ids, region_codes
from pipeline.publish.exports.variables import TIDY, WIDE_KEY, Variable, measured
from pipeline.rules import Rules

_BATCH: Final = 50_000
# One value a year of one entity, and no statement about another one: what a wide table can hold.
_LEVELS: Final = ("level", "share")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts: `region` is a name or the start of a code; `years` are those of the values."""

    region: str = ""
    years: tuple[int, int] | None = None
    indicators: tuple[str, ...] = ()
    all_mentions: bool = False


@dataclass(frozen=True)
class Exported:
    """What is to be written: variables in order, what a reader must be told, and the rows as they come.

    `batches` opens a stream; archives larger than memory are written from it. `table` holds all of it.
    """

    variables: tuple[Variable, ...]
    remarks: tuple[str, ...]
    rows: int
    batches: Callable[[], Iterable[pa.RecordBatch]]

    @cached_property
    def table(self) -> pa.Table:
        """All rows at once."""
        return pa.Table.from_batches(self.batches())


def of_table(table: pa.Table, variables: tuple[Variable, ...]) -> Exported:
    """A table that is there already, to be written like an export."""
    return Exported(variables, (), table.num_rows, lambda: table.to_batches(_BATCH))


def tidy(connection: duckdb.DuckDBPyConnection, selection: Selection, rules: Rules) -> Exported:
    """One row a fact, with the place in the report that it was read from. Unanswerable where nothing fits."""
    chosen = choose(connection, selection, rules)
    names = ", ".join(v.source for v in TIDY)
    [(rows,)] = connection.execute("SELECT count(*) FROM chosen").fetchall()
    query = f"SELECT {names} FROM chosen ORDER BY {_ORDER}, fact_id"
    return Exported(TIDY, chosen, rows, lambda: connection.sql(query).to_arrow_reader(_BATCH))


def wide(connection: duckdb.DuckDBPyConnection, selection: Selection, rules: Rules) -> Exported:
    """One row an entity, class and year, one column an indicator and unit.

    Only levels and shares fit. Where reports differ, the report of the value's own year goes before later
    ones, and a later one before an earlier. How many values so gave way is in the remarks.
    """
    remarks = choose(connection, selection, rules)
    key = ", ".join(v.source for v in WIDE_KEY)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE kept AS
        SELECT *, row_number() OVER (
          PARTITION BY {key}, indicator_id, unit
          ORDER BY report_year = year DESC NULLS LAST, report_year DESC NULLS LAST, relation = 'level' DESC,
                   qualifier = 'exact' DESC, is_preferred DESC, confidence DESC, fact_id) AS place_in_line
        FROM chosen WHERE list_contains(?, relation)""",
        [list(_LEVELS)],
    )
    values = connection.execute(
        "SELECT DISTINCT indicator_id, unit, indicator FROM kept ORDER BY indicator_id, unit NULLS FIRST"
    ).fetchall()
    if not values:
        raise Unanswerable("no level or share is among the facts chosen; export them in tidy shape")
    [(rows, *left_out)] = connection.execute(
        f"""SELECT (SELECT count(*) FROM (SELECT DISTINCT {key} FROM kept)),
                   (SELECT count(*) FROM chosen) - (SELECT count(*) FROM kept),
                   (SELECT count(*) FROM kept WHERE place_in_line > 1)"""
    ).fetchall()
    variables = measured(values)
    query, given = _pivot(key, variables)
    return Exported(
        (*WIDE_KEY, *variables), (*remarks, *_told(*left_out)), rows,
        lambda: connection.sql(query, params=given).to_arrow_reader(_BATCH),
    )  # fmt: skip


_ORDER: Final = (
    "region_code NULLS FIRST, entity NULLS FIRST, indicator_id, dims, year NULLS FIRST, report_year"
)


def _pivot(key: str, variables: tuple[Variable, ...]) -> tuple[str, list[str | None]]:
    """The query that makes a column of each variable, and its parameters."""
    fits = "FILTER (indicator_id = ? AND unit IS NOT DISTINCT FROM ?)"
    columns = ", ".join(f'first(value) {fits} AS "{v.name}"' for v in variables)
    order = "region_code NULLS FIRST, entity NULLS FIRST, dims, year NULLS FIRST, level, education, scope"
    query = f"SELECT {key}, {columns} FROM kept WHERE place_in_line = 1 GROUP BY {key} ORDER BY {order}"
    return query, [x for v in variables for x in (v.indicator_id, v.unit or None)]


def _told(no_level: int, gave_way: int) -> tuple[str, ...]:
    told = []
    if no_level:
        told.append(f"宽表只含数值和占比；另有 {no_level} 个增减、差额、位次、目标或标准未列入，请用长表导出")
    if gave_way:
        told.append(f"同一数值有多处出处时取数值当年的报告，其次取较新的报告；另有 {gave_way} 处未列入")
    return tuple(told)


def choose(connection: duckdb.DuckDBPyConnection, selection: Selection, rules: Rules) -> tuple[str, ...]:
    """Make the temporary table `chosen` of the facts asked for; return what a reader must be told."""
    if not _has(connection, "facts"):
        raise Unanswerable("there are no facts in the output folder; run `nianbao run` first")
    conditions, values = ["true"], list[Any]()
    if not selection.all_mentions:
        conditions.append("is_preferred")
    if selection.region:
        conditions.append("list_contains(?, f.region_code)")
        values.append(region_codes(connection, selection.region))
    if selection.years:
        conditions.append("f.year BETWEEN ? AND ?")
        values += selection.years
    if selection.indicators:
        conditions.append("list_contains(?, f.indicator_id)")
        values.append([i for name in selection.indicators for i in indicator_ids(name, rules)])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE chosen AS {_FACTS} WHERE {' AND '.join(conditions)}", values
    )
    if connection.execute("SELECT count(*) FROM chosen").fetchall() == [(0,)]:
        raise Unanswerable("no fact fits the region, years and indicators asked for")
    return () if selection.all_mentions else ("每个数值只取首选的一处（附表、正文表格、正文依次优先）",)


_FACTS: Final = """
SELECT f.* EXCLUDE (dims), d.source,
       array_to_string(list_transform(map_entries(f.dims), lambda e: e.key || '=' || e.value), '; ') AS dims,
       CASE f.origin
         WHEN 'table' THEN concat('t', o.table_no, 'r', o.row, 'c', o.col, if(o.part > 0, '.' || o.part, ''))
         ELSE concat('b', c.block_no, ':', c.start) END AS source_place
FROM facts f
JOIN (SELECT doc_id, source FROM documents WHERE status = 'ok') d USING (doc_id)
LEFT JOIN observations o ON f.origin = 'table' AND o.doc_id = f.doc_id AND o.obs_no = f.origin_no
LEFT JOIN claims c ON f.origin = 'prose' AND c.doc_id = f.doc_id AND c.claim_no = f.origin_no
"""


def _has(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    return name in {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
