"""What is known of each input file from the last run, so that a rerun need not open it.

A file is known by its stamp (size, times, inode; for objects the tag of the store). A stamp is trusted only
where the file had been at rest for a while when it was read: one written in the same moment, or in the
future because a clock has gone backwards, is hashed again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from pipeline.store.sealed import Damaged, read_sealed, write_sealed

_AT_REST_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use (FAT)
_TYPES: Final = {"int": pa.int64(), "float": pa.float64(), "str": pa.string(), "bool": pa.bool_()}


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file: the name of its result and what the merge needs to know of it.

    `stamp` is empty where the file must be opened again next time; `changed_ns` is the file's own last
    change and `read_ns` when it was read; `fresh` says that it was worked on in this run.
    """

    source: str
    result: str
    status: str
    error: str | None
    fresh: bool
    sha256: str = ""
    size: int = 0
    report_year: int | None = None
    region_code: str | None = None
    seconds: float = 0.0
    stamp: str = ""
    changed_ns: int = 0
    read_ns: int = 0

    @property
    def at_rest(self) -> bool:
        """The file had not changed for a while when it was read, so its stamp stands for its bytes."""
        return bool(self.stamp) and self.changed_ns + _AT_REST_NS <= self.read_ns


_SCHEMA: Final = pa.schema([(f.name, _TYPES[str(f.type).split(" | ")[0]]) for f in fields(Done)])


def read_index(path: Path) -> dict[str, Done]:
    """What was known after the last run by source; empty where there is none or it is damaged."""
    try:
        body = read_sealed(path)
    except (OSError, Damaged):
        return {}
    table = pa.ipc.open_stream(pa.py_buffer(body)).read_all()
    if table.schema != _SCHEMA:
        return {}
    columns: list[list[Any]] = [column.to_pylist() for column in table.columns]
    return {done.source: done for done in map(Done, *columns)}


def write_index(path: Path, done: list[Done]) -> None:
    """Write what is known of each file, whole or not at all."""
    columns = {name: [getattr(d, name) for d in done] for name in _SCHEMA.names}
    table = pa.table(columns | {"fresh": [False] * len(done)}, schema=_SCHEMA)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    write_sealed(path, memoryview(sink.getvalue()))
