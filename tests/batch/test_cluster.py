"""The same run over a Dask cluster: the same bytes, also where a worker dies."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pipeline import flow
from pipeline.store import StoreError
from tests.archives import archive, assert_as_clean

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def test_a_run_over_a_scheduler_gives_the_bytes_of_a_clean_run(tmp_path: Path, scheduler: str) -> None:
    raw = archive(tmp_path / "raw")
    summary = flow.run(raw, tmp_path / "out", scheduler=scheduler)
    assert summary.files == {"ok": 12, "duplicate": 1, "quarantined": 2}
    assert_as_clean(raw, tmp_path / "out")


def test_a_killed_dask_worker_costs_nothing(tmp_path: Path, scheduler: str) -> None:
    raw = archive(tmp_path / "raw")
    killed = []

    def told(step: flow.Step) -> None:
        if step.name == "reading" and step.done == 2:
            for process in psutil.Process().children(recursive=True):
                if "spawn_main" in " ".join(process.cmdline()) and not killed:
                    process.kill()
                    killed.append(process.pid)

    summary = flow.run(raw, tmp_path / "out", scheduler=scheduler, told=told)
    assert killed
    assert summary.files["ok"] == 12
    assert_as_clean(raw, tmp_path / "out")


def test_a_scheduler_that_is_killed_is_said_and_what_is_done_is_kept(tmp_path: Path) -> None:
    raw = archive(tmp_path / "raw")
    port = "--port=0", f"--scheduler-file={tmp_path / 'scheduler.json'}", "--no-dashboard"
    scheduler = dask("scheduler", "--host=127.0.0.1", *port)
    worker = dask("worker", port[1], "--nthreads=1", "--no-dashboard")
    try:
        address = address_in(tmp_path / "scheduler.json")

        def told(step: flow.Step) -> None:
            if step.name == "reading" and step.done == 2:
                scheduler.kill()

        with pytest.raises(StoreError, match="is gone; run again"):
            flow.run(raw, tmp_path / "out", scheduler=address, told=told)
    finally:
        for process in (scheduler, worker):
            process.terminate()
            process.wait(30)
    assert_as_clean(raw, tmp_path / "out")


def dask(*command: str) -> subprocess.Popen[bytes]:
    """`dask scheduler`, `dask worker`, as a person starts them."""
    run = [sys.executable, "-m", "dask", *command]
    return subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def address_in(file: Path) -> str:
    """Where the scheduler listens, when it has said so."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if file.exists() and file.stat().st_size:
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.1)
    raise TimeoutError(file)


def test_a_scheduler_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no Dask scheduler answers"):
        flow.run("raw", tmp_path / "out", scheduler="tcp://127.0.0.1:9")
