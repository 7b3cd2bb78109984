"""What regions state → a file a league, between the pieces of a comparison; readers do not see it.

.stated/2023/district-c1a8/51-2-01.zst      of 2023, in the districts' reports of one stretch of regions

A file is an Arrow stream with dictionaries, compressed as a whole: a league's hundreds of small files are
read eight times as fast as Parquet, which has two dozen columns to open in each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.build import Built
from pipeline.store.leagues import leagues
from pipeline.store.packed import read_packed, write_packed

STATED: Final = ".stated"
_KEY: Final = "fact_id"  # every row's own: no dictionary makes it shorter


def stated_path(of: str, name: str) -> str:
    """Where the values of a league lie that one stretch states, below the folder of the version."""
    return f"{STATED}/{of}/{name}.zst"


def write_stated(folder: Path, table: pa.Table, name: str, digest: str) -> Built:
    """Write the rows by league; the leagues of what was built are known by their files' bytes."""
    built = Built(digest)
    placed = pa.array(leagues(table, "year"), pa.string())
    for of in sorted(placed.unique().to_pylist()):
        rows = table.filter(pc.equal(placed, of))
        path = stated_path(of, name)
        data = write_packed(folder / path, encoded(rows))
        built.files[path] = len(data)
        reports = sorted(rows.column("report_year").unique().to_pylist())
        built.leagues[of] = (rows.num_rows, hashlib.sha256(data).hexdigest(), reports)
    return built


def read_stated(path: Path) -> pa.Table:
    """The rows of one file, text in dictionaries."""
    return read_packed(path)


def encoded(table: pa.Table) -> pa.Table:
    """The rows in one chunk, text in dictionaries."""
    table = table.combine_chunks()
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and field.name != _KEY:
            table = table.set_column(at, field.name, table.column(at).dictionary_encode())
    return table


def decoded(table: pa.Table) -> pa.Table:
    """The rows with plain text."""
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(field.type.value_type))
    return table


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """The rows of several files in one chunk."""
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()
