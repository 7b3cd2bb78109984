"""Batches of files over an engine → what became of each, whatever becomes of the workers.

A lost worker says nothing about which file of its batch was to blame, so each is tried alone; a file that
loses its worker again and again is quarantined, and the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from pipeline.batch.engines import Engine, failure_of
from pipeline.batch.plan import batches
from pipeline.batch.work import Job, refused
from pipeline.rules.batch import BatchLimits
from pipeline.store import Done
from pipeline.store.places import Entry

_TRIES_ALONE = 2
Waiting = dict[Future[list[Done]], list[Entry]]


def spread(engine: Engine, job: Job, entries: Sequence[Entry], limits: BatchLimits) -> Iterator[Done]:
    """Work on all files, in any order. StoreError where results cannot be written."""
    waiting: Waiting = {}
    tries: Counter[str] = Counter()
    for batch in batches(entries, engine.slots, limits):
        _submit(engine, job, batch, waiting)
    while waiting:
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            batch = waiting.pop(future)
            try:
                yield from future.result()
            except engine.lost as fault:
                yield from _alone(engine, job, batch, fault, tries, limits, waiting)


def _submit(engine: Engine, job: Job, batch: list[Entry], waiting: Waiting) -> None:
    waiting[engine.executor.submit(engine.work, job, [e.path for e in batch])] = batch


def _alone(
    engine: Engine,
    job: Job,
    batch: list[Entry],
    fault: Exception,
    tries: Counter[str],
    limits: BatchLimits,
    waiting: Waiting,
) -> Iterator[Done]:
    """Try the files of a lost batch one at a time; one that was alone is tried again or given up."""
    if len(batch) > 1:
        for entry in batch:
            _submit(engine, job, [entry], waiting)
        return
    entry = batch[0]
    failure = failure_of(fault, limits)
    tries[entry.path] += 1
    if failure.code == "TIMEOUT" or tries[entry.path] >= _TRIES_ALONE:
        yield refused(job, entry, failure)
    else:
        _submit(engine, job, [entry], waiting)
