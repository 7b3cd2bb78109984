"""One report through every stage: milliseconds of each, and its share of the whole."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import timed
from pipeline.claims import claim
from pipeline.extract import context_of, extract
from pipeline.read import read
from pipeline.rules import load
from pipeline.tables import observe


def bench(report: Path, runs: int = 7) -> None:
    """Print the time of reading, tables and claims for `report`, and of all of them together."""
    rules, data = load(), report.read_bytes()
    parsed = read(data, report.name, rules)
    context = context_of(parsed)
    whole, _ = timed(lambda: extract(data, report.name, rules), runs)
    print(f"\nstages: {report.name}, {whole:.0f} ms in all (median of {runs})")
    for name, work in (
        ("read", lambda: read(data, report.name, rules)),
        ("tables", lambda: observe(parsed.tables, parsed.cells, context, rules)),
        ("claims, with sentences and tokens", lambda: claim(parsed.blocks, context, rules)),
    ):
        mid, best = timed(work, runs)
        print(f"{name:34} {mid:9.1f} ms median {best:9.1f} ms best {mid / whole:8.0%} of the whole")
