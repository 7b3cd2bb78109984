"""How a benchmark measures: the median and the best of some runs, and the peak memory of a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median


def timed(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """(median, best) milliseconds of `runs` runs after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times), min(times)


def side_by_side(one: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median milliseconds of both, in turn: a machine whose clock changes changes it for both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for work, taken in zip((one, other), times, strict=True):
            start = time.perf_counter()
            work()
            taken.append((time.perf_counter() - start) * 1000)
    return median(times[0][1:]), median(times[1][1:])


def peak_mib(code: str, *args: str) -> float:
    """Peak memory in MiB of a fresh Python that runs `code` (Linux: a child's ru_maxrss begins at its parent's)."""
    code += (
        "\nprint([int(x.split()[1]) / 1024 for x in open('/proc/self/status') if x.startswith('VmHWM')][0])"
    )
    out = subprocess.run([sys.executable, "-c", code, *args], stdout=subprocess.PIPE, text=True, check=True)
    return float(out.stdout.split()[-1])
