"""Rows ⇄ disk: the results of single reports, and the datasets made of them.

The only module that writes data. A report's result is one file named after the hash of all that it
depends on, written whole or not at all; so an interrupted run loses nothing that was done, and a missing
name is the list of what is left to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.extract import ReportRows
from pipeline.schema import DATASETS, REPORT_DATASETS
from pipeline.schema.columns import Dataset
from pipeline.version import PROGRAM, extraction_version

_ROW_GROUP: Final = 64_000
# The folder of reports that name no year: pandas cannot read a null partition beside others.
_NO_YEAR: Final = "0"


# A folder of datasets → the datasets over the archive; each is written before the next is asked for.
Derive = Callable[[Path], Iterator[tuple[str, pa.RecordBatchReader]]]


class StoreError(Exception):
    """The output cannot be written; str() says why and what to do."""


def result_name(data: bytes, source: str, rules_version: str) -> str:
    """The name of a report's result: a hash of its bytes, its name, the rules and the program."""
    digest = hashlib.sha256(data)
    for part in (source, rules_version, extraction_version()):
        digest.update(b"\0" + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def write_result(folder: Path, name: str, report: ReportRows) -> None:
    """Write all rows of one report as Arrow streams in one file, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{name}.{os.getpid()}.tmp"
    with temporary.open("wb") as sink:
        for dataset in REPORT_DATASETS.values():
            table = _table(dataset, report)
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
        sink.flush()
        os.fsync(sink.fileno())
    temporary.replace(folder / name)


def read_result(folder: Path, name: str) -> dict[str, pa.Table]:
    """The tables of one report by dataset."""
    with pa.memory_map(str(folder / name)) as source:
        return {dataset: pa.ipc.open_stream(source).read_all() for dataset in REPORT_DATASETS}


def _table(dataset: Dataset, report: ReportRows) -> pa.Table:
    if dataset.name == "documents":
        return dataset.table([report.document], {})
    d = report.document
    shared = {"doc_id": d.doc_id, "report_year": d.report_year, "region_code": d.region_code}
    return dataset.table(report.rows.get(dataset.name, []), shared)


def write_datasets(
    out: Path, results: Iterable[dict[str, pa.Table]], rules_version: str, derive: Derive
) -> dict[str, int]:
    """Write the datasets of all reports to `out`, replacing what is there; return the rows of each.

    `derive` makes the datasets over the whole archive from the folder of those of single reports. Everything is built beside the old datasets first; they are replaced only when all is written.
    """
    building = out / ".building"
    shutil.rmtree(building, ignore_errors=True)
    counts = dict.fromkeys(DATASETS, 0)
    made_by = {"program_version": PROGRAM, "rules_version": rules_version}
    writers = _Writers(building, made_by, REPORT_DATASETS.values())
    try:
        for result in results:
            for name, table in result.items():
                counts[name] += table.num_rows
                writers.add(DATASETS[name], table)
        writers.close()
        for name, batches in derive(building):
            counts[name] = _write_derived(building, DATASETS[name], batches, made_by)
        for name in DATASETS:
            shutil.rmtree(out / name, ignore_errors=True)
            (building / name).rename(out / name)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return counts


def _write_derived(
    folder: Path, dataset: Dataset, batches: pa.RecordBatchReader, made_by: dict[str, str]
) -> int:
    writers, rows = _Writers(folder, made_by, [dataset]), 0
    for batch in batches:
        table = pa.Table.from_batches([batch])
        rows += table.num_rows
        for part in _by_year(table):
            writers.add(dataset, part)
    writers.close()
    return rows


def _by_year(table: pa.Table) -> Iterator[pa.Table]:
    """The rows of each report year, in order of the years."""
    years = table.column("report_year")
    for year in sorted(years.unique().to_pylist(), key=lambda y: (y is not None, y)):
        yield table.filter(pc.is_null(years) if year is None else pc.fill_null(pc.equal(years, year), False))


class _Writers:
    """One Parquet file a dataset and year, filled in row groups of a sensible size."""

    def __init__(self, folder: Path, made_by: dict[str, str], datasets: Iterable[Dataset]) -> None:
        self.folder = folder
        self.made_by = made_by
        self.datasets = tuple(datasets)
        self.open: dict[tuple[str, str], pq.ParquetWriter] = {}
        self.waiting: dict[tuple[str, str], list[pa.Table]] = {}
        for dataset in self.datasets:
            if not dataset.partitioned:
                self._writer(dataset, "")

    def add(self, dataset: Dataset, table: pa.Table) -> None:
        """Queue the rows of one report; write a row group when enough have come together."""
        if table.num_rows == 0:
            return
        year = ""
        if dataset.partitioned:
            value = table.column("report_year")[0].as_py()
            year = _NO_YEAR if value is None else str(value)
            table = table.drop_columns(["report_year"])
        key = (dataset.name, year)
        self._writer(dataset, year)
        queue = self.waiting.setdefault(key, [])
        queue.append(table)
        if sum(t.num_rows for t in queue) >= _ROW_GROUP:
            self._flush(key)

    def close(self) -> None:
        """Write what is left and close every file; a dataset without rows still has its columns."""
        for dataset in self.datasets:
            if dataset.partitioned and not any(name == dataset.name for name, _ in self.open):
                self._writer(dataset, _NO_YEAR)
        for key, writer in self.open.items():
            self._flush(key)
            writer.close()

    def _flush(self, key: tuple[str, str]) -> None:
        queue = self.waiting.pop(key, [])
        if queue:
            table = pa.concat_tables(queue)
            self.open[key].write_table(table.cast(self.open[key].schema), row_group_size=_ROW_GROUP)

    def _writer(self, dataset: Dataset, year: str) -> None:
        key = (dataset.name, year)
        if key in self.open:
            return
        folder = self.folder / dataset.name / (f"report_year={year}" if year else "")
        folder.mkdir(parents=True, exist_ok=True)
        fields = [f for f in dataset.schema() if not (year and f.name == "report_year")]
        meta = self.made_by | {
            "dataset": dataset.name,
            "a_row_is": dataset.a_row_is,
            "key": ", ".join(dataset.key),
        }
        schema = pa.schema(fields, metadata=meta)
        self.open[key] = pq.ParquetWriter(folder / "part-0.parquet", schema, compression="zstd")


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder for one run. StoreError when it cannot be written, or another run holds it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = (out / ".lock").open("a+")
    except OSError as e:
        raise StoreError(f"{out} cannot be written ({e.strerror}); choose another folder with OUT=") from e
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            handle.seek(0)
            raise StoreError(
                f"{out} is in use by process {handle.read().strip() or '?'}; wait for it to end"
            ) from e
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
