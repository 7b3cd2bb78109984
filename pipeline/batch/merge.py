"""What became of each file → the datasets of single reports: which rows are kept, in which parts.

Only parts whose reports differ from the last version's are built; the rest are its files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.batch.pieces import Folders, Piece, Pieces, digest_of
from pipeline.normalize.unmapped import with_nearest
from pipeline.rules import DEFAULT_FOLDER, load
from pipeline.schema import DATASETS
from pipeline.store import Done
from pipeline.store.build import Built, build_part
from pipeline.store.parquet import PartFile, path_of
from pipeline.store.parts import NO_YEAR, Member, Part
from pipeline.store.sealed import writing
from pipeline.store.unmapped import UnmappedCounts, read_unmapped, unmapped_path

if TYPE_CHECKING:  # processes that make pieces need nothing of what reads reports
    from pipeline.batch.engines import Engine


@dataclass(slots=True)
class Kept:
    """The files whose rows go into the datasets; `left_out` are those of other years."""

    members: list[Member] = field(default_factory=list)
    files: Counter[str] = field(default_factory=Counter)
    left_out: int = 0


def keep(done: Iterable[Done], years: tuple[int, int] | None) -> Kept:
    """Choose the files of `years`, both included; of the same bytes the first stands for the others."""
    kept = Kept()
    first: dict[str, str] = {}
    for d in sorted(done, key=lambda d: d.source):
        if years and not (d.report_year is not None and years[0] <= d.report_year <= years[1]):
            kept.left_out += 1
            continue
        twin = first.setdefault(d.sha256, d.source) if d.status == "ok" else d.source
        twin_of = None if twin == d.source else twin
        kept.members.append(Member(d.source, d.result, d.sha256, d.report_year, d.region_code, twin_of))
        kept.files[d.status if twin_of is None else "duplicate"] += 1
    return kept


class Rebuild(Exception):
    """Results that can no longer be read; `sources` are the files to work on again."""

    def __init__(self, sources: list[str]) -> None:
        self.sources = sources
        super().__init__(f"{len(sources)} results are damaged")


def merge(
    engine: Engine,
    folders: Folders,
    parts: Sequence[Part],
    before: dict[str, Built],
    made_by: dict[str, str],
    told: Callable[[int, int], None],
) -> dict[str, Built]:
    """Bring every part into the new version, built or taken over. Rebuild where results are damaged."""
    engine.renew()
    pieces = [
        Piece(p.key, p.digest, partial(build_part, folders.results, p, folders.new, made_by)) for p in parts
    ]
    built = Pieces(engine, folders, pieces, before).done(told)
    if damaged := [source for made in built.values() for source in made.damaged]:
        raise Rebuild(damaged)
    return built


def unmapped_piece(
    folders: Folders, parts: Sequence[Part], made_by: dict[str, str], rules_folder: Path | None
) -> Piece:
    """The unknown labels of all parts added up: it can be made beside the comparison."""
    digest = digest_of(f"{p.key} {p.digest}" for p in parts)
    keys = [p.key for p in parts]
    return Piece("unmapped", digest, partial(make_unmapped, digest, keys, folders.new, made_by, rules_folder))


def make_unmapped(
    digest: str, parts: Sequence[str], folder: Path, made_by: dict[str, str], rules_folder: Path | None
) -> Built:
    """Add up the unknown labels of some parts into one file. StoreError where it cannot be written."""
    rules, dataset = load(rules_folder or DEFAULT_FOLDER), DATASETS["unmapped"]
    counts = UnmappedCounts()
    path = path_of(folder, dataset, NO_YEAR, "0")
    with writing(folder.parent):
        for key in parts:
            counts.add(read_unmapped(folder / unmapped_path(key)))
        rows = pa.Table.from_pylist(with_nearest(counts.rows().to_pylist(), rules), schema=dataset.schema())
        if len(rows):
            with closing(PartFile(path, dataset, made_by)) as file:
                file.add(rows)
    size = {path.relative_to(folder).as_posix(): path.stat().st_size} if len(rows) else {}
    return Built(digest, {"unmapped": len(rows)}, size)
