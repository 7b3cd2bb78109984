"""Checks (rules/checks.yaml) over an archive → findings."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from pipeline.rules import Rules


def audit(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[pa.RecordBatch]:
    """Findings of every check."""
    yield from ()
