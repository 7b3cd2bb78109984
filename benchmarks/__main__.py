"""`make bench`: run the benchmarks one after the other and print their figures.

The archives of the size that the targets name take about an hour; `make bench BENCH="--archive 60 --many 300"` is for
a look, and says nothing about targets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import batch, calibration, claims, compare, leave_one_out, reader, stages
from benchmarks.gold import reports as gold_reports


def main() -> None:
    """Measure the largest report of a folder; with gold at hand, also what depends on it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--reports", type=Path, default=Path("raw"), help="folder of reports; the largest is measured"
    )
    parser.add_argument(
        "--archive", type=int, default=1000, help="reports that are read, for speed and memory"
    )
    parser.add_argument("--many", type=int, default=10_000, help="reports for reruns and for the comparison")
    args = parser.parse_args()
    folder = args.reports if args.reports.exists() else Path("raw")
    report = max(folder.rglob("*.docx"), key=lambda p: (p.stat().st_size, p.name))
    reader.bench(report)
    stages.bench(report)
    claims.bench(report)
    batch.bench(report, args.archive, args.many, dask=True)
    compare.bench(args.many)
    if gold_reports():
        print("\nleave one out: tables read with their own vocabulary hidden")
        leave_one_out.main()
        print("\ncalibration of confidence")
        calibration.main()


if __name__ == "__main__":
    main()
