"""The archive and the facts chosen → one DuckDB file with tables, views, and comments on every column."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from pipeline.schema import DATASETS
from pipeline.schema.chinese import words_of

# Each dataset with the rows that belong to the facts chosen.
_TABLES: Final = {
    "documents": "doc_id IN (SELECT doc_id FROM chosen)",
    "facts": "fact_id IN (SELECT fact_id FROM chosen)",
    "yoy": "fact_id IN (SELECT fact_id FROM chosen)",
    "districts": "fact_id IN (SELECT fact_id FROM chosen)",
    "findings": "doc_id IN (SELECT doc_id FROM chosen)",
    "observations": "doc_id IN (SELECT doc_id FROM chosen)",
    "claims": "doc_id IN (SELECT doc_id FROM chosen)",
}
_VIEWS: Final = {
    "preferred": (
        "每个数值的首选一处",
        "SELECT * FROM facts WHERE is_preferred",
    ),
    "totals": (
        "地区或学校本身的数值，不含分类与增减",
        """SELECT * FROM facts WHERE is_preferred AND cardinality(dims) = 0
           AND relation IN ('level', 'share') AND scope IN ('region', 'school')""",
    ),
    "sources": (
        "每个数值的原文与位置",
        """SELECT f.fact_id, f.indicator, f.year, f.value, f.unit, d.source,
             CASE f.origin WHEN 'table'
               THEN concat('t', o.table_no, 'r', o.row, 'c', o.col, if(o.part > 0, '.' || o.part, ''))
               ELSE concat('b', c.block_no, ':', c.start) END AS source_place,
             coalesce(o.raw, c.quote) AS print,
             coalesce(array_to_string(o.labels, ' > '), c.sentence) AS context,
             coalesce(o.rule, c.rule) AS rule, f.confidence
           FROM facts f JOIN documents d ON d.doc_id = f.doc_id AND d.status = 'ok'
           LEFT JOIN observations o ON f.origin = 'table' AND o.doc_id = f.doc_id AND o.obs_no = f.origin_no
           LEFT JOIN claims c ON f.origin = 'prose' AND c.doc_id = f.doc_id AND c.claim_no = f.origin_no""",
    ),
}  # fmt: skip


def write_duckdb(connection: duckdb.DuckDBPyConnection, path: Path, about: dict[str, str]) -> int:
    """Write the file from the connection's views and its table `chosen`; returns the number of facts."""
    path.unlink(missing_ok=True)
    connection.execute(f"ATTACH '{_quoted(str(path))}' AS made")
    try:
        for name, wanted in _TABLES.items():
            _table(connection, name, wanted)
        connection.execute("CREATE TABLE made.indicators AS SELECT * FROM indicators")
        connection.execute("CREATE TABLE made.about (item VARCHAR, said VARCHAR)")
        connection.executemany("INSERT INTO made.about VALUES (?, ?)", list(about.items()))
        connection.execute("USE made")
        for name, (says, query) in _VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
            connection.execute(f"COMMENT ON VIEW {name} IS '{_quoted(says)}'")
        [(rows,)] = connection.execute("SELECT count(*) FROM facts").fetchall()
    finally:
        connection.execute("USE memory")
        connection.execute("DETACH made")
    return int(rows)


def _table(connection: duckdb.DuckDBPyConnection, name: str, wanted: str) -> None:
    dataset = DATASETS[name]
    order = ", ".join(dataset.key)
    connection.execute(f"CREATE TABLE made.{name} AS SELECT * FROM {name} WHERE {wanted} ORDER BY {order}")
    connection.execute(f"COMMENT ON TABLE made.{name} IS '{_quoted(words_of(name).description)}'")
    for column in dataset.columns:
        says = _quoted(words_of(name, column.name).description)
        connection.execute(f"""COMMENT ON COLUMN made.{name}."{column.name}" IS '{says}'""")


def _quoted(text: str) -> str:
    return text.replace("'", "''")
