"""The datasets of the sample reports, made once for all tests of what is published from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline import flow
from pipeline.compare.archive import archive
from pipeline.rules import Rules

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all datasets of raw/."""
    folder = tmp_path_factory.mktemp("published")
    flow.run(RAW, folder, workers=2)
    return folder


@pytest.fixture
def connection(out: Path, rules: Rules) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view for each dataset."""
    with archive(out, rules) as connection:
        yield connection
