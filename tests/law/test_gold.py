"""Against the gold, where it is at hand: grids, order and words of all paragraphs, captions and headings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.read import Parsed, read
from pipeline.rules import load

SHARED = Path(__file__).parents[3] / "shared"
REPORTS = sorted(p.stem for p in (SHARED / "reports").glob("*.docx") if (SHARED / "gold" / p.stem).exists())
pytestmark = pytest.mark.skipif(not REPORTS, reason="no gold here")


@pytest.fixture(scope="module", params=REPORTS or ["none"])
def report(request: pytest.FixtureRequest) -> tuple[str, Parsed]:
    data = (SHARED / "reports" / f"{request.param}.docx").read_bytes()
    return request.param, read(data, f"{request.param}.docx", load())


def tidy(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_grid_is_exact(report: tuple[str, Parsed]) -> None:
    name, parsed = report
    for gold in json.loads((SHARED / "gold" / name / "grids.json").read_text()):
        have = {
            (c.row, c.col, c.rowspan, c.colspan, tidy(c.text))
            for c in parsed.cells
            if c.table_no == gold["table_no"]
        }
        want = {(c["row"], c["col"], c["rowspan"], c["colspan"], tidy(c["text"])) for c in gold["cells"]}
        assert have == want, gold["caption"]


def test_every_caption_outside_a_grid_is_tied_to_its_table(report: tuple[str, Parsed]) -> None:
    name, parsed = report
    captions = {t.table_no: t for t in parsed.tables}
    for gold in json.loads((SHARED / "gold" / name / "grids.json").read_text()):
        in_grid = any(tidy(gold["caption"]) == tidy(c["text"]) for c in gold["cells"])
        if not in_grid:
            assert captions[gold["table_no"]].caption == gold["caption"]
            assert captions[gold["table_no"]].annex == gold["annex"]


def test_headings_are_numbered_without_gaps_in_their_levels(report: tuple[str, Parsed]) -> None:
    """A dotted number has the level of its count, and no heading jumps more than one level down."""
    _, parsed = report
    open_level = 0
    for block in parsed.blocks:
        if block.kind != "heading":
            continue
        assert block.level is not None
        assert block.level <= open_level + 1, block.text
        if block.number and re.fullmatch(r"\d+(\.\d+)+", block.number):
            assert block.level == block.number.count(".") + 1
        open_level = block.level


def test_gold_paragraphs_stand_in_order_and_verbatim(report: tuple[str, Parsed]) -> None:
    name, parsed = report
    path = SHARED / "gold" / name / "paragraphs.jsonl"
    if not path.exists():
        pytest.skip("no prose gold for this report")
    texts = [b.text for b in parsed.blocks]
    at = 0
    for line in path.read_text().splitlines():
        text = json.loads(line)["text"]
        at = next(n for n in range(at, len(texts)) if text in texts[n])
