"""Tables → Parquet files of one dataset: schema with descriptions, zstd, dictionaries, row groups.

Nothing but rows and versions goes into a file: no clock, no path, so the same rows are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.schema.columns import Dataset
from pipeline.store.parts import NO_YEAR
from pipeline.store.stretches import PREFECTURE

ROW_GROUP: Final = 64_000


def path_of(folder: Path, dataset: Dataset, year: str, name: str) -> Path:
    """Where one part of a dataset lies."""
    if dataset.partitioned:
        return folder / dataset.name / f"report_year={year}" / f"part-{name}.parquet"
    return folder / dataset.name / f"part-{year}-{name}.parquet"


class PartFile:
    """One Parquet file while it is written, in row groups of a sensible size."""

    def __init__(self, path: Path, dataset: Dataset, made_by: dict[str, str]) -> None:
        about = {"dataset": dataset.name, "a_row_is": dataset.a_row_is, "key": ", ".join(dataset.key)}
        fields = [f for f in dataset.schema() if not (dataset.partitioned and f.name == "report_year")]
        self.schema = pa.schema(fields, metadata=made_by | about)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd", use_dictionary=True)
        self.waiting: list[pa.Table] = []
        self.rows = 0
        self.queued = 0

    def add(self, table: pa.Table) -> None:
        """Queue rows; write row groups when enough have come together."""
        self.waiting.append(table.select(self.schema.names))
        self.rows += table.num_rows
        self.queued += table.num_rows
        if self.queued >= ROW_GROUP:
            self._flush(self.queued - self.queued % ROW_GROUP)

    def _flush(self, rows: int) -> None:
        table = pa.concat_tables(self.waiting)
        self.writer.write_table(table.slice(0, rows).cast(self.schema), row_group_size=ROW_GROUP)
        self.waiting = [table.slice(rows)]
        self.queued -= rows

    def close(self) -> None:
        """Write what is left."""
        if self.waiting and self.queued:
            self._flush(self.queued)
        self.writer.close()


def write_series(
    folder: Path, dataset: Dataset, batches: Iterable[pa.RecordBatch], made_by: dict[str, str], name: str
) -> dict[Path, int]:
    """Write the rows of one piece of a dataset as they come, one file a year; return the rows by file."""
    files: dict[str, PartFile] = {}
    try:
        for batch in batches:
            for year, part in _by_year(pa.Table.from_batches([batch])):
                if year not in files:
                    files[year] = PartFile(path_of(folder, dataset, year, name), dataset, made_by)
                files[year].add(part)
    finally:
        for file in files.values():
            file.close()
    return {path_of(folder, dataset, year, name): file.rows for year, file in files.items()}


def read_series(folder: Path, dataset: Dataset, paths: Iterable[str], prefectures: Iterable[str]) -> pa.Table:
    """The rows of some prefectures ('' is none) in files of `write_series`. OSError where one is gone."""
    schema, wanted = dataset.schema(), pa.array(prefectures, pa.string())
    tables = [schema.empty_table()]
    for path in paths:
        year = (folder / path).parent.name.partition("=")[2]
        rows = pq.ParquetFile(folder / path).read()
        of_year = pa.array([None if year == NO_YEAR else int(year)] * len(rows), pa.int16())
        at = schema.get_field_index("report_year")
        prefecture = pc.fill_null(pc.utf8_slice_codeunits(rows.column("region_code"), 0, PREFECTURE), "")
        rows = rows.add_column(at, schema.field("report_year"), of_year)
        tables.append(rows.filter(pc.is_in(prefecture, value_set=wanted)).cast(schema))
    return pa.concat_tables(tables)


def write_empty(folder: Path, dataset: Dataset, made_by: dict[str, str]) -> Path:
    """Write a dataset without rows, so that it still has its columns; return the file."""
    path = path_of(folder, dataset, NO_YEAR, "0")
    PartFile(path, dataset, made_by).close()
    return path


def _by_year(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each report year, in order of the years."""
    years = table.column("report_year")
    for year in sorted(years.unique().to_pylist(), key=lambda y: (y is not None, y)):
        chosen = pc.is_null(years) if year is None else pc.fill_null(pc.equal(years, year), False)
        yield (NO_YEAR if year is None else str(year)), table.filter(chosen)
