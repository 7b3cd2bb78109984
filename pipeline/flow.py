"""The whole flow on one screen: discover → plan → extract each → merge → compare → switch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.batch.comparing import Comparison, compare
from pipeline.batch.engines import Engine, engine
from pipeline.batch.merge import Kept, Rebuild, keep, merge, unmapped_piece
from pipeline.batch.pieces import Folders, digest_of
from pipeline.batch.plan import plan
from pipeline.batch.record import by_code, now, slowest, write_record
from pipeline.batch.spread import spread
from pipeline.batch.work import Job
from pipeline.rules import Rules, load
from pipeline.schema import ARCHIVE_DATASETS, DATASETS
from pipeline.schema.runs import RunRow
from pipeline.store import Done, forget_results, locked, read_index, result_path, write_index
from pipeline.store.build import Built
from pipeline.store.parquet import write_empty
from pipeline.store.parts import parts_of
from pipeline.store.places import Entry, place_at
from pipeline.store.remote import is_remote, local_copy, upload
from pipeline.store.versions import Manifest, building, current_version, link_datasets, publish, read_manifest
from pipeline.version import PROGRAM, comparison_version, extraction_version, merging_version


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: files by status, rows by dataset, and the files that were quarantined."""

    files: dict[str, int]
    rows: dict[str, int]
    quarantined: list[tuple[str, str]]
    left_out: int
    done: list[Done] = field(default_factory=list, repr=False)
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run has come: `done` of `total` files, parts or pieces; `last` is the file just done."""

    name: str
    done: int
    total: int
    last: Done | None = None


Told = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is asked to do. 0 workers is the caller's own process, without limits of time and memory."""

    raw: str
    out: Path
    years: tuple[int, int] | None = None
    workers: int = 0
    scheduler: str | None = None
    rules_folder: Path | None = None
    told: Told = lambda _: None

    @property
    def results(self) -> Path:
        """Where the results of single reports lie."""
        return self.out / ".results"

    @property
    def index(self) -> Path:
        """What is known of the input files."""
        return self.out / ".index"

    @property
    def job(self) -> Job:
        """What the workers need to know."""
        rules = str(self.rules_folder.absolute()) if self.rules_folder else None
        return Job(self.raw, str(self.results.absolute()), rules)


def run(
    raw: Path | str,
    out: Path | str,
    *,
    years: tuple[int, int] | None = None,
    workers: int = 0,
    scheduler: str | None = None,
    rules_folder: Path | None = None,
    told: Told = lambda _: None,
) -> Summary:
    """Read every file below `raw`, write the datasets to `out`, and say what was done.

    Both may be URIs. `years` keeps the reports for those years, both included. `told` hears
    how far the run has come. StoreError where `out` cannot be written or another run holds it.
    """
    folder = local_copy(str(out)) if is_remote(out) else Path(out)
    asked = Run(str(raw), folder, years, workers, scheduler, rules_folder, told)
    rules = load(rules_folder) if rules_folder else load()
    started, clock = now(), time.monotonic()
    with locked(folder):
        with engine(workers, scheduler, rules.batch, asked.job.rehearse) as opened:
            opened.start()  # it gets ready while this process finds out whether there is anything to do
            summary = _run(asked, opened, place_at(asked.raw).entries(), rules)
        if is_remote(out) and (version := current_version(folder)):
            upload(version, read_manifest(version), str(out))
        row = _record(asked, summary, rules, started, time.monotonic() - clock)
        write_record(folder, row, summary.quarantined)
    return summary


def discover(raw: Path | str) -> list[str]:
    """The files below `raw` that are taken for reports, as they are named in the data, in order of name."""
    return [entry.source for entry in place_at(raw).entries()]


def _run(asked: Run, opened: Engine, entries: list[Entry], rules: Rules) -> Summary:
    done = _extract(asked, opened, entries, rules)
    try:
        return _publish(asked, opened, done, rules)
    except Rebuild as damaged:
        for d in (d for d in done if d.source in damaged.sources):
            result_path(asked.results, d.result).unlink(missing_ok=True)
        return _publish(asked, opened, _extract(asked, opened, entries, rules), rules)


def _extract(asked: Run, opened: Engine, entries: list[Entry], rules: Rules) -> list[Done]:
    """What became of every file, in order; only what is not known from before is worked on."""
    known = read_index(asked.index)
    planned = plan(entries, known, asked.results, rules)
    done = [p.done for p in planned if p.state == "fresh" and p.done]
    asked.told(Step("reading", len(done), len(entries)))
    for item in spread(opened, asked.job, [p.entry for p in planned if p.state != "fresh"], rules.batch):
        done.append(item)
        asked.told(Step("reading", len(done), len(entries), item))
    done.sort(key=lambda d: d.source)
    if len(done) != len(known) or any(d != known.get(d.source) for d in done):
        write_index(asked.index, done)
    return done


def _publish(asked: Run, opened: Engine, done: list[Done], rules: Rules) -> Summary:
    """Make the datasets of what was done the version that stands, unless it is that already."""
    kept = keep(done, asked.years)
    old = current_version(asked.out)
    before = read_manifest(old)
    parts = parts_of(kept.members)
    made_of = _made_of((f"{p.key}:{p.digest}" for p in parts), rules)
    if before.made_of == made_of:
        link_datasets(asked.out)
        return _summary(kept, done, before.rows, unchanged=True)
    if before.made_of.get("reading") != made_of["reading"]:
        before.parts = before.pieces = {}
    if before.made_of.get("comparing") != made_of["comparing"]:
        before.pieces = {}
    folders = Folders(asked.results, old, building(asked.out))
    made_by = {"program_version": PROGRAM, "rules_version": rules.extraction_version}
    built = merge(
        opened, folders, parts, before.parts, made_by, lambda n, of: asked.told(Step("merging", n, of))
    )
    comparison = _comparison(asked, opened, folders, before, rules)
    beside = unmapped_piece(folders, parts, made_by, comparison.rules_folder)
    pieces = compare(comparison, parts, built, [beside])
    rows = _rows([*built.values(), *pieces.values()])
    for name in (n for n, count in rows.items() if not count):
        version = rules.version if name in ARCHIVE_DATASETS else rules.extraction_version
        write_empty(folders.new, DATASETS[name], made_by | {"rules_version": version})
    publish(asked.out, folders.new, Manifest(made_of, rows, built, pieces))
    forget_results(asked.results, {d.result for d in done})
    return _summary(kept, done, rows, unchanged=False)


def _comparison(asked: Run, opened: Engine, folders: Folders, before: Manifest, rules: Rules) -> Comparison:
    made_by = {"program_version": PROGRAM, "rules_version": rules.version}
    folder = asked.rules_folder.absolute() if asked.rules_folder else None
    return Comparison(
        opened, folders, made_by, folder, before.pieces,
        lambda step, n, of: asked.told(Step(step, n, of)),
    )  # fmt: skip


def _rows(built: Iterable[Built]) -> dict[str, int]:
    """The rows of every dataset, in the order in which datasets are listed."""
    counts = dict.fromkeys((n for n in DATASETS), 0)
    for made in built:
        for name, rows in made.rows.items():
            counts[name] += rows
    return counts


def _made_of(parts: Iterable[str], rules: Rules) -> dict[str, str]:
    return {
        "reports": digest_of(parts),
        "reading": f"{PROGRAM} {extraction_version()} {rules.extraction_version} {merging_version()}",
        "comparing": f"{PROGRAM} {comparison_version()} {rules.version}",
    }


def _record(asked: Run, summary: Summary, rules: Rules, started: datetime, seconds: float) -> RunRow:
    worked_on = sum(d.fresh for d in summary.done)
    return RunRow(
        started=started, seconds=seconds, raw=asked.raw, workers=asked.workers, scheduler=asked.scheduler,
        program_version=PROGRAM, extraction_version=extraction_version(), rules_version=rules.version,
        unchanged=summary.unchanged, worked_on=worked_on, known=len(summary.done) - worked_on,
        left_out=summary.left_out, files=summary.files, quarantined=by_code(summary.quarantined),
        rows=summary.rows, slowest=slowest(summary.done),
    )  # fmt: skip


def _summary(kept: Kept, done: list[Done], rows: dict[str, int], *, unchanged: bool) -> Summary:
    files = {s: kept.files[s] for s in ("ok", "duplicate", "quarantined")}
    by_source = {d.source: d for d in done}
    chosen = (by_source[m.source] for m in kept.members)
    quarantined = [(d.source, d.error or "") for d in chosen if d.status == "quarantined"]
    return Summary(files, rows, quarantined, kept.left_out, done, unchanged)


__all__ = ["Done", "Run", "Step", "Summary", "discover", "run"]
