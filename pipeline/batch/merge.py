"""What became of each file → the datasets of single reports: which rows are kept, in which parts.

Only parts whose reports differ from the last version's are built; the rest are its files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.batch.engines import Engine
from pipeline.batch.pieces import Folders, Piece, carry_out
from pipeline.normalize.unmapped import UnmappedCounts
from pipeline.rules import Rules
from pipeline.schema import DATASETS
from pipeline.store import Done
from pipeline.store.build import UNMAPPED, Built, build_part
from pipeline.store.parquet import PartFile, path_of
from pipeline.store.parts import NO_YEAR, Member, Part


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
    built = carry_out(engine, folders, pieces, before, told)
    if damaged := [source for made in built.values() for source in made.damaged]:
        raise Rebuild(damaged)
    return built


def write_unmapped(folders: Folders, parts: Iterable[str], rules: Rules, made_by: dict[str, str]) -> int:
    """Add up the unknown labels of all parts into one file; return how many there are."""
    counts = UnmappedCounts()
    for key in parts:
        table = pq.read_table(folders.new / UNMAPPED / f"{key}.parquet", partitioning=None)
        counts.add(table.to_pylist())
    dataset = DATASETS["unmapped"]
    rows = pa.Table.from_pylist(counts.merged(rules), schema=dataset.schema())
    with closing(PartFile(path_of(folders.new, dataset, NO_YEAR, "0"), dataset, made_by)) as file:
        file.add(rows)
    return len(rows)
