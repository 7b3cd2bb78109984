"""What regions state of each year → a file a year, between the pieces of a comparison; readers do not see it.

.stated/2023/51-2-01.parquet      of 2023, in the reports of one stretch of regions
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store.build import Built

STATED: Final = ".stated"


def stated_path(year: str, name: str) -> str:
    """Where the values of a year lie that one stretch states, below the folder of the version."""
    return f"{STATED}/{year}/{name}.parquet"


def write_stated(folder: Path, table: pa.Table, name: str, digest: str) -> Built:
    """Write the rows by their column `year`; the years of what was built are known by their files' bytes."""
    built = Built(digest)
    for year in sorted(table.column("year").unique().to_pylist()):
        rows = table.filter(pc.equal(table.column("year"), year))
        sink = pa.BufferOutputStream()
        pq.write_table(rows, sink, compression="zstd")
        data = sink.getvalue().to_pybytes()
        path = stated_path(str(year), name)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        built.files[path] = len(data)
        reports = sorted(rows.column("report_year").unique().to_pylist())
        built.years[str(year)] = (rows.num_rows, hashlib.sha256(data).hexdigest(), reports)
    return built
