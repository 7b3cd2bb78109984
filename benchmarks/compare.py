"""Facts, comparison and audit over a simulated archive: time, peak memory, and growth with the archive.

    python -m benchmarks.compare --reports 10000 --largest 100000 --workers 2

The datasets of the sample reports are copied as often as it takes, each copy with regions, reports and figures of
its own, straight into the parts that a run would merge: what is measured begins there. It ends with the comparison
that one report less costs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.batch import children, peak_of
from pipeline import flow
from pipeline.batch.comparing import Comparison, compare
from pipeline.batch.engines import engine
from pipeline.batch.pieces import Folders
from pipeline.rules import load
from pipeline.schema import ARCHIVE_DATASETS, DATASETS
from pipeline.store.build import Built
from pipeline.store.parquet import path_of
from pipeline.store.parts import Member, Part, parts_of

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "build" / "bench" / "compare" / "samples"
PROVINCES, PREFECTURES = 31, 99
_ID = "doc_id || '-' || k AS doc_id"
_OWNER = "if(regexp_matches({0}, '(学校|学院|中学)$'), k || '号' || {0}, {0}) AS {0}"
_REGION = "region_of(region_code, k) AS region_code"
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


def bench(reports: int = 10_000, largest: int = 0, workers: int = 1) -> None:
    """Measure an archive of `reports` reports, and with `largest` one of so many, and the growth between them."""
    print(f"\nfacts, yoy, districts and findings over a simulated archive, {workers} workers")
    small = _measure(reports, workers)
    if largest:
        print(f"growth: {_measure(largest, workers) / small / (largest / reports):.2f} × linear")


def _measure(reports: int, workers: int) -> float:
    """Seconds that the comparison takes."""
    folder, parts, read = simulate(reports)
    print(f"{reports:>9,} reports in {len(parts):,} parts")
    pieces, seconds, peak = _compared(folder, None, parts, read, {}, workers)
    for name in ARCHIVE_DATASETS:
        print(f"    {name:10} {sum(b.rows.get(name, 0) for b in pieces.values()):>12,} rows")
    print(
        f"    in all    {seconds:8.1f} s {1000 * seconds / reports:7.2f} ms a report  peak {peak:4.0f} MiB a worker"
    )
    fewer = [*parts[:-1], Part(parts[-1].year, parts[-1].name, parts[-1].members[:-1])]
    new = folder.with_name(f"{folder.name}-new")
    for path in (p for built in read.values() for p in built.files):
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        (new / path).hardlink_to(folder / path)
    _, again, _ = _compared(new, folder, fewer, read, pieces, workers)
    print(f"    one report less {again:8.1f} s")
    shutil.rmtree(folder)
    shutil.rmtree(new)
    return seconds


def _compared(
    new: Path,
    old: Path | None,
    parts: list[Part],
    read: dict[str, Built],
    before: dict[str, Built],
    workers: int,
) -> tuple[dict[str, Built], float, float]:
    """(what was made, seconds, peak MiB of a worker)"""
    peak = 0.0
    start = time.perf_counter()

    def told(step: str, done: int, total: int) -> None:
        nonlocal peak
        if done % 10 == 0 or done == total:
            peak = max([peak, *map(peak_of, children(os.getpid()))])
        if done == total:
            print(f"    {step:10} {total:>6,} pieces {time.perf_counter() - start:8.1f} s", flush=True)

    with engine(workers, None, load().batch) as opened:
        comparison = Comparison(opened, Folders(new, old, new), {}, None, before, told)
        made = compare(comparison, parts, read)
        return made, time.perf_counter() - start, peak


def simulate(reports: int) -> tuple[Path, list[Part], dict[str, Built]]:
    """A folder with documents, tables, observations and claims of so many reports as a run merges them.

    With it the parts, and what became of each.
    """
    if not (SAMPLES / "documents").exists():
        flow.run(ROOT / "raw", SAMPLES)
    folder = SAMPLES.parent / str(reports)
    shutil.rmtree(folder, ignore_errors=True)
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as db:
        copies = -(-reports // _region_macro(db))
        parts = _parts(db, copies)
        read = {part.key: Built(part.digest) for part in parts}
        for name in COPIES:
            for key, path in _copied(db, name, folder, copies, parts):
                read[key].files[path.relative_to(folder).as_posix()] = path.stat().st_size
    return folder, parts, read


def _region_macro(db: duckdb.DuckDBPyConnection) -> int:
    """Define region_of(code, copy): prefectures of its own until there are no more, then districts; return reports."""
    documents = f"read_parquet('{SAMPLES}/documents/*.parquet')"
    codes = [
        c
        for (c,) in db.sql(
            f"SELECT DISTINCT coalesce(region_code, '') FROM {documents} ORDER BY 1"
        ).fetchall()
    ]
    prefectures = sorted({code[:4] for code in codes})
    number = f"(k * {len(prefectures)} + list_position({prefectures}, coalesce(code, '')[:4]) - 1)"
    among = f"({len(codes)} * ({number} // {PROVINCES * PREFECTURES}) + list_position({codes}, coalesce(code, '')))"
    db.execute(
        f"""CREATE MACRO region_of(code, k) AS printf('%02d%02d%02d',
            11 + {number} % {PROVINCES}, 1 + {number} // {PROVINCES} % {PREFECTURES}, {among})"""
    )
    [(own,)] = db.sql(f"SELECT count(*) FROM {documents} WHERE status = 'ok'").fetchall()
    return int(own)


def _parts(db: duckdb.DuckDBPyConnection, copies: int) -> list[Part]:
    rows = db.sql(
        f"""SELECT doc_id || '-' || k, report_year, region_of(region_code, k)
            FROM read_parquet('{SAMPLES}/documents/*.parquet'), range({copies}) AS copies(k) WHERE status = 'ok'"""
    ).fetchall()
    parts = parts_of(Member(doc, doc, doc, year, region) for doc, year, region in rows)
    placed = [(m.source, n) for n, part in enumerate(parts) for m in part.members]
    lines = pa.table({"doc_id": [doc for doc, _ in placed], "part_no": [n for _, n in placed]})
    db.register("placed_rows", lines)
    db.execute("CREATE TABLE placed AS SELECT * FROM placed_rows")
    return parts


def _copied(
    db: duckdb.DuckDBPyConnection, name: str, folder: Path, copies: int, parts: list[Part]
) -> Iterable[tuple[str, Path]]:
    """Write the copies of one dataset, a file a part; (key of the part, its file)."""
    changed, order = COPIES[name]
    source = f"read_parquet('{SAMPLES}/{name}/**/*.parquet', hive_partitioning = true)"
    left_out = "k, report_year" if DATASETS[name].partitioned else "k"
    staged = folder / f"{name}.parts"
    staged.mkdir(parents=True)
    db.execute("SET partitioned_write_flush_threshold = 20000")
    db.execute(
        f"""COPY (
          SELECT copied.*, part_no FROM (
            SELECT * EXCLUDE ({left_out}) REPLACE ({", ".join(changed)}) FROM {source}, range({copies}) AS copies(k)
          ) copied JOIN placed USING (doc_id) ORDER BY part_no, {order}
        ) TO '{staged}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part_no), OVERWRITE_OR_IGNORE)"""
    )
    for number, part in enumerate(parts):
        files = sorted((staged / f"part_no={number}").glob("*.parquet"))
        for extra, file in enumerate(files):
            path = path_of(folder, DATASETS[name], part.year, part.name + (f"_{extra}" if extra else ""))
            path.parent.mkdir(parents=True, exist_ok=True)
            yield part.key, file.rename(path)
    shutil.rmtree(staged)


def main() -> None:
    """Run it for sizes of one's own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--largest", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    bench(args.reports, args.largest, args.workers)


if __name__ == "__main__":
    main()
