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
    sure = _FORM if form else _BASE
    doubts = (
        (reading.indicator is None and not any(x.role == "change" for x in path), _NO_INDICATOR),
        (not view.has_header, _NO_HEADER),
        (reading.unit is None and not any(q.unit for q in s.quantities), _NO_UNIT),
        (not path, _NO_LABELS),
        (len(s.quantities) > 1, _COMPOSITE),
        (any(not x.label.votes and x.label.role == "unknown" for x in path), _OPEN),
    )
    for holds, factor in doubts:
        sure *= factor if holds else 1.0
    return round(sure, 4)
