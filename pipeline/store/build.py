"""The results of one part's reports → its Parquet files. Works in any process that sees the folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.notes import Failure
from pipeline.schema import DATASETS, REPORT_DATASETS
from pipeline.store.leagues import leagues
from pipeline.store.parquet import PartFile, path_of
from pipeline.store.parts import Member, Part
from pipeline.store.results import read_result
from pipeline.store.sealed import Damaged, writing
from pipeline.store.unmapped import UnmappedCounts, unmapped_path, write_unmapped

# By whom and what comes first; the rest stays in the order of the reports and of their text.
_SORTED_BY: Final = {
    "observations": ("region_code", "entity", "indicator_id", "doc_id", "obs_no"),
    "claims": ("region_code", "entity", "indicator_id", "doc_id", "claim_no"),
}


@dataclass(slots=True)
class Built:
    """What became of a part, or of a piece of the comparison: rows by dataset, its files below the folder.

    `digest` is of all that it was made of. `damaged` are the members whose results cannot be read; then what
    was written is of no use. `filed` are the reports of a part by league. `leagues` are, of what regions
    state, the values of a league: how many, a digest, the years of the reports that state them. `prefectures`
    are the digests of those that a piece is made of.
    """

    digest: str
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    filed: dict[str, int] = field(default_factory=dict)
    leagues: dict[str, tuple[int, str, list[int]]] = field(default_factory=dict)
    prefectures: dict[str, str] = field(default_factory=dict)


def build_part(results: Path, part: Part, folder: Path, made_by: dict[str, str]) -> Built:
    """Write the datasets of one part below `folder`. StoreError where they cannot be written.

    Only what must be sorted is held as a whole; the rest is written as it is read, a report at a time.
    """
    built, counts, filed = Built(part.digest), UnmappedCounts(), Counter[str]()
    to_sort: dict[str, list[pa.Table]] = {name: [] for name in _SORTED_BY}
    with writing(folder.parent):
        with _Files(folder, part, made_by) as files:
            for rows in _sound(results, part, built.damaged):
                if "unmapped" in rows:
                    counts.add(rows.pop("unmapped"))
                filed.update(_filed(rows["documents"]))
                for name, table in rows.items():
                    if name in to_sort:
                        to_sort[name].append(table)
                    else:
                        files.add(name, table)
            for name in [] if built.damaged else list(to_sort):
                files.add(name, _in_order(name, to_sort.pop(name)))
        if not built.damaged:
            built.filed = dict(sorted(filed.items()))
            _account(built, files, counts, part, folder)
    return built


class _Files:
    """The Parquet files of one part, each begun with its first row."""

    def __init__(self, folder: Path, part: Part, made_by: dict[str, str]) -> None:
        self.folder, self.part, self.made_by = folder, part, made_by
        self.open: dict[str, PartFile] = {}
        self.paths: dict[str, Path] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.open.values():
            file.close()

    def add(self, name: str, table: pa.Table | None) -> None:
        """Add rows to a dataset."""
        if table is None or not table.num_rows:
            return
        if name not in self.open:
            dataset = REPORT_DATASETS[name]
            self.paths[name] = path_of(self.folder, dataset, self.part.year, self.part.name)
            self.open[name] = PartFile(self.paths[name], dataset, self.made_by)
        self.open[name].add(table)


def _sound(results: Path, part: Part, damaged: list[str]) -> Iterator[dict[str, pa.Table]]:
    """The tables of each report until one cannot be read; all that cannot be are added to `damaged`."""
    for member in part.members:
        try:
            rows = _rows(results, member)
        except Damaged:
            damaged.append(member.source)
            continue
        if not damaged:
            yield rows


def _filed(documents: pa.Table) -> list[str]:
    """The league of every report that could be read."""
    return leagues(documents.filter(pc.equal(documents.column("status"), "ok")), "report_year")


def _account(built: Built, files: _Files, counts: UnmappedCounts, part: Part, folder: Path) -> None:
    """Write the counts of unknown labels, and say what has been written."""
    unmapped = folder / unmapped_path(part.key)
    write_unmapped(unmapped, counts.rows())
    built.rows = {name: files.open[name].rows for name in REPORT_DATASETS if name in files.open}
    written = [files.paths[name] for name in built.rows]
    built.files = {p.relative_to(folder).as_posix(): p.stat().st_size for p in [*written, unmapped]}


def _rows(results: Path, member: Member) -> dict[str, pa.Table]:
    """The tables of one report; of a file whose bytes stand there already, its row in documents alone."""
    tables = read_result(results, member.result)
    if member.twin is None:
        return tables
    row = tables["documents"].to_pylist()[0]
    row |= {"status": "duplicate", "error": str(Failure("DUPLICATE", member.twin))}
    row |= dict.fromkeys(("n_blocks", "n_tables", "n_observations", "n_claims"), 0)
    return {"documents": pa.Table.from_pylist([row], schema=DATASETS["documents"].schema())}


def _in_order(name: str, tables: list[pa.Table]) -> pa.Table | None:
    return (
        pa.concat_tables(tables).sort_by([(key, "ascending") for key in _SORTED_BY[name]]) if tables else None
    )
