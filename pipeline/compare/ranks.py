"""What regions state of some years → districts: ranks and medians, slice by slice of their indicators.

SQL makes the ranks of the columns that they stand on alone. The others are most of the bytes: they wait in
Arrow, and are put beside the ranks in the order of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.compare.archive import run
from pipeline.compare.slices import stated_slices
from pipeline.schema import ARCHIVE_DATASETS
from pipeline.store.stated import decoded

# Values that are held at a time, some 100 bytes each.
_RANKED: Final = 250_000
_NAMES: Final = ARCHIVE_DATASETS["districts"].schema().names
# What the query reads.
_RANKED_BY: Final = (
    "year", "indicator_id", "class_key", "scope", "level", "education", "unit", "calendar", "qualifier",
    "value",
)  # fmt: skip
# What orders rows of the same rank.
_LAST: Final = [("region_code", "ascending", "at_start"), ("fact_id", "ascending")]


def districts(connection: duckdb.DuckDBPyConnection, stated: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    """The rows of districts from files of what is stated (store/stated.py), by indicator."""
    for values in stated_slices(stated, _RANKED):
        values = values.take(pc.sort_indices(decoded(values.select(["region_code", "fact_id"])), _LAST))
        pa.default_memory_pool().release_unused()  # what it was put together from
        numbers = pa.array(range(len(values)), pa.int64())
        connection.register("stated", values.select(_RANKED_BY).append_column("row_no", numbers))
        ranks = run(connection, "districts").read_all()
        connection.unregister("stated")
        for some in ranks.to_batches():  # what the query held is free by now
            yield _beside(some, values)


def _beside(ranks: pa.RecordBatch, values: pa.Table) -> pa.RecordBatch:
    rows = values.take(ranks.column("row_no"))
    made = set(ranks.schema.names)
    columns = [ranks.column(n) if n in made else rows.column(n).combine_chunks() for n in _NAMES]
    return pa.RecordBatch.from_arrays(columns, names=_NAMES)
