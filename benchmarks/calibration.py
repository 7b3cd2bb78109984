"""Does `confidence` mean something: observations by decile of confidence → how many are right.

`python -m benchmarks.calibration` prints one table for the rules as they are, and one for tables whose own
vocabulary is hidden (see leave_one_out), the honest proxy for an unseen report.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.gold import gold_rows, grids, read, reports, score
from benchmarks.leave_one_out import Hide, everything, texts_of, without_words
from pipeline.rules import load
from pipeline.schema.rows import Observation

FIELDS = ("value", "unit", "period", "dims")


@dataclass(frozen=True, slots=True)
class Decile:
    """Observations whose confidence lies in [low, low + 0.1): their number, mean confidence and share right."""

    low: float
    n: int
    confidence: float
    right: float


def calibration(observations: Iterable[Observation], gold: list[dict[str, str]]) -> list[Decile]:
    """One row a decile that has observations with a gold row; right means value, unit, period and dims."""
    wanted = {
        (int(g["table_no"]), int(g["row"]), int(g["col"]), int(g["part"] or 0)): g for g in gold if g["row"]
    }
    told: dict[int, list[tuple[float, bool]]] = {}
    for o in observations:
        row = wanted.get((o.table_no, o.row, o.col, o.part))
        if row is not None:
            figures = score([o], [row])
            right = all(figures[f]["R"] == 1 for f in FIELDS)
            told.setdefault(min(9, math.floor(o.confidence * 10)), []).append((o.confidence, right))
    return [
        Decile(d / 10, len(xs), sum(c for c, _ in xs) / len(xs), sum(r for _, r in xs) / len(xs))
        for d, xs in sorted(told.items())
    ]


def measured(hide: Hide) -> list[Decile]:
    """The deciles over all gold reports, each table read alone under the rules that `hide` leaves."""
    pooled: list[Decile] = []
    for folder in reports():
        gold, cells = gold_rows(folder), grids(folder)[1]
        for table_no in sorted({int(g["table_no"]) for g in gold}):
            rows = [g for g in gold if int(g["table_no"]) == table_no]
            rules = hide(load(), texts_of(cells, table_no))
            pooled += calibration(read(folder, rules, table_no).observations, rows)
    return _merged(pooled)


def _merged(deciles: Iterable[Decile]) -> list[Decile]:
    by_low: dict[float, list[Decile]] = {}
    for d in deciles:
        by_low.setdefault(d.low, []).append(d)
    out = []
    for low, ds in sorted(by_low.items()):
        n = sum(d.n for d in ds)
        out.append(
            Decile(low, n, sum(d.confidence * d.n for d in ds) / n, sum(d.right * d.n for d in ds) / n)
        )
    return out


def main() -> None:
    """Print both tables."""
    if not reports():
        sys.exit("no gold beside the repository (../shared/gold): nothing to measure")
    for hide in (everything, without_words):
        print(f"{hide.__name__}\n  confidence      n   mean   right")
        for d in measured(hide):
            print(f"  {d.low:.1f}–{d.low + 0.1:.1f}  {d.n:9d}  {d.confidence:.3f}  {d.right:.3f}")


if __name__ == "__main__":
    main()
