"""Labels and phrases that no rule knows → their counts over the archive, with what is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class UnmappedCounts:
    """Adds up the unmapped rows of reports. Memory grows with the labels, not with the reports."""

    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Add the rows of one report; the first example of a label stays."""
        for row in rows:
            key = (row["where"], row["label"])
            known = self.rows.get(key)
            if known is None:
                self.rows[key] = dict(row)
            else:
                known["count"] += row["count"]
                known["reports"] += row["reports"]

    def merged(self, rules: Rules) -> list[dict[str, Any]]:
        """All rows with their nearest known indicators, the most frequent first."""
        rows = sorted(self.rows.values(), key=lambda r: (-r["count"], r["where"], r["label"]))
        return [row | {"nearest": _nearest(row["label"], rules)} for row in rows]


def _nearest(label: str, rules: Rules) -> list[dict[str, Any]]:
    found = nearest(label, rules.codebook)
    return [{"indicator_id": indicator, "score": score} for indicator, score in found if score > 0]
