"""Labels and phrases that no rule knows → their counts in a report, and what is nearest to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pipeline.normalize.indicators import nearest
from pipeline.rules import Rules
from pipeline.schema.rows import Unmapped


def counted(where: Literal["table", "prose"], found: Iterable[tuple[str, str]]) -> list[Unmapped]:
    """One row a label of one report, from (label, example) pairs; the first example stays."""
    rows: dict[str, Unmapped] = {}
    for label, example in found:
        row = rows.setdefault(label, Unmapped(label, where, 0, 1, [], example))
        row.count += 1
    return list(rows.values())


def with_nearest(rows: Iterable[dict[str, Any]], rules: Rules) -> list[dict[str, Any]]:
    """Rows of unmapped with their nearest known indicators, the most frequent first."""
    ordered = sorted(rows, key=lambda r: (-r["count"], r["where"], r["label"]))
    return [row | {"nearest": _nearest(row["label"], rules)} for row in ordered]


def _nearest(label: str, rules: Rules) -> list[dict[str, Any]]:
    found = nearest(label, rules.codebook)
    return [{"indicator_id": indicator, "score": score} for indicator, score in found if score > 0]
