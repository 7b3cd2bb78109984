"""The results of one part's reports → its Parquet files. Works in any process that sees the folders."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.normalize.unmapped import UnmappedCounts
from pipeline.notes import Failure
from pipeline.schema import DATASETS, REPORT_DATASETS
from pipeline.schema.columns import Dataset
from pipeline.store.parquet import PartFile, path_of
from pipeline.store.parts import Member, Part
from pipeline.store.results import read_result
from pipeline.store.sealed import Damaged, cannot_write

# By whom and what comes first; the rest stays in the order of the reports and of their text.
_SORTED_BY: Final = {
    "observations": ("region_code", "entity", "indicator_id", "doc_id", "obs_no"),
    "claims": ("region_code", "entity", "indicator_id", "doc_id", "claim_no"),
}
UNMAPPED: Final = ".unmapped"


@dataclass(slots=True)
class Built:
    """What became of a part: rows by dataset, its files below the folder, documents by status.

    `damaged` are the members whose results cannot be read; then nothing was written.
    """

    digest: str
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


def build_part(results: Path, part: Part, folder: Path, made_by: dict[str, str]) -> Built:
    """Write the datasets of one part below `folder`. StoreError where they cannot be written."""
    tables: dict[str, list[pa.Table]] = {name: [] for name in REPORT_DATASETS}
    counts, damaged = UnmappedCounts(), []
    for member in part.members:
        try:
            rows = _rows(results, member)
        except Damaged:
            damaged.append(member.source)
            continue
        counts.add(rows.pop("unmapped").to_pylist() if "unmapped" in rows else ())
        for name, table in rows.items():
            tables[name].append(table)
    if damaged:
        return Built(part.digest, damaged=damaged)
    try:
        return _write(tables, counts, part, folder, made_by)
    except OSError as e:
        raise cannot_write(folder.parent, e) from e


def _write(
    tables: dict[str, list[pa.Table]],
    counts: UnmappedCounts,
    part: Part,
    folder: Path,
    made_by: dict[str, str],
) -> Built:
    built = Built(part.digest)
    for name, found in tables.items():
        dataset = REPORT_DATASETS[name]
        table = pa.concat_tables(found) if found else None
        if table is not None and table.num_rows:
            path = path_of(folder, dataset, part.year, part.name)
            with closing(PartFile(path, dataset, made_by)) as file:
                file.add(_in_order(dataset, table))
            built.rows[name] = table.num_rows
            built.files[path.relative_to(folder).as_posix()] = path.stat().st_size
    path = folder / UNMAPPED / f"{part.key}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(_unmapped(counts.rows.values()), path, compression="zstd")
    built.files[path.relative_to(folder).as_posix()] = path.stat().st_size
    return built


def _unmapped(rows: Iterable[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=DATASETS["unmapped"].schema())


def _rows(results: Path, member: Member) -> dict[str, pa.Table]:
    """The tables of one report; of a file whose bytes stand there already, its row in documents alone."""
    tables = read_result(results, member.result)
    if member.twin is None:
        return tables
    row = tables["documents"].to_pylist()[0]
    row |= {"status": "duplicate", "error": str(Failure("DUPLICATE", member.twin))}
    row |= dict.fromkeys(("n_blocks", "n_tables", "n_observations", "n_claims"), 0)
    return {"documents": pa.Table.from_pylist([row], schema=DATASETS["documents"].schema())}


def _in_order(dataset: Dataset, table: pa.Table) -> pa.Table:
    keys = _SORTED_BY.get(dataset.name)
    if keys is None:
        return table
    return table.sort_by([(key, "ascending") for key in keys])
