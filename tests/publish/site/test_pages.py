"""The site as files: every link leads somewhere, nothing of a report is markup, the same bytes again."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest
from lxml import html

from pipeline.publish.site import build
from pipeline.publish.site.script import safe_json
from pipeline.publish.site.steps import Files
from pipeline.rules import Rules

ROOT = Path(__file__).parents[3]


def data(path: Path) -> list[list[object]]:
    """The rows of one of the site's data files."""
    text = path.read_text(encoding="utf-8")
    rows: list[list[object]] = json.loads(
        f"[{text.removeprefix('NB.got(').removesuffix(');').rstrip().removesuffix(');')}]"
    )[1]
    return rows


def test_every_link_of_every_page_leads_to_a_page_and_a_place(site: Path) -> None:
    places: dict[Path, set[str]] = {}
    links = 0
    for page in site.rglob("*.html"):
        tree = html.parse(str(page))
        for href in tree.xpath("//a/@href | //link/@href | //script/@src"):
            parts = urlsplit(href)
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), f"{page.name}: {href}"
            anchor = unquote(parts.fragment)
            if anchor and "=" not in anchor:
                if target not in places:
                    places[target] = set(html.parse(str(target)).xpath("//@id"))
                assert anchor in places[target], f"{page.name}: {href}"
            links += 1
    assert links > 1000


def test_every_value_and_finding_leads_to_its_place_in_a_report(site: Path) -> None:
    anchors = {p.stem: set(html.parse(str(p)).xpath("//@id")) for p in (site / "reports").glob("*.html")}
    values = [r for f in (site / "data").glob("i-*.js") for r in data(f)]
    assert len(values) > 2000
    assert [r for r in values if r[15] not in anchors[str(r[14])]] == []
    findings = data(site / "data/findings-0.js")
    sides = [(r[7], r[10]) for r in findings] + [(r[11], r[14]) for r in findings if r[11]]
    assert len(sides) > len(findings)
    assert [s for s in sides if s[1] and s[1] not in anchors[str(s[0])]] == []


def test_a_report_shows_every_number_that_was_read(site: Path, folder: Path) -> None:
    claims = pd.read_parquet(folder / "claims")
    observations = pd.read_parquet(folder / "observations")
    for page in (site / "reports").glob("*.html"):
        tree = html.parse(str(page))
        marked = " ".join(tree.xpath("//article//mark/@data-v")).split()
        mine = (claims.doc_id == page.stem).sum() + (observations.doc_id == page.stem).sum()
        assert sorted(map(int, marked)) == list(range(mine))
        told = json.loads(tree.xpath("//script[@id='data']")[0].text)
        assert len(told["values"]) == mine


def test_marks_hold_the_characters_that_were_read(site: Path) -> None:
    for page in (site / "reports").glob("*.html"):
        tree = html.parse(str(page))
        told = json.loads(tree.xpath("//script[@id='data']")[0].text)["values"]
        for mark in tree.xpath("//article//p//mark"):
            assert mark.text_content() == told[int(mark.get("data-v"))]["p"]


def test_merged_cells_stay_merged(site: Path, folder: Path) -> None:
    cells = pd.read_parquet(folder / "cells")
    doc = cells[cells.colspan > 1].doc_id.iloc[0]
    tree = html.parse(str(site / "reports" / f"{doc}.html"))
    assert (
        len(tree.xpath("//article//td[@colspan] | //article//th[@colspan]"))
        == ((cells.doc_id == doc) & (cells.colspan > 1)).sum()
    )


def test_nothing_of_a_report_is_markup_or_script(hostile: Path) -> None:
    pages = list(hostile.rglob("*.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script>window.evil" not in text
        scripts = html.fromstring(text.encode()).xpath("//script[not(@src)]")
        assert all("evil" not in s.text or s.get("type") == "application/json" for s in scripts if s.text)
    assert any("window.evil" in p.read_text(encoding="utf-8") for p in pages)
    for file in (hostile / "data").glob("*.js"):
        assert "<" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "a\u2029b", "&lt;", '"\\'])
def test_json_in_a_script_says_the_same_and_cannot_end_it(text: str) -> None:
    made = safe_json([text])
    assert json.loads(made) == [text]
    assert not re.search("[<>&\u2028\u2029]", made)


def test_the_same_datasets_give_the_same_bytes_and_replace_the_old_site(
    site: Path, folder: Path, rules: Rules
) -> None:
    def state() -> dict[str, str]:
        return {
            p.relative_to(site).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in site.rglob("*")
            if p.is_file()
        }

    before = state()
    (site / "stray.html").write_text("old", encoding="utf-8")
    build(folder, rules, str(ROOT / "raw"))
    assert state() == before
    assert {p.name for p in folder.iterdir() if p.name.startswith(".site")} == set()


def test_an_empty_archive_has_a_site(tmp_path: Path, rules: Rules) -> None:
    from pipeline import flow  # noqa: PLC0415

    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "坏.docx").write_bytes(b"")
    flow.run(tmp_path / "raw", tmp_path / "out")
    made = build(tmp_path / "out", rules)
    assert (made.reports, made.indicators) == (0, 0)
    assert "未能读取" in made.index.read_text(encoding="utf-8")


def test_a_file_that_has_changed_is_not_explained(
    site: Path, tmp_path: Path, rules: Rules, folder: Path
) -> None:
    doc_id = next((site / "data" / "steps").glob("*.js")).stem
    documents = pd.read_parquet(folder / "documents").query("status == 'ok'").set_index("doc_id")
    source = documents.source[doc_id]
    (tmp_path / source).parent.mkdir(parents=True)
    (tmp_path / source).write_bytes((ROOT / "raw" / source).read_bytes())
    filed = Files(str(tmp_path))
    assert filed.bytes_of(source, doc_id) is not None
    assert filed.bytes_of("2020/gone.docx", doc_id) is None
    (tmp_path / source).write_bytes(b"another")
    assert filed.bytes_of(source, doc_id) is None
