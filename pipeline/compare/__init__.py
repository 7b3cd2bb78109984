"""The datasets of single reports → those over the archive: facts, yoy, districts, findings.

They are made in pieces that do not know each other, so that a change costs the pieces that it reaches: set
operations in SQL (the files in sql/), slice by slice, over Parquet that is never loaded as a whole.

    facts       of some reports            from what those reports say
    regions     yoy and findings of some   from all that is said of these regions, and its facts
    years       districts of some years    from the facts of all regions
    across      the findings left          from districts
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

import duckdb
import pyarrow as pa

from pipeline.compare import audit
from pipeline.compare.archive import Given, assign, piece, query, run
from pipeline.compare.slices import candidates_by_indicator, slices, year_slices
from pipeline.rules import Rules
from pipeline.schema import ARCHIVE_DATASETS

Kind = Literal["facts", "regions", "years", "across"]
Make = Callable[[duckdb.DuckDBPyConnection, Rules], Iterator[pa.RecordBatch]]

# Every fact is held twice, once as the later and once as the earlier value.
_PAIRED: Final = 100_000
_EVER: Final = (-32768, 32767)
# Threads of a piece beside which nothing else is made.
_ALONE: Final[dict[Kind, int]] = {"across": 2}


def derive(
    kind: Kind, folder: Path, given: Given, rules: Rules
) -> Iterator[tuple[str, pa.RecordBatchReader]]:
    """Yield (dataset, its rows) of all that a piece of this kind makes of files below `folder`."""
    with piece(folder, given, rules, _ALONE.get(kind, 1)) as connection:
        first, last = given.years or _EVER
        assign(connection, first_year=first, last_year=last)
        for name, make in MAKES[kind]:
            schema = ARCHIVE_DATASETS[name].schema()
            yield name, pa.RecordBatchReader.from_batches(schema, _cast(make(connection, rules), schema))


def stated_years(folder: Path, given: Given, rules: Rules) -> dict[str, tuple[int, str]]:
    """By year, the number and a digest of the facts given that may stand in districts."""
    with piece(folder, given, rules) as connection:
        assign(connection, first_year=_EVER[0], last_year=_EVER[1])
        connection.execute(query("candidates"))
        rows = connection.execute(
            """SELECT year, count(*), string_agg(hash(c)::VARCHAR, ' ' ORDER BY fact_id) FROM candidates c
            GROUP BY year ORDER BY year"""
        ).fetchall()
    return {str(year): (n, hashlib.sha256(text.encode()).hexdigest()) for year, n, text in rows}


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
    connection.execute(query("candidates"))
    found = slices(connection, "indicator_id", of="candidates")
    with candidates_by_indicator(connection, found) as show_slice:
        for number, (first, last) in enumerate(found):
            show_slice(number)
            assign(connection, first_indicator=first, last_indicator=last)
            yield from run(connection, "districts")


MAKES: Final[dict[Kind, tuple[tuple[str, Make], ...]]] = {
    "facts": (("facts", facts),),
    "regions": (("yoy", yoy), ("findings", audit.within)),
    "years": (("districts", districts),),
    "across": (("findings", audit.across),),
}


def _cast(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The batches in the dataset's own types; what does not fit is refused."""
    for batch in batches:
        if batch.schema.names != schema.names:
            raise TypeError(f"columns {batch.schema.names} are not those of the dataset: {schema.names}")
        yield from pa.Table.from_batches([batch]).cast(schema).to_batches()


__all__ = ["Given", "Kind", "derive", "stated_years"]
