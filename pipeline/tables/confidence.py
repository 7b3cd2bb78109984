"""How a value was read → the estimated probability that its row is right in every field."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tables.grid import Seen
from pipeline.tables.paths import Settled
from pipeline.tables.reading import Reading
from pipeline.tables.view import View

# Each doubt multiplies the probability; measured with benchmarks/leave_one_out.py.
_FORM, _BASE = 0.995, 0.985
_NO_INDICATOR, _NO_HEADER, _NO_UNIT, _NO_LABELS, _COMPOSITE, _OPEN = 0.97, 0.93, 0.97, 0.7, 0.98, 0.92


def confidence(s: Seen, path: Sequence[Settled], reading: Reading, view: View, form: str | None) -> float:
    """The product of what speaks against the reading, from 0 to 1."""
    sure = base_of(form)
    for _, factor in doubts(s, path, reading, view):
        sure *= factor
    return round(sure, 4)


def base_of(form: str | None) -> float:
    """The confidence before any doubt: of a value in an official form, or in another table."""
    return _FORM if form else _BASE


def doubts(s: Seen, path: Sequence[Settled], reading: Reading, view: View) -> list[tuple[str, float]]:
    """What speaks against the reading, each with its factor."""
    changed = any(x.role == "change" for x in path)
    candidates = (
        ("no_indicator", reading.indicator is None and not changed, _NO_INDICATOR),
        ("no_header", not view.has_header, _NO_HEADER),
        ("no_unit", reading.unit is None and not any(q.unit for q in s.quantities), _NO_UNIT),
        ("no_labels", not path, _NO_LABELS),
        ("composite", len(s.quantities) > 1, _COMPOSITE),
        ("open_label", any(not x.label.votes and x.label.role == "unknown" for x in path), _OPEN),
    )
    return [(name, factor) for name, holds, factor in candidates if holds]
