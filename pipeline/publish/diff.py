"""Two folders of datasets → what is new, gone and changed between them, value by value.

A value is known by where it stands in its report, not by its running number: by document, table, row, column
and part, or by document, block and character. So the effect of a change of rules can be judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from pipeline.compare.archive import MEMORY
from pipeline.schema import DATASETS

_CELL: Final = "concat('t', table_no, 'r', \"row\", 'c', col, if(part > 0, '.' || part, ''))"
_TEXT: Final = "concat('b', block_no, ':', start)"
# Dataset → the place of a row in its report, and the columns that say nothing of the value.
_COMPARED: Final = {
    "observations": (_CELL, ("obs_no",)),
    "claims": (_TEXT, ("claim_no",)),
    "facts": ("place_in_report", ("fact_id", "origin_no")),
}
_KEY: Final = ("doc_id", "place_in_report")


class Incomparable(ValueError):
    """A folder has nothing to compare; str() says which."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`rows`: one a value that differs, with both sides. `same`: how many do not, by dataset."""

    rows: pa.Table
    same: dict[str, int]

    def summary(self) -> pa.Table:
        """How many values by dataset, change, columns, indicator and rule, the most frequent first."""
        with duckdb.connect() as connection:
            connection.register("differences", self.rows)
            return connection.sql(
                """SELECT dataset, change, columns, indicator, rule, count(*) AS n,
                          min(source || ' ' || place) AS example
                   FROM differences GROUP BY ALL
                   ORDER BY n DESC, dataset, change, columns, indicator, rule"""
            ).to_arrow_table()


def diff(old: Path, new: Path) -> Difference:
    """Compare observations, claims and facts of two folders. Incomparable where one has none of them."""
    with _both(old, new) as connection:
        tables, same = [], {}
        for name in _COMPARED:
            if _has(connection, f"old_{name}") and _has(connection, f"new_{name}"):
                tables.append(connection.sql(_query(connection, name)).to_arrow_table())
                same[name] = _unchanged(connection, name, tables[-1])
    return Difference(pa.concat_tables(tables), same)


@contextmanager
def _both(old: Path, new: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the views old_<dataset> and new_<dataset>, each with the place of its rows."""
    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        for side, folder in (("old", old), ("new", new)):
            if not any((folder / "observations").rglob("*.parquet")):
                raise Incomparable(f"{folder} holds no datasets; give the output folders of two runs")
            for name in ("documents", *_COMPARED):
                _view(connection, side, folder, name)
        yield connection


def _view(connection: duckdb.DuckDBPyConnection, side: str, folder: Path, name: str) -> None:
    if not any((folder / name).rglob("*.parquet")):
        return
    glob = str(folder / name / "**/*.parquet").replace("'", "''")
    rows = f"read_parquet('{glob}', hive_partitioning = {DATASETS[name].partitioned}, union_by_name = true)"
    if name == "documents":
        query = f"SELECT DISTINCT ON (doc_id) doc_id, source FROM {rows} ORDER BY doc_id, status = 'ok' DESC"
    elif name == "facts":
        query = f"""SELECT f.*, coalesce(o.place_in_report, c.place_in_report) AS place_in_report,
            coalesce(o.rule, c.rule) AS rule FROM {rows} f
            LEFT JOIN {side}_observations o
              ON f.origin = 'table' AND o.doc_id = f.doc_id AND o.obs_no = f.origin_no
            LEFT JOIN {side}_claims c
              ON f.origin = 'prose' AND c.doc_id = f.doc_id AND c.claim_no = f.origin_no"""
    else:
        query = f"SELECT *, {_COMPARED[name][0]} AS place_in_report FROM {rows}"
    connection.execute(f"CREATE VIEW {side}_{name} AS {query}")


def _query(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The rows that differ, with the names of the columns that do, of those that both sides have."""
    both = [c for c in _names(connection, f"new_{name}") if c in _names(connection, f"old_{name}")]
    columns = [c for c in both if c not in (*_KEY, *_COMPARED[name][1])]
    changed = ", ".join(
        f"""if(o."{c}"::VARCHAR IS DISTINCT FROM n."{c}"::VARCHAR, '{c}', NULL)""" for c in columns
    )
    return f"""
      WITH pairs AS (
        SELECT o AS o, n AS n, coalesce(o.doc_id, n.doc_id) AS doc_id,
               coalesce(o.place_in_report, n.place_in_report) AS place,
               list_filter([{changed}], lambda c: c IS NOT NULL) AS columns
        FROM old_{name} o FULL JOIN new_{name} n USING (doc_id, place_in_report)
      )
      SELECT '{name}' AS dataset,
             CASE WHEN o.doc_id IS NULL THEN 'new' WHEN n.doc_id IS NULL THEN 'gone'
                  ELSE 'changed' END AS change,
             coalesce(n.indicator, o.indicator) AS indicator, coalesce(n.rule, o.rule) AS rule,
             if(o.doc_id IS NULL OR n.doc_id IS NULL, NULL, array_to_string(columns, ', ')) AS columns,
             coalesce(nd.source, od.source) AS source, doc_id, place,
             {_shown("o")} AS old, {_shown("n")} AS new
      FROM pairs LEFT JOIN old_documents od USING (doc_id) LEFT JOIN new_documents nd USING (doc_id)
      WHERE len(columns) > 0 ORDER BY source, doc_id, place"""


def _shown(side: str) -> str:
    """One side of a row in short: indicator, value, unit, classes, period, whose."""
    parts = ("indicator", "value", "unit", "dims", "period", "entity", "qualifier")
    said = ", ".join(f"{side}.{p}::VARCHAR" for p in parts)
    return f"if({side}.doc_id IS NULL, NULL, concat_ws(' | ', {said}))"


def _names(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()]


def _has(connection: duckdb.DuckDBPyConnection, view: str) -> bool:
    return (view,) in connection.execute("SHOW TABLES").fetchall()


def _unchanged(connection: duckdb.DuckDBPyConnection, name: str, differing: pa.Table) -> int:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM new_{name}").fetchall()
    moved: int = sum(c != "gone" for c in differing["change"].to_pylist())
    return int(rows) - moved
