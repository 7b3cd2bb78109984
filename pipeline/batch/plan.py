"""The files of the archive and what is known of them → which are done, and which must be worked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.rules import Rules
from pipeline.rules.batch import BatchLimits
from pipeline.store import Done, kept_results, result_name
from pipeline.store.places import Entry

State = Literal["fresh", "new", "changed", "unsettled", "stale"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One file: `fresh` with what is known of it, or why it must be worked on.

    new: never seen · changed: its stamp differs · unsettled: its stamp cannot be trusted, or
    no worker could read it · stale: the rules or the program have changed, or its result is gone.
    """

    entry: Entry
    state: State
    done: Done | None = None


def plan(entries: Sequence[Entry], known: dict[str, Done], results: Path, rules: Rules) -> list[Planned]:
    """Compare each file with what was known of it after the last run. No file is opened."""
    kept = kept_results(results)
    return [_planned(entry, known.get(entry.source), kept, rules) for entry in entries]


def _planned(entry: Entry, known: Done | None, kept: set[str], rules: Rules) -> Planned:
    if known is None:
        return Planned(entry, "new")
    if known.stamp and entry.stamp != known.stamp:
        return Planned(entry, "changed", known)
    if not known.at_rest:
        return Planned(entry, "unsettled", known)
    if result_name(known.sha256, entry.source, rules) != known.result or known.result not in kept:
        return Planned(entry, "stale", known)
    return Planned(entry, "fresh", replace(known, fresh=False))


def batches(entries: Sequence[Entry], slots: int, limits: BatchLimits) -> Iterator[list[Entry]]:
    """Neighbouring files up to so many bytes and reports, fewer where there is little to share out."""
    share = max(1, sum(e.size for e in entries) // (slots * 8))
    most = min(limits.batch_bytes, share)
    count = max(1, min(limits.batch_reports, len(entries) // (slots * 4)))
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (size + entry.size > most or len(batch) >= count):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch
