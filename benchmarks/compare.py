"""Facts, comparison and audit over a simulated archive: time, peak memory, and growth with the archive.

The datasets of the sample reports are copied as often as it takes, each copy with regions, reports and figures of
its own, straight into Parquet: what is measured begins where documents have been read.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

import duckdb

from benchmarks.measure import peak_mib
from pipeline import flow

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "build" / "bench" / "compare" / "samples"
WORK = """
import sys, time
from pathlib import Path
from pipeline.compare import derive
from pipeline.rules import load
from pipeline.schema import ARCHIVE_DATASETS
from pipeline.store.parquet import write_series
folder, rules, start = Path(sys.argv[1]), load(), time.perf_counter()
for name, batches in derive(folder, rules):
    rows = write_series(folder, ARCHIVE_DATASETS[name], batches, {})
    print(f"    {name:10} {rows:>12,} rows {time.perf_counter() - start:8.1f} s", file=sys.stderr, flush=True)
    start = time.perf_counter()
"""
_ID = "doc_id || '-' || k AS doc_id"
_OWNER = "if(regexp_matches({0}, '(学校|学院|中学)$'), k || '号' || {0}, {0}) AS {0}"
_REGION = "coalesce(region_code, '') || k AS region_code"
# A copy multiplies counts by a whole number: sums, shares and years keep fitting together as they did.
_COUNT = "if({}, std_value * (1 + k % 40), std_value) AS std_value"
_COUNTED = "std_unit IN ('人', '元', '个', '台')"
# What each copy changes, and what its rows are sorted by.
COPIES = {
    "documents": ((_ID, _REGION, _OWNER.format("org")), "doc_id"),
    "tables": ((_ID,), "doc_id"),
    "observations": ((_ID, _REGION, _OWNER.format("entity"), _COUNT.format(_COUNTED)), "region_code, doc_id"),
    "claims": (
        (
            _ID,
            _REGION,
            _OWNER.format("entity"),
            _COUNT.format(f"{_COUNTED} AND relation IN ('level', 'difference')"),
        ),
        "region_code, doc_id",
    ),
}


def bench(reports: int = 10_000, largest: int = 0) -> None:
    """Measure an archive of `reports` reports, and with `largest` one of so many, and the growth between them."""
    print("\nfacts, yoy, districts and findings over a simulated archive")
    small = _measure(reports)
    if largest:
        print(f"growth: {_measure(largest) / small / (largest / reports):.2f} × linear")


def _measure(reports: int) -> float:
    folder = simulate(reports)
    start = time.perf_counter()
    peak = peak_mib(WORK, str(folder))
    seconds = time.perf_counter() - start
    print(
        f"{reports:>9,} reports {seconds:8.1f} s  {1000 * seconds / reports:6.2f} ms a report  peak {peak:6.0f} MiB"
    )
    shutil.rmtree(folder)
    return seconds


def simulate(reports: int) -> Path:
    """A folder with documents, tables, observations and claims of so many reports, sorted as a run sorts them."""
    if not (SAMPLES / "documents").exists():
        flow.run(ROOT / "raw", SAMPLES)
    folder = SAMPLES.parent / str(reports)
    shutil.rmtree(folder, ignore_errors=True)
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as db:
        [(own,)] = db.sql(
            f"SELECT count(*) FROM '{SAMPLES}/documents/**/*.parquet' WHERE status = 'ok'"
        ).fetchall()
        for name in COPIES:
            _copy(db, name, folder, -(-reports // own))
    return folder


def _copy(db: duckdb.DuckDBPyConnection, name: str, folder: Path, copies: int) -> None:
    source = f"read_parquet('{SAMPLES}/{name}/**/*.parquet', hive_partitioning = true)"
    changed, order = COPIES[name]
    by_year = name != "documents"
    left_out = "k, report_year" if by_year else "k"
    for (year,) in db.sql(f"SELECT DISTINCT report_year FROM {source} ORDER BY 1").fetchall():
        part = folder / name / (f"report_year={year or 0}" if by_year else ".")
        part.mkdir(parents=True, exist_ok=True)
        same_year = f"report_year IS NOT DISTINCT FROM {'NULL' if year is None else year}"
        db.execute(
            f"""COPY (
              SELECT * EXCLUDE ({left_out}) FROM (
                SELECT * REPLACE ({", ".join(changed)}) FROM {source}, range({copies}) AS copies(k) WHERE {same_year}
              ) ORDER BY {order}
            ) TO '{part}/part-{year or 0}.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 64000)"""
        )


def main() -> None:
    """Run it for sizes of one's own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--largest", type=int, default=0)
    args = parser.parse_args()
    bench(args.reports, args.largest)


if __name__ == "__main__":
    main()
