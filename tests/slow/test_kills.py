"""kill -9 of the run or of one of its workers, at moments spread over the whole run; then a rerun.

Whatever was cut off: the datasets are those of a clean run, and every file has one row.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import psutil
import pytest

from pipeline import flow
from tests.archives import archive, bytes_of, report, start

RUN = """
from pipeline import flow
flow.run(sys.argv[1], Path(sys.argv[2]), workers=2)
"""
MOMENTS = 36  # of each kind


@dataclass(frozen=True)
class Scene:
    """An archive, the output from before its last file came, the bytes of a clean run, and its seconds."""

    raw: Path
    before: Path
    clean: dict[str, str]
    seconds: float


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("kills")
    raw = archive(folder / "raw")
    flow.run(raw, folder / "before")
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    began = time.monotonic()
    assert start(RUN, raw, folder / "clean").wait(120) == 0
    return Scene(raw, folder / "before", bytes_of(folder / "clean"), time.monotonic() - began)


def output(scene: Scene, folder: Path, rnd: random.Random) -> Path:
    """None yet, or the one from before the last file came."""
    if rnd.random() < 0.5:
        shutil.copytree(scene.before, folder / "out", symlinks=True)
    return folder / "out"


def assert_clean(scene: Scene, out: Path) -> None:
    assert bytes_of(out) == scene.clean
    assert sorted(pd.read_parquet(out / "documents").source) == flow.discover(scene.raw)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_the_run_is_killed_and_run_again(scene: Scene, tmp_path: Path, seed: int) -> None:
    rnd = random.Random(f"main {seed}")
    out = output(scene, tmp_path, rnd)
    run = start(RUN, scene.raw, out)
    time.sleep(rnd.uniform(0, scene.seconds))
    run.kill()
    assert run.wait(60) in (0, -signal.SIGKILL)
    flow.run(scene.raw, out)  # at once: workers of the killed run may still be at work
    assert_clean(scene, out)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_worker_is_killed_and_the_run_goes_on(scene: Scene, tmp_path: Path, seed: int) -> None:
    rnd = random.Random(f"worker {seed}")
    out = output(scene, tmp_path, rnd)
    run = start(RUN, scene.raw, out)
    time.sleep(rnd.uniform(0, scene.seconds))
    killed = kill_a_worker(run, rnd)
    said, fault = run.communicate(timeout=120)
    assert run.returncode == 0, (killed, said, fault)
    assert_clean(scene, out)


def kill_a_worker(run: subprocess.Popen[str], rnd: random.Random) -> int | None:
    """Kill one of the processes that work for the run, when there is one; None where the run ended first."""
    while run.poll() is None:
        try:
            found = [c for c in psutil.Process(run.pid).children() if "spawn_main" in " ".join(c.cmdline())]
            if found:
                worker = rnd.choice(found)
                worker.kill()
                return worker.pid
        except psutil.Error:
            continue
        time.sleep(0.02)
    return None
