"""The datasets of single reports → those over the archive: facts, yoy, districts, findings.

They are made in pieces that do not know each other, so that a change costs the pieces that it reaches: set
operations in SQL (the files in sql/), slice by slice, over Parquet that is never loaded as a whole.

    facts       of some reports            from what those reports say
    stated      what is ranked             from the facts of some regions
    yoy         of some regions            from their facts
    findings    of some regions            from all that is said of them, and its facts
    years       districts of some years,   from what all regions state of these years (or the reports
                and findings on them       of one league of a year), and from where they say it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.compare import audit
from pipeline.compare.archive import PIECE_MEMORY, RANK_MEMORY, Given, assign, piece, run, show, with_room
from pipeline.compare.ranks import districts
from pipeline.compare.slices import slices, year_slices
from pipeline.rules import Rules
from pipeline.schema import ARCHIVE_DATASETS
from pipeline.store.stated import STATED

Kind = Literal["facts", "yoy", "findings", "years"]
Make = Callable[[duckdb.DuckDBPyConnection, Rules], Iterator[pa.RecordBatch]]

# Every fact is held twice, once as the later and once as the earlier value.
_PAIRED: Final = 25_000
# DuckDB's share of memory in a piece of each kind.
SHARES: Final[dict[Kind, str]] = {
    "facts": PIECE_MEMORY, "yoy": PIECE_MEMORY, "findings": PIECE_MEMORY, "years": RANK_MEMORY,
}  # fmt: skip


def derive(
    kind: Kind, folder: Path, given: Given, rules: Rules, own: str, memory: str = PIECE_MEMORY
) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """Yield (dataset, its rows) of all that a piece of this kind makes of files below `folder`.

    The rows are to be written to `part-{own}.parquet` before the next are asked for, which may stand on them;
    those of datasets in `SORTED` in that order.
    """
    with piece(folder, given, rules, memory) as connection:
        last = None
        for name, make in _makes(kind, [folder / path for path in given.files.get(STATED, ())]):
            if last:
                written = sorted((folder / last).glob(f"report_year=*/part-{own}.parquet"))
                show(connection, folder, last, [path.relative_to(folder).as_posix() for path in written])
            schema = ARCHIVE_DATASETS[name].schema()
            yield name, _typed(make(connection, rules), schema)
            last = name


def stated(folder: Path, given: Given, rules: Rules, memory: str = PIECE_MEMORY) -> pa.Table:
    """The values of some regions that are ranked in districts, in order of year and indicator."""
    with piece(folder, given, rules, memory) as connection:
        return run(connection, "stated").read_all()


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


def _makes(kind: Kind, stated: Sequence[Path]) -> tuple[tuple[str, Make], ...]:
    """(dataset, what makes its rows) of all that a piece makes, in order."""
    if kind == "years":
        return ("districts", lambda connection, _: districts(connection, stated)), ("findings", audit.across)
    return ((kind, {"facts": facts, "yoy": yoy, "findings": audit.within}[kind]),)


def _by_entity(rows: pa.Table) -> pa.Table:
    keys = ("region_code", "entity", "indicator_id", "year", "fact_id", "prev_fact_id")
    return rows.take(pc.sort_indices(rows, [(key, "ascending", "at_start") for key in keys]))


# Datasets whose rows come slice by slice, of all slices or of some, and are written in one order.
SORTED: Final[dict[str, Callable[[pa.Table], pa.Table]]] = {"yoy": _by_entity, "findings": audit.in_order}


def _typed(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The batches in the dataset's own types, text perhaps in dictionaries; what does not fit is refused."""
    for batch in batches:
        if batch.schema.names != schema.names:
            raise TypeError(f"columns {batch.schema.names} are not those of the dataset: {schema.names}")
        fields = [
            a if pa.types.is_dictionary(a.type) else b for a, b in zip(batch.schema, schema, strict=True)
        ]
        yield from pa.Table.from_batches([batch]).cast(pa.schema(fields)).to_batches()


__all__ = ["PIECE_MEMORY", "SHARES", "SORTED", "Given", "Kind", "derive", "stated", "with_room"]
