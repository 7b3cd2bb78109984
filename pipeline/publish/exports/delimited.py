"""Exported facts → a CSV file that Excel opens with its Chinese intact (UTF-8 with a byte order mark)."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.publish.exports.select import Exported
from pipeline.publish.exports.texts import inert


def write_csv(exported: Exported, path: Path, about: dict[str, str]) -> list[str]:
    """Write names, then rows; null is an empty field, and a text that begins as a formula gets a '."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([v.name for v in exported.variables])
        for batch in exported.batches():
            writer.writerows(zip(*map(_column, batch.to_pydict().values()), strict=True))
    return []


def _column(values: list[object]) -> list[object]:
    return [inert(v) if isinstance(v, str) else v for v in values]
