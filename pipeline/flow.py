"""The whole flow on one screen: discover → extract each → gather → write the datasets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pyarrow as pa

from pipeline.compare import derive
from pipeline.extract import ReportRows, extract, unread
from pipeline.normalize.unmapped import UnmappedCounts
from pipeline.notes import Failure
from pipeline.rules import Rules, load
from pipeline.schema import DATASETS
from pipeline.store import locked, read_result, result_name, write_datasets, write_result

# What people put beside reports; everything else in the folder is taken for a report and answered for.
_PASSED_OVER: Final = frozenset((".py", ".pyc", ".md", ".csv"))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file: the name of its result, and whether it had to be worked on."""

    source: str
    result: str
    status: str
    error: str | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: files by status, rows by dataset, and the files that were quarantined."""

    files: dict[str, int]
    rows: dict[str, int]
    quarantined: list[tuple[str, str]]
    left_out: int


def run(
    raw: Path,
    out: Path,
    *,
    years: tuple[int, int] | None = None,
    workers: int = 1,
    rules_folder: Path | None = None,
    told: Callable[[Done], None] = lambda _: None,
) -> Summary:
    """Read every file below `raw`, write the datasets to `out`, and say what was done.

    `years` keeps the reports for those years, both included. `told` hears of each file when it is done.
    """
    rules = load(rules_folder) if rules_folder else load()
    with locked(out):
        results = out / ".results"
        done = list(_extract_all(raw, discover(raw), results, rules, rules_folder, workers, told))
        kept = Kept(results, years, rules)
        rows = write_datasets(out, kept.tables(done), rules.version, partial(derive, rules=rules))
        _forget(results, {d.result for d in done})
    files = {s: kept.statuses.count(s) for s in ("ok", "duplicate", "quarantined")}
    quarantined = [(d.source, d.error or "") for d in done if d.status == "quarantined"]
    return Summary(files, rows, quarantined, kept.left_out)


def discover(raw: Path) -> list[str]:
    """The files below `raw` that are taken for reports, as paths below it, in order of name."""
    return sorted(
        path.relative_to(raw).as_posix()
        for path in raw.rglob("*")
        if path.is_file()
        and path.suffix.lower() not in _PASSED_OVER
        and not any(part.startswith((".", "~$", "__")) for part in path.relative_to(raw).parts)
    )


def work(raw: Path, source: str, results: Path, rules: Rules) -> Done:
    """Make the result of one file, unless it is there already. Every fault ends in a row, none in a crash."""
    try:
        data = (raw / source).read_bytes()
    except OSError as e:
        report = unread(b"", source, str(Failure("UNREADABLE", e.strerror or "?")))
        name = hashlib.sha256(
            f"unreadable\0{source}\0{e.strerror}".encode("utf-8", "surrogateescape")
        ).hexdigest()
        write_result(results, name, report)
        return Done(source, name, report.document.status, report.document.error, True)
    name = result_name(data, source, rules.version)
    if (results / name).exists():
        document = read_result(results, name)["documents"].to_pylist()[0]
        return Done(source, name, document["status"], document["error"], False)
    report = _extract(data, source, rules)
    write_result(results, name, report)
    return Done(source, name, report.document.status, report.document.error, True)


def _extract(data: bytes, source: str, rules: Rules) -> ReportRows:
    try:
        return extract(data, source, rules)
    except Failure as e:
        return unread(data, source, str(e))
    except Exception as e:  # the one broad except: one file must not end the batch
        return unread(data, source, str(Failure("INTERNAL", f"{type(e).__name__}: {e}"[:300])))


def _extract_all(
    raw: Path,
    sources: list[str],
    results: Path,
    rules: Rules,
    rules_folder: Path | None,
    workers: int,
    told: Callable[[Done], None],
) -> Iterator[Done]:
    if workers <= 1 or len(sources) < 4:
        outcomes: Iterable[Done] = (work(raw, s, results, rules) for s in sources)
    else:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        outcomes = _in_pool(pool, raw, sources, results, rules_folder)
    for done in outcomes:
        told(done)
        yield done


def _in_pool(
    pool: Executor, raw: Path, sources: list[str], results: Path, rules_folder: Path | None
) -> Iterator[Done]:
    with pool:
        size = max(1, min(50, len(sources) // 8))
        chunks = [sources[i : i + size] for i in range(0, len(sources), size)]
        futures = [pool.submit(_work_chunk, raw, chunk, results, rules_folder) for chunk in chunks]
        for future in as_completed(futures):
            yield from future.result()


def _work_chunk(raw: Path, sources: list[str], results: Path, rules_folder: Path | None) -> list[Done]:
    rules = load(rules_folder) if rules_folder else load()
    return [work(raw, source, results, rules) for source in sources]


class Kept:
    """The results that go into the datasets: years as asked for, the same bytes only once."""

    def __init__(self, results: Path, years: tuple[int, int] | None, rules: Rules) -> None:
        self.results = results
        self.rules = rules
        self.years = years
        self.first: dict[str, str] = {}
        self.statuses: list[str] = []
        self.unmapped = UnmappedCounts()
        self.left_out = 0

    def tables(self, done: list[Done]) -> Iterator[dict[str, pa.Table]]:
        """The tables of each file in order of its path, then the unmapped labels of all.

        A duplicate gives its row in documents alone.
        """
        for item in sorted(done, key=lambda d: d.source):
            tables = read_result(self.results, item.result)
            document = tables["documents"].to_pylist()[0]
            year = document["report_year"]
            if self.years and not (year is not None and self.years[0] <= year <= self.years[1]):
                self.left_out += 1
                continue
            twin = self.first.setdefault(document["sha256"], item.source)
            if twin != item.source and document["status"] == "ok":
                tables = {"documents": _duplicate(tables["documents"], twin)}
            self.statuses.append(tables["documents"].column("status")[0].as_py())
            self.unmapped.add(tables.pop("unmapped").to_pylist() if "unmapped" in tables else ())
            yield tables
        yield {
            "unmapped": pa.Table.from_pylist(self.unmapped.merged(self.rules), DATASETS["unmapped"].schema())
        }


def _duplicate(documents: pa.Table, twin: str) -> pa.Table:
    row = documents.to_pylist()[0] | {"status": "duplicate", "error": str(Failure("DUPLICATE", twin))}
    row |= dict.fromkeys(("n_blocks", "n_tables", "n_observations", "n_claims"), 0)
    return pa.Table.from_pylist([row], schema=DATASETS["documents"].schema())


def _forget(results: Path, needed: set[str]) -> None:
    """Remove the results that no file of this run needs."""
    for path in results.iterdir() if results.exists() else ():
        if path.name not in needed:
            path.unlink(missing_ok=True)


__all__ = ["Done", "Summary", "discover", "run", "work"]
