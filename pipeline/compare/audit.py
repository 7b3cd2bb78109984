"""Checks (rules/checks.yaml) over reports → findings, slice by slice of their regions.

A check's `kind` is a query in sql/checks/; its other fields are variables that the query reads. The query
gives both numbers, their places and how much the case leaves in doubt; the words are made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.compare.archive import assign, query
from pipeline.compare.findings import GRAVITY, Wording
from pipeline.compare.slices import prefecture_slices
from pipeline.rules import Rules
from pipeline.rules.checks import Check, Identity, PartOverWhole
from pipeline.schema import ARCHIVE_DATASETS

# Rows of one slice: what checks join of it is some times its size.
_CHECKED: Final = 40_000
# Findings that are put into words at a time.
_AT_A_TIME: Final = 2_000
_ORDER: Final = [
    (name, "ascending", "at_start")
    for name in ("report_year", "region_code", "doc_id", "gravity", "check_id", "finding_id")
]
_TAKEN: Final = ("between", "value", "part", "whole")  # words of SQL: these variables get a longer name


def within(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[pa.RecordBatch]:
    """Findings of checks within prefectures, as they are found."""
    checks = [check for check in rules.checks.checks if not check.across]
    for first, last in prefecture_slices(connection, _CHECKED):
        assign(connection, first_region=first, last_region=last)
        connection.execute(query("of_regions") + query("slice"))
        yield from _found(connection, checks, rules)


def across(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[pa.RecordBatch]:
    """Findings of the checks that hold a value against those of all regions, as they are found."""
    for check in (check for check in rules.checks.checks if check.across):
        assign(connection, **variables(check, rules))
        connection.execute(query("of_far") + query("slice"))
        yield from _found(connection, [check], rules)


def in_order(rows: pa.Table) -> pa.Table:
    """Findings by year, region, report, severity, check; each once: two ways to a pair give one id."""
    gravity = pc.index_in(rows.column("severity"), value_set=pa.array(GRAVITY))
    order = pc.sort_indices(rows.append_column("gravity", gravity), _ORDER)
    names = rows.column("finding_id").take(order).to_pylist()
    once = {name: number for number, name in enumerate(names)}
    return rows.take(order.take(pa.array(once.values(), pa.int64())))


def _found(
    connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], rules: Rules
) -> Iterator[pa.RecordBatch]:
    """The findings of some checks in the slice at hand; as dictionaries they would take ten times the room.

    What they find is looked up together: to plan that query for each takes as long as the check itself.
    """
    connection.execute(query("found"))
    for number, check in enumerate(checks):
        assign(connection, **variables(check, rules))
        rows = query(f"checks/{check.kind}")
        connection.execute(f"INSERT INTO found BY NAME SELECT {number} AS check_no, * FROM (\n{rows}\n)")
    wording = [Wording(check, rules.checks, rules) for check in checks]
    schema = ARCHIVE_DATASETS["findings"].schema()
    cursor = connection.execute(query("cited"))
    names = [d[0] for d in cursor.description]
    while chunk := cursor.fetchmany(_AT_A_TIME):
        cited = (dict(zip(names, values, strict=True)) for values in chunk)
        findings = [wording[row["check_no"]].finding(row) for row in cited]
        yield from pa.Table.from_pylist(findings, schema=schema).to_batches()


def variables(check: Check, rules: Rules) -> dict[str, Any]:
    """The fields of a check as the query of its kind reads them; indicators by the id that facts carry."""
    canonical = rules.codebook.canonical
    if isinstance(check, Identity):
        ids = {f"{k}_ids": [canonical[i] for i in getattr(check, k)] for k in ("value", "part", "whole")}
        return ids | {"factor": check.factor, "slack": check.slack}
    if isinstance(check, PartOverWhole):
        return {"pairs": [[canonical[part], canonical[whole]] for part, whole in check.pairs]}
    return {f"{k}_reports" if k in _TAKEN else k: v for k, v in check.parameters().items()}
