"""`make bench`: run the benchmarks one after the other and print their figures."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--reports", type=Path, default=Path("raw"), help="folder of reports; the largest is measured"
    )
    args = parser.parse_args()
    folder = args.reports if args.reports.exists() else Path("raw")
    reader.bench(max(folder.rglob("*.docx"), key=lambda p: (p.stat().st_size, p.name)))


if __name__ == "__main__":
    main()
