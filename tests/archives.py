"""Small archives of real reports for the tests of batches, and the bytes of what comes out."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd

from pipeline import flow
from pipeline.rules import DEFAULT_FOLDER
from pipeline.schema import DATASETS
from tests.building import docx, p, tbl

DISTRICTS = ("重庆市荣昌区", "重庆市铜梁区", "重庆市璧山区", "重庆市大足区")
ROOT = Path(__file__).parents[1]


def report(region: str, year: int, students: int = 12) -> bytes:
    """A report of two paragraphs and a table."""
    cover = p(f"{region}职业教育质量年度报告") + p(f"（{year}年度）") + p(f"{region}教育委员会")
    text = p("一、基本情况", "1") + p(f"全区中职在校生{students}人，专任教师{students // 3 + 1}人。")
    return docx(cover + text + p("表1 学校规模") + tbl(f"学校 | 人数\n甲校 | {students}\n乙校 | 30"))


def archive(folder: Path, years: range = range(2022, 2025)) -> Path:
    """Twelve reports, two that are the same, one that is empty and one that is none."""
    for n, year in enumerate(years):
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
        for k, region in enumerate(DISTRICTS):
            (folder / str(year) / f"{region}.docx").write_bytes(report(region, year, 100 + 10 * n + k))
    shutil.copy(folder / f"{years[0]}/{DISTRICTS[0]}.docx", folder / "同一份.docx")
    (folder / "空.docx").write_bytes(b"")
    (folder / "不是.docx").write_bytes(b"%PDF-1.7")
    return folder


def bytes_of(out: Path) -> dict[str, str]:
    """A hash of every file of the datasets."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for dataset in DATASETS
        for path in sorted((out / dataset).rglob("*.parquet"))
    }


def assert_as_clean(raw: Path, out: Path, rules: Path | None = None) -> None:
    """Run again: the datasets are those of a clean run, and every input file has exactly one row."""
    flow.run(raw, out, rules_folder=rules)
    clean = out.with_name(f"{out.name}-clean")
    shutil.rmtree(clean, ignore_errors=True)
    flow.run(raw, clean, rules_folder=rules)
    assert bytes_of(out) == bytes_of(clean)
    assert sorted(pd.read_parquet(out / "documents").source) == flow.discover(raw)


def rules_with(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the rules with one file changed."""
    shutil.copytree(DEFAULT_FOLDER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def start(code: str, *args: object, **options: object) -> subprocess.Popen[str]:
    """A process that runs `code` under `if __name__ == "__main__"`, as worker processes need it."""
    body = "\n".join(f"    {line}" for line in code.strip().splitlines())
    script = Path(str(args[0])).parent / f"script-{hashlib.sha256(code.encode()).hexdigest()[:8]}.py"
    script.write_text(
        f"import os, signal, sys\nfrom pathlib import Path\nif __name__ == '__main__':\n{body}\n"
    )
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, args)],
        cwd=ROOT, env={**__import__("os").environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,  # type: ignore[call-overload]
    )  # fmt: skip
