"""Faults that are really caused; after each a rerun gives the bytes of a clean run, and a row a file."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest

from pipeline import flow
from pipeline.batch.status import status
from pipeline.rules import load
from pipeline.store import StoreError, current_version
from tests.archives import archive, assert_as_clean, bytes_of, report, rules_with, start
from tests.building import docx, p

RUN = """
from pipeline import flow
flow.run(sys.argv[1], Path(sys.argv[2]), workers=2)
"""
# Ends itself with kill -9 at the n-th time that the run says how far it has come.
KILL_AT = """
from pipeline import flow
left = [int(sys.argv[3])]
def told(step):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
flow.run(sys.argv[1], Path(sys.argv[2]), workers=int(sys.argv[4]), told=told)
"""
# Ends itself with kill -9 before the n-th link or rename of the switch to the new version.
KILL_IN_SWITCH = """
from pipeline import flow
from pipeline.store import versions
left, link = [int(sys.argv[3])], versions._link
def dying(*args):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    link(*args)
versions._link = dying
flow.run(sys.argv[1], Path(sys.argv[2]))
"""
LIMITED = """
import resource
from pipeline import flow
from pipeline.store import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    flow.run(sys.argv[1], Path(sys.argv[2]), workers=int(sys.argv[4]))
except StoreError as e:
    print(e)
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return archive(tmp_path / "raw")


@pytest.mark.parametrize(("at", "workers"), [(4, 0), (9, 2), (18, 0), (20, 0), (22, 0)])
def test_killed_while_reading_merging_and_comparing(raw: Path, tmp_path: Path, at: int, workers: int) -> None:
    killed = start(KILL_AT, raw, tmp_path / "out", at, workers)
    assert killed.wait(60) == -signal.SIGKILL
    assert_as_clean(raw, tmp_path / "out")


@pytest.mark.parametrize("at", [1, 2, 7, 14])
def test_killed_in_the_switch_the_old_or_the_new_version_stands(raw: Path, tmp_path: Path, at: int) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    before = bytes_of(out)
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    for name in ("facts", "cells"):  # the links are made again where they are gone
        (out / name).unlink()
    killed = start(KILL_IN_SWITCH, raw, out, at)
    assert killed.wait(60) in (0, -signal.SIGKILL)
    standing = {k: v for k, v in bytes_of(out).items() if not k.startswith(("facts", "cells"))}
    old = {k: v for k, v in before.items() if not k.startswith(("facts", "cells"))}
    assert (standing == old) == (at == 1)
    assert_as_clean(raw, out)


def test_a_killed_worker_costs_nothing(raw: Path, tmp_path: Path) -> None:
    killed = []

    def told(step: flow.Step) -> None:
        if step.done in (3, 8) and step.name == "reading":
            child = psutil.Process().children()[-1]
            child.kill()
            killed.append(child.pid)

    summary = flow.run(raw, tmp_path / "out", workers=2, told=told)
    assert killed
    assert summary.files == {"ok": 12, "duplicate": 1, "quarantined": 2}
    assert_as_clean(raw, tmp_path / "out")


def test_a_file_that_hangs_the_parser_is_quarantined_and_the_rest_goes_on(raw: Path, tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules", "batch.yaml", "seconds: 120", "seconds: 4")
    endless = "".join(
        p(f"第{n}所学校有学生{n}人，占全区的{n % 100}%，比上年增长{n % 9}个百分点。" * 20)
        for n in range(4000)
    )
    (raw / "2023/没完没了.docx").write_bytes(docx(endless))
    summary = flow.run(raw, tmp_path / "out", workers=2, rules_folder=rules)
    codes = {source: error.split(":")[0] for source, error in summary.quarantined}
    assert codes == {"2023/没完没了.docx": "TIMEOUT", "不是.docx": "NOT_DOCX", "空.docx": "EMPTY_FILE"}
    assert summary.files["ok"] == 12
    (raw / "2023/没完没了.docx").unlink()
    assert_as_clean(raw, tmp_path / "out", rules)


def test_a_file_that_eats_memory_is_quarantined_and_the_rest_goes_on(raw: Path, tmp_path: Path) -> None:
    rules = rules_with(
        tmp_path / "rules", "batch.yaml", "memory_bytes: 4294967296", "memory_bytes: 1073741824"
    )
    (raw / "2023/太多.docx").write_bytes(docx("".join(p(f"{n}") for n in range(900_000))))
    summary = flow.run(raw, tmp_path / "out", workers=1, rules_folder=rules)
    codes = {source: error.split(":")[0] for source, error in summary.quarantined}
    assert codes["2023/太多.docx"] in ("OUT_OF_MEMORY", "WORKER_LOST")
    assert summary.files["ok"] == 12
    again = status(raw, tmp_path / "out", load(rules)).files["unsettled"]
    assert "2023/太多.docx" in again  # with more memory it may be read


@pytest.mark.parametrize("workers", [0, 2])
def test_a_file_that_cannot_grow_ends_the_run_and_keeps_the_old_datasets(
    raw: Path, tmp_path: Path, workers: int
) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    before = bytes_of(out)
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024) + b"")
    limited = start(LIMITED, raw, out, 2000, workers)
    said, fault = limited.communicate(timeout=60)
    assert "cannot be written" in said, fault
    assert "make room" in said
    assert bytes_of(out) == before
    assert_as_clean(raw, out)


def mounted(folder: Path, options: str) -> bool:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("size", ["40k", "200k", "400k"])
def test_a_full_disk_ends_the_run_with_what_to_do(raw: Path, tmp_path: Path, size: str) -> None:
    disk = tmp_path / "disk"
    if not mounted(disk, f"size={size}"):
        pytest.skip("only root may mount")
    try:
        with pytest.raises(StoreError, match="No space left.*make room"):
            flow.run(raw, disk / "out", workers=2)
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        assert_as_clean(raw, disk / "out")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_an_output_that_is_read_only_is_said_at_once(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if os.geteuid() != 0:
        out.mkdir(mode=0o555)
        with pytest.raises(StoreError, match="cannot be written"):
            flow.run(raw, out)
        return
    if not mounted(out, "ro"):
        pytest.skip("only root may mount")
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            flow.run(raw, out)
    finally:
        subprocess.run(["umount", "-l", str(out)], check=True)


def test_a_bit_flipped_result_is_noticed_and_made_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    for path in sorted((out / ".results").glob("*/*")):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 4
        path.write_bytes(data)
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    assert_as_clean(raw, out)


@pytest.mark.parametrize("name", [".index", ".current/.manifest", ".current/documents/part-2023-0.parquet"])
@pytest.mark.parametrize("fault", ["cut", "gone"])
def test_what_the_store_knows_can_be_lost(raw: Path, tmp_path: Path, name: str, fault: str) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    path = out / name
    data = path.read_bytes()
    path.unlink()
    if fault == "cut":
        path.write_bytes(data[: len(data) // 2])
    assert_as_clean(raw, out)


def test_other_bytes_under_the_same_name_size_and_time_are_noticed(raw: Path, tmp_path: Path) -> None:
    out, path = tmp_path / "out", raw / "2023/重庆市铜梁区.docx"
    long_ago = time.time() - 10_000
    os.utime(path, (long_ago, long_ago))
    flow.run(raw, out)
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)
    os.utime(path, (long_ago, long_ago))
    assert_as_clean(raw, out)


def test_a_clock_that_goes_backwards_hides_no_change(raw: Path, tmp_path: Path) -> None:
    out, path = tmp_path / "out", raw / "2023/重庆市铜梁区.docx"
    ahead = time.time() + 86_400
    os.utime(path, (ahead, ahead))
    flow.run(raw, out)
    path.write_bytes(report("重庆市铜梁区", 2023, 555))
    os.utime(path, (ahead - 90_000, ahead - 90_000))
    assert_as_clean(raw, out)
    assert 555.0 in set(pd.read_parquet(out / "observations").value)


def test_of_two_runs_at_once_the_second_says_who_holds_the_folder(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = start(RUN, raw, out)
    while not (out / ".lock").exists() or not (out / ".lock").read_text():
        assert first.poll() is None
        time.sleep(0.02)
    with pytest.raises(StoreError, match=f"in use by process {first.pid}"):
        flow.run(raw, out)
    assert first.wait(60) == 0
    assert_as_clean(raw, out)


def test_a_reader_that_has_opened_a_version_keeps_it_through_the_next_switch(
    raw: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    version = current_version(out)
    assert version is not None
    before = len(pd.read_parquet(version / "documents"))
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    flow.run(raw, out)
    assert len(pd.read_parquet(version / "documents")) == before
    assert len(pd.read_parquet(out / "documents")) == before + 1


def test_what_has_not_changed_is_the_same_file_in_both_versions(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    path = out / "cells/report_year=2022/part-0.parquet"
    before = path.stat().st_ino
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    flow.run(raw, out)
    assert path.stat().st_ino == before


def test_a_changed_comparison_rule_reads_no_document_and_a_changed_label_all(
    raw: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    rules = rules_with(tmp_path / "rules", "batch.yaml", "seconds: 120", "seconds: 90")
    flow.run(raw, out, rules_folder=rules)
    checks = rules / "checks.yaml"
    checks.write_text(checks.read_text(encoding="utf-8") + "\n# other\n", encoding="utf-8")
    load.cache_clear()
    again = flow.run(raw, out, rules_folder=rules)
    assert (again.unchanged, sum(d.fresh for d in again.done)) == (False, 0)
    labels = rules / "labels.yaml"
    labels.write_text(labels.read_text(encoding="utf-8") + "\n# other\n", encoding="utf-8")
    load.cache_clear()
    assert sum(d.fresh for d in flow.run(raw, out, rules_folder=rules).done) == len(flow.discover(raw))


def test_core_dumps_and_limits_of_this_process_are_left_alone() -> None:
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
