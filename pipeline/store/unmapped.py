"""The unknown labels of reports, added up: of a part in a file between the pieces, of all parts in a dataset.

.unmapped/2023-51.zst
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa

from pipeline.schema import DATASETS
from pipeline.store.packed import read_packed, write_packed

UNMAPPED: Final = ".unmapped"
_KEY: Final = ["where", "label"]
_ADDED: Final = [("count", "sum"), ("reports", "sum"), ("example", "first")]
# Rows that wait to be added up. They are views of all that was read with them, so they do not wait long.
_WAITING: Final = 2_000


def unmapped_path(part: str) -> str:
    """Where the labels of a part lie, below the folder of the version."""
    return f"{UNMAPPED}/{part}.zst"


def write_unmapped(path: Path, rows: pa.Table) -> None:
    """Write the labels of a part."""
    write_packed(path, rows)


def read_unmapped(path: Path) -> pa.Table:
    """The labels of a part. OSError where the file is gone."""
    return read_packed(path)


class UnmappedCounts:
    """Adds up rows of unmapped. Memory grows with the labels, not with the reports."""

    def __init__(self) -> None:
        self.schema = DATASETS["unmapped"].schema()
        self.waiting: list[pa.Table] = []
        self.held, self.limit = 0, _WAITING

    def add(self, rows: pa.Table) -> None:
        """Add the rows of one report, or of many that have been added up; a label's first example stays."""
        self.waiting.append(rows)
        self.held += len(rows)
        if self.held > self.limit:
            self.waiting = [self.rows()]
            self.held = len(self.waiting[0])
            self.limit = max(_WAITING, 2 * self.held)

    def rows(self) -> pa.Table:
        """One row a label, in the order in which they were met; `nearest` is left empty."""
        found = pa.concat_tables([self.schema.empty_table(), *self.waiting])
        added = found.group_by(_KEY, use_threads=False).aggregate(_ADDED)
        columns = {name: added.column(f"{name}_{how}") for name, how in _ADDED}
        columns |= {name: added.column(name) for name in _KEY}
        columns["nearest"] = pa.array([[]] * len(added), self.schema.field("nearest").type)
        return pa.table({name: columns[name] for name in self.schema.names}).cast(self.schema)
