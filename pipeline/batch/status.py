"""The files of the archive and the last run → what is fresh, what is to be done, what is quarantined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.plan import plan
from pipeline.rules import Rules
from pipeline.store import read_index
from pipeline.store.places import place_at

STATES = {
    "fresh": "read, and nothing has changed since",
    "new": "not read yet",
    "changed": "the file has changed since it was read",
    "unsettled": "written just before it was read, or not to be read then: looked at again",
    "stale": "the rules or the program have changed since it was read",
    "removed": "no longer there: its rows go with the next run",
}


@dataclass(slots=True)
class Status:
    """Files by state (STATES), the files of each state but fresh, and (source, why) of the quarantined."""

    counts: dict[str, int]
    files: dict[str, list[str]] = field(default_factory=dict)
    quarantined: list[tuple[str, str]] = field(default_factory=list)


def status(raw: Path | str, out: Path, rules: Rules) -> Status:
    """What a run would find. Nothing is opened but the index, nothing is written."""
    known = read_index(out / ".index")
    planned = plan(place_at(raw).entries(), known, out / ".results", rules)
    files: dict[str, list[str]] = {state: [] for state in STATES}
    for p in planned:
        files[p.state].append(p.entry.source)
    files["removed"] = sorted(known.keys() - {p.entry.source for p in planned})
    counts = Counter({state: len(sources) for state, sources in files.items()})
    quarantined = [(p.entry.source, p.done.error or "") for p in planned if p.done and p.done.status != "ok"]
    return Status(dict(counts), {s: f for s, f in files.items() if s != "fresh" and f}, quarantined)
