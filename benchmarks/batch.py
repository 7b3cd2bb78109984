"""The batch over generated archives: reports a second, memory, reruns, and a cluster against processes.

    python -m benchmarks.batch --reports 1000 --many 10000 --dask

Archives and outputs lie below build/bench and are made once; each measured run begins without an output.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median

from lxml import etree

from benchmarks.archive import generate
from benchmarks.measure import side_by_side
from pipeline import compiled, flow
from pipeline.batch.work import make_result
from pipeline.extract import extract
from pipeline.read.package import W
from pipeline.rules import load
from pipeline.segment import tokens
from pipeline.store import write_result
from pipeline.tables.labels import label_reader

BUILD = Path("build/bench")
# What the heaviest reports at hand have of each for one that a sample has.
PROSE, TABLES = 15, 2
_STOP = "。"
_FIGURE = re.compile(r"(?<![\d.])[1-9]\d{1,3}(?![\d.年])")


@dataclass(slots=True)
class Measured:
    """One run: seconds in all and of reading, processor seconds, files, peak memory of any process but this.

    Processor seconds say more than the clock where others use the machine too.
    """

    seconds: float
    reading: float
    cpu: float
    files: int
    peak_mib: float


def measured(raw: Path, out: Path, **options: object) -> Measured:
    """Run once over `raw` and watch."""
    began, worked = time.perf_counter(), processor()
    watch = Watch()
    summary = flow.run(raw, out, told=watch.told, **options)  # type: ignore[arg-type]
    seconds, cpu = time.perf_counter() - began, processor() - worked
    return Measured(seconds, watch.read - began, cpu, sum(summary.files.values()), watch.peak)


def processor() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


class Watch:
    """Hears how far a run has come, and looks at the memory of its processes now and then."""

    def __init__(self) -> None:
        self.peak = 0.0
        self.read = 0.0
        self.heard = 0

    def told(self, step: flow.Step) -> None:
        self.heard += 1
        if step.name == "reading":
            self.read = time.perf_counter()
        if self.heard % 50 == 0 or step.done == step.total or step.name == "merging":
            self.peak = max([self.peak, *map(peak_of, children(os.getpid()))])


def children(pid: int) -> list[int]:
    """The processes that a process has started, and theirs (Linux)."""
    own = [int(c) for t in Path(f"/proc/{pid}/task").glob("*/children") for c in t.read_text().split()]
    return own + [below for child in own for below in children(child)]


def peak_of(pid: int) -> float:
    """The most memory that a process ever had, in MiB; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return max((int(x.split()[1]) / 1024 for x in status.splitlines() if x.startswith("VmHWM")), default=0.0)


def full_weight(data: bytes, n: int) -> bytes:
    """A sample with as much prose and as many tables as the heaviest reports at hand; `n` varies figures.

    What is repeated contradicts what it repeats: such a report has thousands of findings.
    """
    return _with_body(data, lambda xml: _repeated(xml, n))


def corrected(data: bytes, n: int) -> bytes:
    """A sample in which every third figure is another, as in a report that is filed again; `n` says how much."""
    return _with_body(data, lambda xml: _varied(xml, n))


def _with_body(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    source = zipfile.ZipFile(BytesIO(data))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part) if name == "word/document.xml" else part)
    return out.getvalue()


def _varied(xml: bytes, n: int) -> bytes:
    root = etree.fromstring(xml)
    for text in [t for t in root.iter(f"{W}t") if t.text and _FIGURE.search(t.text)][::3]:
        text.text = _FIGURE.sub(lambda m: str(int(m[0]) + n), text.text)
    return etree.tostring(root)


def _repeated(xml: bytes, n: int) -> bytes:
    root = etree.fromstring(xml)
    body = root.find(f"{W}body")
    assert body is not None
    for element in list(body):
        prose = element.tag == f"{W}p" and _STOP in "".join(t.text or "" for t in element.iter(f"{W}t"))
        times = PROSE if prose else TABLES if element.tag == f"{W}tbl" else 1
        for k in range(times - 1, 0, -1):
            copy = deepcopy(element)
            for text in (t for t in copy.iter(f"{W}t") if t.text):
                text.text = _FIGURE.sub(lambda m, k=k: str(int(m[0]) + (k * 7 + n) % 89), text.text)
            element.addnext(copy)
    return etree.tostring(root)


def archive(count: int) -> Path:
    """`count` generated reports, below build/bench."""
    folder = BUILD / f"reports-{count}"
    if not (folder / ".whole").exists():
        generate(folder, count)
        (folder / ".whole").touch()
    return folder


def heavy_archive(count: int) -> Path:
    """`count` generated reports of full weight, below build/bench."""
    folder = BUILD / f"full-{count}"
    if not (folder / ".whole").exists():
        light = archive(count)
        for n, path in enumerate(sorted(light.rglob("*.docx"))):
            target = folder / path.relative_to(light)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(full_weight(path.read_bytes(), n))
        (folder / ".whole").touch()
    return folder


def fresh(name: str) -> Path:
    """A folder for an output that is not there yet."""
    out = BUILD / name
    shutil.rmtree(out, ignore_errors=True)
    return out


def speed(title: str, raw: Path) -> Measured:
    """Print reports a second on one and on two processes, and return the second."""
    print(f"\n{title}: {len(list(raw.rglob('*.docx')))} reports")
    runs = {}
    for workers in (1, 2):
        runs[workers] = m = measured(raw, fresh(f"out-{workers}"), workers=workers)
        print(
            f"{workers} worker{'s' if workers > 1 else ' '} {m.seconds:9.1f} s {m.files / m.seconds:8.1f} reports/s"
            f"  reading {m.reading:.1f} s, merge and compare {m.seconds - m.reading:.1f} s,"
            f" {1000 * m.cpu / m.files:.0f} processor ms a report  peak {m.peak_mib:.0f} MiB a worker"
        )
    one, two = runs[1], runs[2]
    print(
        f"parallel efficiency: {one.reading / two.reading / 2:.2f} of reading, {one.seconds / two.seconds / 2:.2f} of"
        f" the whole run, {one.cpu / two.cpu:.2f} of processor time"
    )
    return two


def cluster(raw: Path, pool: Measured) -> None:
    """Print the time of the same run over a Dask cluster on this machine."""
    try:
        import distributed
    except ImportError:
        print("Dask: not installed")
        return
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as found:
        m = measured(raw, fresh("out-dask"), scheduler=found.scheduler_address)
    print(
        f"Dask, 2 workers {m.seconds:.1f} s, {m.seconds / pool.seconds - 1:+.0%} against 2 processes"
        f"  peak {m.peak_mib:.0f} MiB a process"
    )


def command(raw: Path, out: Path) -> float:
    """Seconds of `nianbao run` as a person starts it: with the start of Python and all imports.

    A person's Python keeps what it has compiled, even where the one that measures does not.
    """
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str((BUILD / "bytecode").absolute())
    began = time.perf_counter()
    run = [sys.executable, "-m", "pipeline.cli", "run", str(raw), "--out", str(out), "--workers", "2"]
    subprocess.run(run, check=True, capture_output=True, env=kept)
    return time.perf_counter() - began


def reruns(raw: Path) -> None:
    """Print the times of a first run, one without changes, and one after one file has changed."""
    count = len(list(raw.rglob("*.docx")))
    m = measured(raw, fresh("out-many"), workers=2)
    out = BUILD / "out-many"
    stored = {
        name: size(p) / count / 1024
        for name, p in (("results", out / ".results"), ("datasets", out / ".current"))
    }
    print(
        f"\nfirst run over {count}: {m.seconds:.0f} s, {m.files / m.seconds:.1f} reports/s; reading {m.reading:.0f} s,"
        f" merge and compare {m.seconds - m.reading:.0f} s; peak {m.peak_mib:.0f} MiB a worker"
    )
    print(f"on disk, KiB a report: {stored['datasets']:.1f} datasets, {stored['results']:.1f} kept results")
    command(raw, out)  # files written in the same moments as the run are looked at again once
    print(f"nothing changed: {min(command(raw, out) for _ in range(3)):.1f} s")
    one_changed(raw, out)


def one_changed(raw: Path, out: Path, runs: int = 5) -> None:
    """Print the times of runs after one file in the middle of the archive has changed."""
    paths = sorted(raw.rglob("*.docx"))
    path = paths[len(paths) // 2]
    before = path.read_bytes()
    try:
        for what, change in (("as light as the samples", corrected), ("of full weight", full_weight)):
            times = []
            for n in range(1, runs + 1):
                path.write_bytes(change(before, n))
                times.append(command(raw, out))
            print(
                f"one file changed, {what}: median {median(times):.1f} s, {min(times):.1f}–{max(times):.1f} s"
            )
    finally:
        path.write_bytes(before)
    command(raw, out)


def size(folder: Path) -> int:
    """Bytes below a folder."""
    return sum(p.stat().st_size for p in folder.resolve().rglob("*") if p.is_file())


def floor_ratio(path: Path, runs: int = 15) -> None:
    """Print one report through everything against inflate + parse + tokens + write, with jieba and with rjieba."""
    rules, data = load(), path.read_bytes()
    results = fresh("out-one")
    rows = extract(data, path.name, rules)
    texts = [b.text for b in rows.rows["blocks"]] + [c.text for c in rows.rows["cells"]]

    def least(tag: tokens.Tagger) -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for name in package.namelist():
                part = package.read(name)
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(part)
        for text in texts:
            tag(text)
        write_result(results, "0" * 64, rows)

    def whole() -> None:
        label_reader.cache_clear()  # as the first report of its process: no label is known from the run before
        make_result(results, "1" * 64, data, path.name, rules)

    read_by = "compiled modules" if compiled.use() else "sources"
    print(f"\none report, {path.name}, read by {read_by}, against the floor (inflate, parse, tokens, write):")
    rust, plain = tokens.rust_tagger, tokens.plain_tagger
    for name, make in (("jieba", plain), ("rjieba", rust)):
        tag = make(rules.dictionary)
        tokens.tagger.cache_clear()
        tokens.rust_tagger = make
        floor, mid = side_by_side(lambda tag=tag: least(tag), whole, runs)
        print(
            f"with {name:7} {mid:6.0f} ms, {mid / floor:.2f} × the floor of {floor:.0f} ms (medians of {runs})"
        )
    tokens.rust_tagger = rust
    tokens.tagger.cache_clear()


def bench(path: Path, reports: int = 60, many: int = 300, dask: bool = False) -> None:
    """Print all figures; the sizes are those of the archives that are generated."""
    floor_ratio(path)

    speed("reports as light as the samples", archive(reports))
    pool = speed("reports of full weight", heavy_archive(reports))
    if dask:
        cluster(heavy_archive(reports), pool)
    reruns(archive(many))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000, help="reports for speed and memory")
    parser.add_argument("--many", type=int, default=10_000, help="reports for the reruns")
    parser.add_argument("--dask", action="store_true", help="also over a Dask cluster on this machine")
    parser.add_argument("--one", type=Path, default=None, help="the report for the floor ratio")
    args = parser.parse_args()
    one = args.one or max(Path("raw").rglob("*.docx"), key=lambda p: (p.stat().st_size, p.name))
    bench(one, args.reports, args.many, args.dask)


if __name__ == "__main__":
    main()
