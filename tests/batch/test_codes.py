"""Every code that ends a file in quarantine stands, with a remedy, in both guides for archivists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.batch.status import STATES
from pipeline.notes import FAILURES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["ARCHIVES.md", "ARCHIVES.zh-CN.md"])
def test_the_guide_has_every_code_and_every_state(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE) == list(FAILURES)
    assert set(STATES) <= set(re.findall(r"^\| (\w+) \|", text, re.MULTILINE))
