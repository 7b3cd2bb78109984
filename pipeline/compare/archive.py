"""A folder of datasets → a DuckDB connection on which each dataset is a view, and the rules are tables.

Nothing is loaded: the views read the Parquet files out of core, and what does not fit in `MEMORY` spills.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipeline.normalize.units import standardize
from pipeline.rules import Rules
from pipeline.schema import DATASETS
from pipeline.store import current_version

MEMORY: Final = "1200MB"
_INDICATORS: Final = pa.schema(
    [
        ("indicator_id", pa.string()),
        ("canonical_id", pa.string()),
        ("canonical_name", pa.string()),
        ("series_id", pa.string()),
        ("chain_id", pa.string()),
        ("direction", pa.string()),
        ("unit", pa.string()),
        ("standard_unit", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("why", pa.string()),
    ]
)


@contextmanager
def archive(folder: Path, rules: Rules, threads: int = 2) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view for every dataset in `folder`, the indicators, and words as variables."""
    folder = current_version(folder) or folder  # a run that switches versions meanwhile is not noticed
    with tempfile.TemporaryDirectory(prefix="nianbao-") as spill:
        connection = duckdb.connect(
            config={"memory_limit": MEMORY, "temp_directory": spill, "threads": threads}
        )
        with connection:
            for name in DATASETS:
                show(connection, folder, name)
            connection.register("indicator_rows", _indicators(rules))
            connection.execute(query("macros"))
            connection.execute("CREATE TABLE indicators AS SELECT * FROM indicator_rows")
            assign(connection, **_words(rules))
            yield connection


def show(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    """Make the dataset a view, where it is there. The folder's 0 of reports without a year reads as null."""
    dataset = DATASETS[name]
    if not any((folder / name).rglob("*.parquet")):
        return
    glob = str(folder / name / "**/*.parquet").replace("'", "''")
    year = "* REPLACE (nullif(report_year, 0)::SMALLINT AS report_year)" if dataset.partitioned else "*"
    hive = "hive_partitioning = true, hive_types = {'report_year': SMALLINT}" if dataset.partitioned else ""
    source = f"read_parquet('{glob}'{', ' + hive if hive else ''})"
    connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {year} FROM {source}")


def run(connection: duckdb.DuckDBPyConnection, name: str) -> pa.RecordBatchReader:
    """The rows of one of the queries in sql/, as they come."""
    return connection.sql(query(name)).to_arrow_reader()


def query(name: str) -> str:
    """The text of one of the queries in sql/."""
    return files("pipeline.compare").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def assign(connection: duckdb.DuckDBPyConnection, **variables: Any) -> None:
    """Set variables that the queries read with getvariable()."""
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])


def _indicators(rules: Rules) -> pa.Table:
    book = rules.codebook
    rows = []
    for i in book.indicators:
        canonical = book.by_id[book.canonical[i.id]]
        standard_unit = standardize(None, canonical.unit or None, rules)[1]
        low, high = book.range_of(canonical, standard_unit)
        rows.append(
            {
                "indicator_id": i.id,
                "canonical_id": canonical.id,
                "canonical_name": canonical.name,
                "series_id": book.series[i.id],
                "chain_id": book.chain[i.id],
                "direction": canonical.direction,
                "unit": canonical.unit or None,
                "standard_unit": standard_unit,
                "low": low,
                "high": high,
                "why": canonical.why or None,
            }
        )
    return pa.Table.from_pylist(rows, schema=_INDICATORS)


def _words(rules: Rules) -> dict[str, str]:
    """What the queries know of words: names of totals and of groups, endings of schools."""
    return {
        "total_label": "|".join(f"(?:{p})" for p in rules.roles.total),
        "subtotal_label": rules.roles.subtotal,
        "average_label": rules.roles.average,
        "all_schools": rules.entities.all_schools,
        "group_name": rules.entities.group,
        "school_name": rules.entities.school,
    }
