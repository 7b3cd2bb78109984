"""What is compared → slices of regions or indicators, each small enough for memory however much it is.

A comparison never reaches over the edge of its slice: facts and yoy stay within a region, checks within a
prefecture, districts within an indicator. So the work grows with the rows, and the memory with the slice.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.stated import decoded, encoded, joined, read_stated
from pipeline.store.stretches import PREFECTURE

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
        f"""SELECT coalesce(region_code[:{PREFECTURE}], '') AS prefecture, count(*) FROM
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


def stated_slices(paths: Sequence[Path], size: int) -> Iterator[pa.Table]:
    """What some files (store/stated.py) state, in slices of whole indicators, up to `size` values, in order.

    An indicator's values are in every file. So where all of them are more, they are parted once, in a
    temporary folder, instead of read whole for every slice.
    """
    held, counts = list[pa.Table](), Counter[str]()
    for path in paths:
        held.append(read_stated(path))
        counts.update(_by_indicator(held[-1]))
        if counts.total() > size:
            held.clear()
    if 0 < counts.total() <= size:
        yield _emptied(held)
    elif counts:
        with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
            yield from _parted(paths, list(pack(sorted(counts.items()), size)), Path(folder))


def _emptied(tables: list[pa.Table]) -> pa.Table:
    """The rows of the tables, which are given up: they would be in memory twice."""
    rows = joined(tables)
    tables.clear()
    return rows


def _by_indicator(table: pa.Table) -> dict[str, int]:
    counts = pc.value_counts(table.column("indicator_id").combine_chunks())
    return dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True))


def _parted(paths: Sequence[Path], found: list[Slice], folder: Path) -> Iterator[pa.Table]:
    parts = [folder / str(number) for number in range(len(found))]
    with ExitStack() as files:
        schema = decoded(read_stated(paths[0])).schema
        writers = [files.enter_context(pa.ipc.new_stream(part, schema)) for part in parts]
        for table in map(read_stated, paths):
            plain = decoded(table)  # a slice of a file would take all its dictionaries with it
            for (first, last), writer in zip(found, writers, strict=True):
                chosen = (pc.field("indicator_id") >= first) & (pc.field("indicator_id") <= last)
                writer.write_table(plain.filter(chosen))
    for part in parts:
        with pa.memory_map(str(part)) as source, pa.ipc.open_stream(source) as batches:
            held = [encoded(pa.Table.from_batches([batch])) for batch in batches]
        yield _emptied(held)
