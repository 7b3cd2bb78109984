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


def peak_mib(code: str, *args: str) -> float:
    """Peak memory in MiB of a fresh Python that runs `code`."""
    code += "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    out = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True)
    return float(out.stdout.split()[-1])
