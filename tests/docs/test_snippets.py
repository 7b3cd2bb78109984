"""The snippets in the docs run as they stand, each by the tool it is for, and give rows."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pyreadstat
import pytest

from pipeline.publish.datapackage import write_datapackage
from pipeline.publish.exports import Format, Selection, export
from pipeline.rules import Rules
from tests.docs.pages import PAGES, fenced

ELSEWHERE = re.compile("s3://|SLURMCluster")
WORDS = {"use", "clear", "describe", "keep", "if", "encode", "generate", "xtset", "tabulate"}  # of Stata


def snippets(language: str) -> list[object]:
    """(the code) of every block in a language, with the page and its number as id."""
    return [
        pytest.param(code, id=f"{page.name}-{n}")
        for page in PAGES
        for n, code in enumerate(fenced(page, language), 1)
    ]


@pytest.fixture(scope="module")
def folder(out: Path, rules: Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: output/, and the exports that the pages name."""
    place = tmp_path_factory.mktemp("analyst")
    (place / "output").symlink_to(out)
    write_datapackage(out, rules)
    forms: tuple[tuple[Format, str], ...] = (
        ("duckdb", "reports.duckdb"),
        ("csv", "panel.csv"),
        ("dta", "panel.dta"),
    )
    for form, name in forms:
        export(out, place / name, form, "wide", Selection(), rules)
    return place


@pytest.mark.parametrize("code", snippets("python"))
def test_python(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    made = compile(code, "snippet", "exec")
    if ELSEWHERE.search(code):
        pytest.skip("needs a cluster or a bucket of the reader's; it compiles")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(made, {})
    assert len(said.getvalue().splitlines()) > 2
    assert "Empty DataFrame" not in said.getvalue()


@pytest.mark.parametrize("code", snippets("sql"))
def test_sql(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    path = "reports.duckdb" if code.startswith("-- in reports.duckdb") else ":memory:"
    with duckdb.connect(path, read_only=path != ":memory:") as connection:
        rows = connection.sql(code).fetchall()
    assert len(rows) > 2 or "quarantined" in code  # the sample archive has no such file


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("code", snippets("r"))
def test_r(code: str, folder: Path) -> None:
    needed = re.findall(r"library\((\w+)\)", code)
    absent = f"quit(status = as.integer(!all(c({', '.join(map(repr, needed))}) %in% rownames(installed.packages()))))"
    if needed and subprocess.run(["Rscript", "-e", absent], check=False).returncode:
        pytest.skip(f"{needed} are not installed")
    done = subprocess.run(["Rscript", "-e", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 2


@pytest.mark.parametrize("code", snippets("stata"))
def test_the_variables_that_stata_snippets_name_are_in_the_file(code: str, folder: Path) -> None:
    frame, _ = pyreadstat.read_dta(folder / "panel.dta")
    made = set(re.findall(r"generate\(?\s*(\w+)", code))
    named = set(re.findall(r"\b[a-z][a-z_]+\b", re.sub(r'"[^"]*"', "", code))) - WORDS - made
    assert "fulltime_students" in named
    assert named <= set(frame.columns)
    chosen = frame[(frame.dims == "") & (frame.scope == 1)]
    assert (chosen.fulltime_students / chosen.fulltime_teachers).notna().sum() > 5
