"""A connection to the datasets of the sample reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.compare.archive import archive
from pipeline.rules import Rules


@pytest.fixture
def connection(out: Path, rules: Rules) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view for each dataset."""
    with archive(out, rules) as connection:
        yield connection
