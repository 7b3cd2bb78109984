"""The row that says what one run did, and what each column means. One small Parquet file a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypedDict

import pyarrow as pa

from pipeline.schema.columns import BOOL, FLOAT64, INT32, STRING, Dataset, Null, Unit

_COUNTS: Final = pa.map_(pa.string(), pa.int64())
_SLOWEST: Final = pa.list_(pa.struct([("source", pa.string()), ("seconds", pa.float64())]))
_UTC: Final = pa.timestamp("ms", "UTC")


class Slow(TypedDict):
    """One of the files that took longest."""

    source: str
    seconds: float


@dataclass(slots=True)
class RunRow:
    """What one run did."""

    started: Annotated[datetime, _UTC, "When the run began, by the clock of the machine"]
    seconds: Annotated[float, FLOAT64, "How long it took", Unit("s")]
    raw: Annotated[str, STRING, "Folder or URI of the reports"]
    workers: Annotated[int, INT32, "Processes; 0 is the caller's own"]
    scheduler: Annotated[str | None, STRING, "Address of the Dask scheduler", Null("no cluster was used")]
    program_version: Annotated[str, STRING, "Release of the program"]
    extraction_version: Annotated[str, STRING, "Hash of the code that reads reports"]
    rules_version: Annotated[str, STRING, "Hash of all rules"]
    unchanged: Annotated[bool, BOOL, "Nothing had changed, and the datasets stayed as they were"]
    worked_on: Annotated[int, INT32, "Files that were read in this run"]
    known: Annotated[int, INT32, "Files whose results were there already"]
    left_out: Annotated[int, INT32, "Files of years that were not asked for"]
    files: Annotated[dict[str, int], _COUNTS, "Files in the datasets by status"]
    quarantined: Annotated[dict[str, int], _COUNTS, "Quarantined files by code"]
    rows: Annotated[dict[str, int], _COUNTS, "Rows by dataset"]
    slowest: Annotated[list[Slow], _SLOWEST, "The files that took longest in this run, slowest first"]


RUNS: Final = Dataset("runs", RunRow, "one run", ("started",))
