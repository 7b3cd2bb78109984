"""One input file → its result in the store. This is what worker processes run."""

from __future__ import annotations

import gc
import hashlib
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import pyarrow as pa

from pipeline.extract import ReportRows, extract, rehearse, unread
from pipeline.notes import Failure
from pipeline.rules import Rules, load
from pipeline.schema import Document
from pipeline.store import Damaged, Done, read_result, result_name, write_result
from pipeline.store.places import Changing, Entry, Place, place_at

_TRIES = 3
# One report at a time in a process: the alarm and the memory limit are the process's.
_ONE = Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs to know besides the files: where they are, where results go, which rules."""

    raw: str
    results: str
    rules: str | None = None

    def load(self) -> Rules:
        """The rules, loaded once a process."""
        return load(Path(self.rules)) if self.rules else load()

    def rehearse(self) -> None:
        """Make this process ready for its first report."""
        rehearse(self.load())


def work_batch(job: Job, paths: Sequence[str]) -> list[Done]:
    """Make the results of some files, without limits: what runs in the caller's own process."""
    return [work(job, path) for path in paths]


def guarded_batch(job: Job, paths: Sequence[str]) -> list[Done]:
    """Make the results of some files; a file that takes too long ends the process (SIGALRM).

    Not an exception: code that hangs in C never comes back to the interpreter.
    """
    done = []
    seconds = job.load().batch.seconds
    for path in paths:
        with _ONE, _alarm(seconds):
            done.append(work(job, path))
    return done


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def work(job: Job, path: str) -> Done:
    """Make the result of one file, unless it is there. Every fault of a file ends in a row, none in a crash.

    StoreError where the result cannot be written.
    """
    start = time.monotonic()
    rules, results = job.load(), Path(job.results)
    read_ns = time.time_ns()
    try:
        data, entry = _read(_place(job.raw), path)
    except OSError as e:
        code = "CHANGING" if isinstance(e, Changing) else "UNREADABLE"
        return refused(job, Entry(path), Failure(code, e.strerror or type(e).__name__))
    sha256 = hashlib.sha256(data).hexdigest()
    name = result_name(sha256, entry.source, rules)
    document = _known(results, name)
    fresh = document is None
    if document is None:
        try:
            document = make_result(results, name, data, entry.source, rules)
        except MemoryError:
            short = Failure("OUT_OF_MEMORY", f"{rules.batch.memory_bytes >> 20} MiB")
            return refused(job, entry, short)
    return Done(
        entry.source, name, document.status, document.error, fresh, sha256, len(data), document.report_year,
        document.region_code, time.monotonic() - start, entry.stamp, entry.changed_ns, read_ns,
    )  # fmt: skip


def make_result(results: Path, name: str, data: bytes, source: str, rules: Rules) -> Document:
    """Read one report and write its result. StoreError where it cannot be written; MemoryError."""
    with _without_collector():
        return _kept(results, name, data, source, rules)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes many rows and few cycles: to look for these meanwhile is a twentieth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _kept(results: Path, name: str, data: bytes, source: str, rules: Rules) -> Document:
    """The row in documents; a value that its column does not hold ends in a row as well."""
    report = _extract(data, source, rules)
    try:
        write_result(results, name, report)
    except (pa.ArrowInvalid, OverflowError) as e:
        report = unread(
            data, report.document.source, str(Failure("INTERNAL", f"{type(e).__name__}: {e}"[:300]))
        )
        write_result(results, name, report)
    return report.document


def refused(job: Job, entry: Entry, failure: Failure) -> Done:
    """The row of a file that no worker could read; it is tried again in the next run."""
    try:
        data = _place(job.raw).read(entry.path)[0]
    except OSError:
        data = b""
    report = unread(data, entry.source, str(failure))
    document = report.document
    name = hashlib.sha256(f"refused\0{entry.source}\0{document.sha256}\0{failure}".encode()).hexdigest()
    write_result(Path(job.results), name, report)
    return Done(entry.source, name, "quarantined", str(failure), True, document.sha256, document.size_bytes)


def _read(place: Place, path: str) -> tuple[bytes, Entry]:
    """The bytes of a file that keeps still; Changing where it does not for some tries."""
    for wait in range(1, _TRIES):
        try:
            return place.read(path)
        except Changing:
            time.sleep(0.2 * wait)
    return place.read(path)


_place = cache(place_at)


def _known(results: Path, name: str) -> Document | None:
    """The row in documents of a result that is there and sound."""
    try:
        return Document(**read_result(results, name)["documents"].to_pylist()[0])
    except Damaged:
        return None


def _extract(data: bytes, source: str, rules: Rules) -> ReportRows:
    try:
        return extract(data, source, rules)
    except Failure as e:
        return unread(data, source, str(e))
    except MemoryError:  # says something of the process, not of the file
        raise
    except Exception as e:  # the one broad except: one file must not end the batch
        return unread(data, source, str(Failure("INTERNAL", f"{type(e).__name__}: {e}"[:300])))
