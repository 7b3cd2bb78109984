"""Drawn tables of many layouts → all their observations (see layouts.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tables.drawing import lines

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_a_layout_gives_its_observations(case: dict[str, Any]) -> None:
    assert lines(case["grid"], case.get("caption")) == case["rows"]
