"""`pipeline.open` and the worked examples, as an analyst runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.schema import DATASETS
from pipeline.store import StoreError

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))


def test_frames_are_what_the_parquet_holds(out: Path) -> None:
    with pipeline.open(out) as archive:
        for name in ("facts", "yoy", "districts", "findings"):
            frame = getattr(archive, name)
            assert list(frame.columns) == DATASETS[name].schema().names
            assert len(frame) == len(pd.read_parquet(out / name)) > 0


def test_queries_see_every_dataset_by_name(out: Path) -> None:
    with pipeline.open(out) as archive:
        for name in DATASETS:
            counted = archive.sql(f"SELECT count(*) FROM {name}").fetchall()
            assert counted == [(len(pd.read_parquet(out / name)),)]


def test_comparing_is_one_line(out: Path) -> None:
    with pipeline.open(out) as archive:
        frame = archive.compare("双师型教师占比", years=(2023, 2024), region="浙江省").frame
    assert set(frame.name) == {"北仑区", "鄞州区"}
    assert set(frame.year) == {2023, 2024}


def test_an_unknown_dataset_and_an_empty_folder_say_what_to_do(out: Path, tmp_path: Path) -> None:
    with pipeline.open(out) as archive, pytest.raises(LookupError, match="there are documents"):
        archive.frame("reports")
    with pytest.raises(StoreError, match="make run"):
        pipeline.open(tmp_path)


def test_importing_the_package_loads_no_engine() -> None:
    code = "import sys, pipeline; print(sorted({'duckdb', 'pandas', 'pyarrow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.stem for p in EXAMPLES])
def test_the_worked_examples_run_and_say_something(path: Path, out: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(path), str(out)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 10


def test_the_commands_start_without_any_extra() -> None:
    code = """
import sys
for name in ("xlsxwriter", "openpyxl", "altair", "vl_convert", "pyreadstat", "distributed", "dask", "s3fs", "rjieba"):
    sys.modules[name] = None
from pipeline.cli import main
from pipeline.cli.verbs import app
sys.argv = ["nianbao", "--help"]
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "compare" in done.stdout
