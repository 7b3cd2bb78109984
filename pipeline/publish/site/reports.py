"""Datasets → the reports as they read, some at a time: blocks, tables, every number and its fate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

import duckdb

Row = dict[str, Any]
# Reports that are held in memory together: one query a dataset reads them all.
_AT_ONCE: Final = 40


@dataclass(slots=True)
class Report:
    """One report: its row in documents, and its rows in the other datasets, in reading order.

    `cells` are by table_no; `findings` by (origin, origin_no) of a value they cite.
    """

    document: Row
    blocks: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    cells: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    values: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    findings: dict[tuple[str, int], list[Row]] = field(default_factory=lambda: defaultdict(list))


def listed(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every input file, the newest first."""
    return fetch(connection, sql("reports"))


def reports(connection: duckdb.DuckDBPyConnection, documents: Sequence[Row]) -> Iterator[Report]:
    """The reports of these rows of `documents`, in their order; memory holds a few at a time."""
    for start in range(0, len(documents), _AT_ONCE):
        yield from _read(connection, documents[start : start + _AT_ONCE])


def _read(connection: duckdb.DuckDBPyConnection, documents: Sequence[Row]) -> Iterator[Report]:
    found = {d["doc_id"]: Report(d) for d in documents}
    # The years leave the files of other years unopened.
    docs = {"docs": list(found), "years": sorted({d["report_year"] or 0 for d in documents})}
    only = "WHERE list_contains($years, coalesce(report_year, 0)) AND list_contains($docs, doc_id)"
    for row in fetch(connection, f"SELECT * FROM blocks {only} ORDER BY doc_id, block_no", docs):
        found[row["doc_id"]].blocks.append(row)
    for row in fetch(connection, f"SELECT * FROM tables {only} ORDER BY doc_id, table_no", docs):
        found[row["doc_id"]].tables.append(row)
    for row in fetch(connection, f"SELECT * FROM cells {only} ORDER BY doc_id, table_no, row, col", docs):
        found[row["doc_id"]].cells[row["table_no"]].append(row)
    for row in fetch(connection, sql("values"), docs):
        found[row["doc_id"]].values.append(row)
    for row in fetch(connection, f"SELECT * FROM notes {only} ORDER BY doc_id, note_no", docs):
        found[row["doc_id"]].notes.append(row)
    for row in fetch(connection, _FINDINGS, {"docs": docs["docs"]}):
        found[row["doc_id"]].findings[row["origin"], row["origin_no"]].append(row)
    yield from found.values()


_FINDINGS: Final = """
SELECT s.doc_id AS doc_id, s.origin AS origin, s.origin_no AS origin_no, finding_id, severity, message
FROM (SELECT finding_id, severity, message, unnest(sources[:2]) AS s FROM findings)
WHERE list_contains($docs, s.doc_id)
ORDER BY 1, 2, 3, finding_id
"""


def sql(name: str) -> str:
    """The text of one of the queries beside this module."""
    return files("pipeline.publish.site").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def fetch(
    connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, Any] | None = None
) -> list[Row]:
    """The rows of a query, by column name."""
    cursor = connection.execute(query, given or {})
    names = [d[0] for d in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
