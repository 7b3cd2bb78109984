"""Text of reports and names of files that look like markup stay text on every page that is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from pipeline import flow
from pipeline.publish.audit import write
from pipeline.rules import Rules
from tests.building import docx, p, tbl

SCRIPT = "<script>alert(1)</script>"
HANDLER = "“><img src=x onerror=alert(1)>"


def report() -> bytes:
    """A report whose totals contradict their parts in one column, with markup for names."""
    return docx(
        p("重庆市荣昌区职业教育质量年度报告") + p("（2023年度）") + p("一、规模", "1")
        + p(f"表1 {SCRIPT}规模{HANDLER}（单位：人）")
        + tbl(f"学校 | 在校生 | 教职工 | 毕业生\n{SCRIPT}甲校 | 100 | 10 | 40\n{HANDLER}乙校 | 200 | 20 | 60\n合计 | 300 | 330 | 100")
    )  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("markup")
    raw = folder / "raw" / f"{SCRIPT.replace('/', '')}"
    raw.mkdir(parents=True)
    (raw / f"{HANDLER}.docx").write_bytes(report())
    (raw / f"{HANDLER}空.docx").write_bytes(b"")
    flow.run(folder / "raw", folder / "out")
    return folder / "out"


def assert_is_text(page: Path) -> None:
    root = html.parse(page, html.HTMLParser(encoding="utf-8")).getroot()
    assert "alert(1)" in root.text_content()
    assert not [s for s in root.iter("script") if "alert" in s.text_content()]
    assert not root.xpath("//@onerror | //img[@src='x']")


def test_the_page_of_a_run(written: Path) -> None:
    assert_is_text(written / "runs/latest.html")


def test_the_page_of_contradictions(written: Path, rules: Rules) -> None:
    page, _ = write(written, rules)
    assert_is_text(page)
