"""Data in several pieces, as a large archive has them: the first are shown at once, the others are not missed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.publish.site.pages import _runs
from pipeline.publish.site.script import write_chunks
from tests.publish.site.test_browser import choose, complaints, texts, until, visit
from tests.publish.site.test_pages import data


@pytest.fixture
def split(site: Path, tmp_path: Path) -> Path:
    """The site of raw/ with its findings and one indicator in many small pieces."""
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    findings = data(folder / "data/findings-0.js")
    n = write_chunks(folder / "data", "findings", findings, 20)
    change(folder / "audit.html", r"NB\.audit\(1\)", f"NB.audit({n})")
    write_chunks(folder / "data", "i-fulltime_students", data(folder / "data/i-fulltime_students-0.js"), 7)
    change(
        folder / "indicators/fulltime_students.html",
        r'"i-fulltime_students", \d+',
        '"i-fulltime_students", 7',
    )
    return folder


def change(page: Path, pattern: str, new: str) -> None:
    text, found = re.subn(pattern, new, page.read_text(encoding="utf-8"))
    assert found == 1
    page.write_text(text, encoding="utf-8")


def test_findings_of_all_pieces_are_counted_filtered_and_found_by_address(
    browser: Any, split: Path, site: Path
) -> None:
    findings = data(site / "data/findings-0.js")
    last = findings[-1]
    visit(browser, split / "audit.html")
    until(browser, f"return document.getElementById('count').textContent === '{len(findings)} 条'")
    choose(browser, "check", str(last[2]))
    assert len(texts(browser, "#findings > li")) == min(50, sum(f[2] == last[2] for f in findings))
    visit(browser, split / "audit.html", f"#{last[0]}")
    assert until(browser, "return document.querySelector('li.aim')?.id") == last[0]
    assert complaints(browser) == []


def test_a_class_reads_the_pieces_that_hold_it(browser: Any, split: Path, site: Path) -> None:
    rows = data(site / "data/i-fulltime_students-0.js")
    names = sorted({str(r[7]) for r in rows})
    visit(browser, split / "indicators/fulltime_students.html")
    until(browser, "return document.querySelectorAll('#values tbody tr').length > 0")
    read = "return document.querySelectorAll('script[src*=\"i-fulltime_students-\"]').length"
    first = browser.execute_script(read)
    assert first < -(-len(rows) // 7)
    for name in names[-2:]:
        choose(browser, "class", name)
        wanted = [str(r[3]) for r in rows if r[7] == name]
        until(
            browser,
            "const s = [...document.querySelectorAll('#values tbody tr')].map(r => r.cells[2].textContent);"
            f"return s.length > 0 && s.every(x => {wanted!r}.includes(x))",
        )
    assert browser.execute_script(read) > first
    assert complaints(browser) == []


def test_runs_of_equal_names_say_where_they_begin() -> None:
    assert _runs(["", "", "a", "b", "b"]) == [("", 0, 2), ("a", 2, 1), ("b", 3, 2)]
    assert _runs([]) == []
