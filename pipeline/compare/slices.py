"""What is compared → slices of regions or indicators, each small enough for memory however much it is.

A comparison never reaches over the edge of its slice: facts and yoy stay within a region, checks within a
prefecture, districts within an indicator. So the work grows with the rows, and the memory with the slice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import duckdb

# Rows of one slice: what the checks and the facts hold of each at a time is some times its size.
SLICE: Final = 60_000


class Slice(NamedTuple):
    """Keys from `first` to `last`, both included."""

    first: str
    last: str


def pack(counts: Iterable[tuple[str, int]], size: int = SLICE) -> Iterator[Slice]:
    """Neighbouring keys put together up to `size` rows; a key with more is a slice of its own.

    `counts` are (key, rows) in order of key.
    """
    first = last = None
    rows = 0
    for key, n in counts:
        if first is not None and last is not None and rows + n > size:
            yield Slice(first, last)
            first, rows = None, 0
        first, last, rows = first if first is not None else key, key, rows + n
    if first is not None and last is not None:
        yield Slice(first, last)


def year_slices(connection: duckdb.DuckDBPyConnection) -> list[tuple[int | None, Slice]]:
    """(report year, regions) over observations and claims, in order."""
    rows = connection.execute(
        """SELECT report_year, coalesce(region_code, '') AS region, count(*) FROM
           (SELECT report_year, region_code FROM observations
            UNION ALL SELECT report_year, region_code FROM claims)
           GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    years = list(dict.fromkeys(year for year, _, _ in rows))
    return [(y, s) for y in years for s in pack((region, n) for year, region, n in rows if year == y)]


def prefecture_slices(connection: duckdb.DuckDBPyConnection, size: int = SLICE) -> list[Slice]:
    """Slices of whole prefectures over all that reports say, in order; no region is ''."""
    rows = connection.execute(
        """SELECT coalesce(region_code[:4], '') AS prefecture, count(*) FROM
           (SELECT region_code FROM observations UNION ALL SELECT region_code FROM claims)
           GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    return [Slice(first, last and last + "99") for first, last in pack(rows, size)]


def slices(connection: duckdb.DuckDBPyConnection, column: str, size: int, of: str = "facts") -> list[Slice]:
    """Slices of so many facts by one column (region_code, indicator_id), in order; null counts as ''."""
    rows = connection.execute(
        f"SELECT coalesce({column}, '') AS key, count(*) FROM {of} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return list(pack(rows, size))


@contextmanager
def stated_by_indicator(
    connection: duckdb.DuckDBPyConnection, found: list[Slice]
) -> Iterator[Callable[[int], None]]:
    """What shows the values of one of some slices of indicators as the view `stated_of_slice`.

    They lie by year and region: an indicator's are everywhere. So they are parted once, in a temporary
    folder, instead of read whole for every slice.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        if len(found) > 1:
            _part(connection, found, folder)

        def show(number: int) -> None:
            source = "stated" if len(found) < 2 else f"read_parquet('{folder}/slice={number}/*.parquet')"
            connection.execute(f"CREATE OR REPLACE TEMP VIEW stated_of_slice AS SELECT * FROM {source}")

        yield show


def _part(connection: duckdb.DuckDBPyConnection, found: list[Slice], folder: str) -> None:
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE slice_of AS
           SELECT indicator_id, len(list_filter(?::VARCHAR[], lambda last: last < indicator_id)) AS slice
           FROM (SELECT DISTINCT indicator_id FROM stated)""",
        [[s.last for s in found]],
    )
    # Few rows wait for each slice, or all slices together would fill the memory.
    connection.execute("SET partitioned_write_flush_threshold = 20000")
    connection.execute(
        f"""COPY (SELECT stated.*, slice FROM stated JOIN slice_of USING (indicator_id))
            TO '{folder}' (FORMAT parquet, PARTITION_BY (slice), OVERWRITE_OR_IGNORE)"""
    )
