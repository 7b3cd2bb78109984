"""How a value was read → the estimated probability that its row is right in every field."""

from __future__ import annotations

from pipeline.tables.grid import Seen
from pipeline.tables.reading import Reading
from pipeline.tables.sides import Path
from pipeline.tables.view import View

# Each doubt multiplies the probability; measured with benchmarks/leave_one_out.py.
_FORM, _BASE = 0.995, 0.985
_NO_INDICATOR, _NO_HEADER, _NO_UNIT, _NO_LABELS, _COMPOSITE, _OPEN = 0.97, 0.93, 0.97, 0.7, 0.98, 0.92


def confidence(s: Seen, path: Path, reading: Reading, view: View, form: str | None) -> float:
    """The product of what speaks against the reading, from 0 to 1."""
    sure = base_of(form)
    for _, factor in doubts(s, path, reading, view):
        sure *= factor
    return round(sure, 4)


def base_of(form: str | None) -> float:
    """The confidence before any doubt: of a value in an official form, or in another table."""
    return _FORM if form else _BASE


def doubts(s: Seen, path: Path, reading: Reading, view: View) -> list[tuple[str, float]]:
    """What speaks against the reading, each with its factor."""
    candidates = (
        ("no_indicator", reading.indicator is None and not path.changed, _NO_INDICATOR),
        ("no_header", not view.has_header, _NO_HEADER),
        ("no_unit", reading.unit is None and not any(q.unit for q in s.quantities), _NO_UNIT),
        ("no_labels", not path.innermost.labels, _NO_LABELS),
        ("composite", len(s.quantities) > 1, _COMPOSITE),
        ("open_label", path.rows.open or path.heads.open, _OPEN),
    )
    return [(name, factor) for name, holds, factor in candidates if holds]
