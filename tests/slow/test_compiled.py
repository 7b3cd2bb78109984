"""Compiled modules read what their sources read: every row of every sample, by a hash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = """
import hashlib, sys
from pathlib import Path
import pipeline.claims.stage
from pipeline.extract import extract
from pipeline.rules import load
digest, rules = hashlib.sha256(), load()
for path in sorted(Path(sys.argv[1]).rglob("*.docx")):
    report = extract(path.read_bytes(), path.name, rules)
    digest.update(repr([report.document, *report.rows.items()]).encode())
print(Path(pipeline.claims.stage.__file__).suffix, digest.hexdigest())
"""


def read(project: Path) -> list[str]:
    command = [sys.executable, "-c", READ, str(ROOT / "raw")]
    env = {**os.environ, "PYTHONPATH": str(project), "NIANBAO_UNCOMPILED": ""}
    return subprocess.run(
        command, env=env, cwd=project, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler")
def test_compiled_modules_give_the_rows_that_sources_give(tmp_path: Path) -> None:
    for name in ("pipeline", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    before = read(tmp_path)
    subprocess.run([sys.executable, "-m", "pipeline.cli", "compile"], env={**os.environ, "PYTHONPATH": str(tmp_path)},
                   cwd=tmp_path, check=True)  # fmt: skip
    after = read(tmp_path)
    assert (before[0], after[0]) == (".py", ".so")
    assert after[1] == before[1]
