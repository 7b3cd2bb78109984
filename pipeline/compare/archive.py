"""A folder of datasets → a DuckDB connection on which each dataset is a view, and the rules are tables.

Nothing is loaded: the views read the Parquet files out of core, and what does not fit in memory spills.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import pyarrow as pa

from pipeline.normalize.units import standardize
from pipeline.rules import Rules
from pipeline.schema import DATASETS
from pipeline.store import current_version

T = TypeVar("T")
MEMORY: Final = "1200MB"
# Of the processes that make pieces of the comparison, of which there are many.
PIECE_MEMORY: Final = "80MB"
# Of those that rank a year, whose values wait outside DuckDB meanwhile.
RANK_MEMORY: Final = "50MB"
# Rows that leave a query at a time: a result as a whole would lie in memory twice.
_BATCH: Final = 16_384
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


@dataclass(frozen=True, slots=True)
class Given:
    """What one piece of a comparison is made of: files by dataset, below the folder of the version.

    Where there are `regions`, of their rows only ('' is no region).
    """

    files: Mapping[str, Sequence[str]]
    regions: tuple[str, ...] | None = None


@contextmanager
def archive(folder: Path, rules: Rules, threads: int = 2) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view for every dataset in `folder`, the indicators, and words as variables."""
    folder = current_version(folder) or folder  # a run that switches versions meanwhile is not noticed
    with _connected(rules, threads, MEMORY) as connection:
        for name in DATASETS:
            if any((folder / name).rglob("*.parquet")):
                _show(connection, name, _quoted(folder / name / "**/*.parquet"))
        yield connection


@contextmanager
def piece(
    folder: Path, given: Given, rules: Rules, memory: str = PIECE_MEMORY, threads: int = 1
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same with views of the files and regions given alone."""
    with _connected(rules, threads, memory) as connection:
        connection.execute("SET preserve_insertion_order = false")  # every query says its own, and less waits
        for name in DATASETS:
            show(connection, folder, name, given.files.get(name, ()), given.regions)
        yield connection


def with_room(make: Callable[[str], T], memory: str) -> T:
    """What `make` gives with a piece's share of memory; with all there is where that is too little."""
    try:
        return make(memory)
    except (duckdb.Error, pa.ArrowException, OSError) as fault:  # over an Arrow stream only its words arrive
        if "Out of Memory Error" not in str(fault):
            raise
    return make(MEMORY)


@contextmanager
def _connected(rules: Rules, threads: int, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as spill:
        connection = duckdb.connect(
            config={"memory_limit": memory, "temp_directory": spill, "threads": threads}
        )
        with connection:
            connection.execute("SET enable_progress_bar = false")  # it would draw over the run's own
            connection.register("indicator_rows", _indicators(rules))
            connection.execute(query("macros"))
            connection.execute("CREATE TABLE indicators AS SELECT * FROM indicator_rows")
            assign(connection, **_words(rules))
            yield connection


def show(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    paths: Sequence[str],
    regions: tuple[str, ...] | None = None,
) -> None:
    """Make some files of a dataset a view, which is empty where there are none."""
    dataset = DATASETS[name]
    if not paths:
        connection.register(f"no_{name}", dataset.schema().empty_table())
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM no_{name}")
        return
    with_region = regions is not None and any(c.name == "region_code" for c in dataset.columns)
    _show(
        connection,
        name,
        _listed(folder, paths),
        _of_regions(regions or ()) if with_region else "true",
    )


def _show(connection: duckdb.DuckDBPyConnection, name: str, source: str, where: str = "true") -> None:
    # The folder's 0 of reports without a year reads as null.
    partitioned = DATASETS[name].partitioned
    year = "* REPLACE (nullif(report_year, 0)::SMALLINT AS report_year)" if partitioned else "*"
    hive = ", hive_partitioning = true, hive_types = {'report_year': SMALLINT}" if partitioned else ""
    connection.execute(
        f"CREATE OR REPLACE VIEW {name} AS SELECT {year} FROM read_parquet({source}{hive}) WHERE {where}"
    )


def _of_regions(regions: tuple[str, ...]) -> str:
    named = ", ".join(_quoted(r) for r in regions if r)
    conditions = [f"region_code IN ({named})"] if named else []
    return " OR ".join([*conditions, "region_code IS NULL"] if "" in regions else conditions)


def _listed(folder: Path, paths: Sequence[str]) -> str:
    return f"[{', '.join(_quoted(folder / path) for path in paths)}]"


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def run(connection: duckdb.DuckDBPyConnection, name: str) -> pa.RecordBatchReader:
    """The rows of one of the queries in sql/, as they come."""
    return connection.sql(query(name)).to_arrow_reader(_BATCH)


@cache
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
