"""The datasets of single reports → those over the archive: facts, yoy, districts, findings.

Set operations in SQL (the files in sql/), slice by slice, over Parquet that is never loaded as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from pipeline.compare.archive import archive, assign, run, show
from pipeline.compare.audit import audit
from pipeline.compare.slices import facts_by_indicator, slices, year_slices
from pipeline.rules import Rules
from pipeline.schema import ARCHIVE_DATASETS

# Every fact is held twice, once as the later and once as the earlier value.
_PAIRED: Final = 400_000


def derive(folder: Path, rules: Rules, threads: int = 2) -> Iterator[tuple[str, pa.RecordBatchReader]]:
    """Yield (dataset, its rows) for facts, yoy, districts, findings, read from the datasets in `folder`.

    Each must be written into `folder` before the next is asked for: the later read the earlier.
    """
    with archive(folder, rules, threads) as connection:
        for name, make in (("facts", facts), ("yoy", yoy), ("districts", districts), ("findings", audit)):
            schema = ARCHIVE_DATASETS[name].schema()
            yield name, pa.RecordBatchReader.from_batches(schema, _cast(make(connection, rules), schema))
            show(connection, folder, name)


def facts(connection: duckdb.DuckDBPyConnection, _: Rules) -> Iterator[pa.RecordBatch]:
    """Normalized values of known indicators, by report year and region."""
    for year, (first, last) in year_slices(connection):
        assign(connection, report_year=year, first_region=first, last_region=last)
        yield from run(connection, "facts")


def yoy(connection: duckdb.DuckDBPyConnection, _: Rules) -> Iterator[pa.RecordBatch]:
    """Pairs of consecutive years, by region."""
    for first, last in slices(connection, "region_code", _PAIRED):
        assign(connection, first_region=first, last_region=last)
        yield from run(connection, "yoy")


def districts(connection: duckdb.DuckDBPyConnection, _: Rules) -> Iterator[pa.RecordBatch]:
    """Ranks and medians, by indicator."""
    found = slices(connection, "indicator_id")
    with facts_by_indicator(connection, found) as show_slice:
        for number, (first, last) in enumerate(found):
            show_slice(number)
            assign(connection, first_indicator=first, last_indicator=last)
            yield from run(connection, "districts")


def _cast(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The batches in the dataset's own types; what does not fit is refused."""
    for batch in batches:
        if batch.schema.names != schema.names:
            raise TypeError(f"columns {batch.schema.names} are not those of the dataset: {schema.names}")
        yield from pa.Table.from_batches([batch]).cast(schema).to_batches()


__all__ = ["derive"]
