"""docs/INDICATORS.md is what the rules say."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish.codebook import render
from pipeline.rules import Rules

PAGE = Path(__file__).parents[2] / "docs" / "INDICATORS.md"


def test_the_page_is_up_to_date(rules: Rules) -> None:
    assert PAGE.read_text(encoding="utf-8") == render(rules), "run `make codebook`"


def test_every_indicator_and_every_break_is_on_it(rules: Rules) -> None:
    page = render(rules)
    assert all(f"| `{i.id}` |" in page for i in rules.codebook.indicators)
    assert page.count("**不可接续**") == sum(not i.joinable for i in rules.codebook.indicators)
