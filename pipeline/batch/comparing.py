"""The parts of the datasets of single reports → the datasets over the archive, piece by piece.

    facts of a part ─┬─ yoy of a stretch
                     ├─ findings of a stretch
                     └─ stated: by a stretch ─ years: districts, and findings on them

A piece's digest says all that it is made of, so one changed report costs the facts of its part, the
comparisons of its prefecture (a stretch keeps the rows of its others), and the ranks of those years of which
its regions state something else, in a large archive among reports of its own kind alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import pyarrow as pa

from pipeline.batch.pieces import Folders, Piece, Pieces, digest_of
from pipeline.compare import PIECE_MEMORY, SHARES, SORTED, Given, Kind, derive, stated, with_room
from pipeline.compare.slices import pack
from pipeline.rules import DEFAULT_FOLDER, Rules, load
from pipeline.schema import ARCHIVE_DATASETS
from pipeline.store.build import Built
from pipeline.store.leagues import year_of
from pipeline.store.parquet import read_series, write_series
from pipeline.store.parts import Part
from pipeline.store.sealed import writing
from pipeline.store.stated import STATED, stated_path, write_stated
from pipeline.store.stretches import Stretch, stretches_of

if TYPE_CHECKING:  # processes that make pieces need nothing of what reads reports
    from pipeline.batch.engines import Engine

# Values of one piece of districts: years with fewer are put together, one with more is parted by league.
YEARS_VALUES: Final = 100_000
_READ: Final = ("observations", "claims", "tables")
_Files: TypeAlias = "Callable[[Iterable[str]], dict[str, tuple[str, ...]]]"


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Rows of the last version that a piece can take over: of some prefectures, in some files below a folder.

    `given` is what the other rows are made of, None where there are none.
    """

    folder: Path
    files: tuple[str, ...]
    prefectures: tuple[str, ...]
    given: Given | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a piece is to be made of; its prefectures with their digests, where it is made within them."""

    kind: Kind
    name: str
    digest: str
    given: Given
    prefectures: Mapping[str, str] = field(default_factory=dict)
    kept: TakenOver | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What all pieces have in common: who makes them, where, by which rules, and what there was before."""

    engine: Engine
    folders: Folders
    made_by: Mapping[str, str]
    rules_folder: Path | None = None
    before: dict[str, Built] = field(default_factory=dict)
    told: Callable[[str, int, int], None] = lambda *_: None

    def give_out(self, pieces: Sequence[Piece]) -> Pieces:
        """Some pieces, to be waited for."""
        self.engine.renew()
        return Pieces(self.engine, self.folders, pieces, self.before)

    def carry_out(self, step: str, pieces: Sequence[Piece]) -> dict[str, Built]:
        """What became of some pieces, by key."""
        return self.give_out(pieces).done(partial(self.told, step))

    def piece(self, wanted: Wanted) -> Piece:
        """A piece of one kind; its name is that of its files, too."""
        make = partial(make_piece, wanted, self.folders.new, self.made_by, self.rules_folder)
        return Piece(f"{wanted.kind} {wanted.name}", wanted.digest, make)


def compare(
    comparison: Comparison, parts: list[Part], read: dict[str, Built], beside: Sequence[Piece] = ()
) -> dict[str, Built]:
    """Make facts, yoy, districts and findings of the parts; `read` is what became of each, by its key.

    `beside` are pieces that need nothing but the parts, and that nothing waits for.
    """
    first, others = comparison.give_out(_facts(comparison, parts, read)), comparison.give_out(beside)
    facts = first.done(partial(comparison.told, "facts"))
    by_part = {part.key: facts[f"facts {part.key}"] for part in parts}
    stretches = stretches_of(parts)
    by_stretch = comparison.carry_out("stating", _stated(comparison, stretches, by_part))
    # Findings first: begun last, the longest of all would be waited for.
    checked = comparison.give_out(_findings(comparison, stretches, read, by_part))
    compared = comparison.give_out(
        [*_years(comparison, parts, read, by_part, by_stretch), *_yoy(comparison, stretches, by_part)]
    )
    findings = checked.done(partial(comparison.told, "checking"))
    rest = compared.done(partial(comparison.told, "comparing"))
    return facts | by_stretch | findings | rest | others.done()


def make_piece(wanted: Wanted, folder: Path, made_by: Mapping[str, str], rules_folder: Path | None) -> Built:
    """Write the datasets of one piece below `folder`. StoreError where they cannot be written."""
    rules = load(rules_folder or DEFAULT_FOLDER)
    make = partial(_written, wanted, folder, made_by, rules)
    with writing(folder.parent):
        return with_room(make, SHARES[wanted.kind])


def _written(wanted: Wanted, folder: Path, made_by: Mapping[str, str], rules: Rules, memory: str) -> Built:
    kind, built = wanted.kind, Built(wanted.digest, prefectures=dict(wanted.prefectures))
    # Facts lie beside what they were read from: their part's name without the year.
    file = wanted.name.partition("-")[2] if kind == "facts" else wanted.name
    given, kept = _kept(wanted)
    made = derive(kind, folder, given, rules, file, memory) if given else [(kind, iter(()))]
    for dataset, batches in made:
        rows = _sorted(dataset, batches, kept) if dataset in SORTED else batches
        written = write_series(folder, ARCHIVE_DATASETS[dataset], rows, dict(made_by), file)
        built.rows[dataset] = sum(written.values())
        built.files |= {p.relative_to(folder).as_posix(): p.stat().st_size for p in written}
    return built


def _kept(wanted: Wanted) -> tuple[Given | None, pa.Table | None]:
    """(what is still to be made, the rows that are taken over); all of it where these cannot be read."""
    if kept := wanted.kept:
        dataset = ARCHIVE_DATASETS[wanted.kind]
        with suppress(OSError, pa.ArrowException):
            return kept.given, read_series(kept.folder, dataset, kept.files, kept.prefectures)
    return wanted.given, None


def _sorted(dataset: str, batches: Iterable[pa.RecordBatch], kept: pa.Table | None) -> list[pa.RecordBatch]:
    """What was made and what was kept, in the dataset's order, in one piece whatever it was made in."""
    made = pa.Table.from_batches(batches, ARCHIVE_DATASETS[dataset].schema())
    rows = SORTED[dataset](made if kept is None else pa.concat_tables([made, kept]))
    return list(rows.combine_chunks().to_batches())


def make_stated(name: str, digest: str, given: Given, folder: Path, rules_folder: Path | None) -> Built:
    """Write what some regions state, by league. StoreError where it cannot be written."""
    rules = load(rules_folder or DEFAULT_FOLDER)
    with writing(folder.parent):
        table = with_room(partial(stated, folder, given, rules), PIECE_MEMORY)
        return write_stated(folder, table, name, digest)


def _facts(comparison: Comparison, parts: list[Part], read: dict[str, Built]) -> list[Piece]:
    return [
        comparison.piece(
            Wanted("facts", p.key, p.digest, Given(_files([read[p.key]], (*_READ, "documents"))))
        )
        for p in parts
    ]


def _stated(comparison: Comparison, stretches: list[Stretch], facts: dict[str, Built]) -> list[Piece]:
    pieces = []
    for s in stretches:
        given = Given(_files([facts[key] for key in s.parts]), s.regions)
        make = partial(make_stated, s.name, s.digest, given, comparison.folders.new, comparison.rules_folder)
        pieces.append(Piece(f"stated {s.name}", s.digest, make))
    return pieces


def _findings(
    comparison: Comparison, stretches: list[Stretch], read: dict[str, Built], facts: dict[str, Built]
) -> list[Piece]:
    def files(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return _files([facts[key] for key in keys]) | _files([read[key] for key in keys], _READ)

    return [comparison.piece(_of_stretch(comparison, "findings", s, files)) for s in stretches]


def _yoy(comparison: Comparison, stretches: list[Stretch], facts: dict[str, Built]) -> list[Piece]:
    def files(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return _files([facts[key] for key in keys])

    return [comparison.piece(_of_stretch(comparison, "yoy", s, files)) for s in stretches]


def _of_stretch(comparison: Comparison, kind: Kind, s: Stretch, files: _Files) -> Wanted:
    """What is compared within prefectures is made of those that have changed; of the others it is kept."""
    digests = {code: made.digest for code, made in s.prefectures.items()}
    whole = Wanted(kind, s.name, s.digest, Given(files(s.parts), s.regions), digests)
    before, old = comparison.before.get(f"{kind} {s.name}"), comparison.folders.old
    same = [code for code in digests if before and before.prefectures.get(code) == digests[code]]
    if before is None or old is None or not same:
        return whole
    changed = [made for code, made in s.prefectures.items() if code not in same]
    regions = tuple(region for made in changed for region in made.regions)
    given = Given(files(sorted({key for made in changed for key in made.parts})), regions)
    return replace(whole, kept=TakenOver(old, tuple(before.files), tuple(same), given if changed else None))


class _Said(NamedTuple):
    """What a stretch states in a league: how many values, their digest, the years of the reports that do."""

    stretch: str
    values: int
    digest: str
    reports: list[int]


def _years(
    comparison: Comparison, parts: list[Part], read: dict[str, Built], facts: dict[str, Built],
    by_stretch: dict[str, Built],
) -> list[Piece]:  # fmt: skip
    """The values of a league name the reports that they are from: their digest stands for those, too."""
    said: dict[str, list[_Said]] = {}
    for key, made in by_stretch.items():
        for of, values in made.leagues.items():
            said.setdefault(of, []).append(_Said(key.removeprefix("stated "), *values))
    filed: Counter[str] = sum((Counter(read[p.key].filed) for p in parts), Counter())
    pieces = []
    for name, those in _ranked_together({of: sum(s.values for s in said[of]) for of in sorted(said)}):
        digests = {stated_path(of, s.stretch): s.digest for of in those for s in said[of]}
        reports = {str(report) for of in those for s in said[of] for report in s.reports}
        telling, years = [p.key for p in parts if p.year in reports], set(map(year_of, those))
        files = _files([facts[key] for key in telling]) | _files([read[key] for key in telling], _READ)
        files |= _files([read[p.key] for p in parts if p.year in years], ("documents",))
        digest = digest_of([*(f"{of} {filed[of]}" for of in those), *map(" ".join, digests.items())])
        given = Given(files | {STATED: tuple(digests)})
        pieces.append(comparison.piece(Wanted("years", name, digest, given)))
    return pieces


def _ranked_together(values: Mapping[str, int]) -> Iterator[tuple[str, list[str]]]:
    """(name of the piece, its leagues): the leagues of some years, or one of a year that has many values."""
    by_year: dict[str, list[str]] = {}
    for of in values:
        by_year.setdefault(year_of(of), []).append(of)
    counts = {year: sum(values[of] for of in those) for year, those in by_year.items()}
    for first, last in pack(sorted(counts.items()), YEARS_VALUES):
        if counts[first] > YEARS_VALUES:
            yield from ((of.replace("/", "-"), [of]) for of in by_year[first])
        else:
            name = first if first == last else f"{first}-{last}"
            yield name, [of for year in sorted(by_year) if first <= year <= last for of in by_year[year]]


def _files(made: Iterable[Built], datasets: tuple[str, ...] = ("facts",)) -> dict[str, tuple[str, ...]]:
    """The files of some datasets, below the folder of the version."""
    found: dict[str, list[str]] = {name: [] for name in datasets}
    for one in made:
        for path in one.files:
            name = path.partition("/")[0]
            if name in found:
                found[name].append(path)
    return {name: tuple(paths) for name, paths in found.items()}
