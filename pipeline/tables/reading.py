"""The labels over one value → indicator, dims, entity, period and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator
from pipeline.tables.grid import Seen
from pipeline.tables.measures import measure_of
from pipeline.tables.paths import Settled
from pipeline.tables.view import View

# A year inside the name of a class or school (2023年技能节) is part of the name.
_NAMES = ("dim", "entity", "total")


@dataclass(slots=True)
class Reading:
    """What the labels over one cell say."""

    labels: list[str] = field(default_factory=list)
    indicator: Indicator | None = None
    dims: dict[str, str] = field(default_factory=dict)
    entity: str | None = None
    period: tuple[str, int] | None = None
    unit: str | None = None
    rule: str = "table"
    doubt: float = 0.0


def read_labels(
    path: Sequence[Settled], view: View, s: Seen, context: Context, rules: Rules, part: int = 0
) -> Reading:
    """Put the labels over a value together; `part` is its place in the cell."""
    reading = Reading(labels=[name for x in path if (name := _shown(x))])
    reading.period = _period(path, view, context)
    reading.dims = _dims(path, rules)
    reading.indicator, reading.unit = measure_of(path, view, s.cell.row, _printed(s, part), rules)
    reading.dims = _without_own_name(reading, path, rules)
    reading.entity = _entity(path, view, context)
    return reading


def _printed(s: Seen, part: int) -> str | None:
    """The unit printed beside the value."""
    return s.quantities[part].unit if part < len(s.quantities) else None


def _shown(x: Settled) -> str:
    """The label as `labels` shows it: without unit and year, but a name is kept whole."""
    return x.label.full if x.role in _NAMES else x.label.name


def _without_own_name(reading: Reading, path: Sequence[Settled], rules: Rules) -> dict[str, str]:
    """An indicator's own name is no class (在校生 in 在校生满意度, 学生 beside 满意度)."""
    found = reading.indicator
    if found is None or not reading.dims:
        return reading.dims
    fold = rules.codebook.fold
    own, names = fold(found.name), {fold(n) for n in (found.name, *found.synonyms)}
    tails = ["", *(x.label.name for x in path if x.role in ("measure", "generic"))]
    return {
        k: v
        for k, v in reading.dims.items()
        if not own.startswith(fold(v)) and not any(fold(v + tail) in names for tail in tails)
    }


def _period(path: Sequence[Settled], view: View, context: Context) -> tuple[str, int] | None:
    changed = any(x.role == "change" for x in path if not x.row)
    if changed and view.latest:
        return view.latest
    timed = [
        x for x in path if x.label.period and x.role not in _NAMES and not (x.row and x.role == "change")
    ]
    columns = [x.label.period for x in timed if not x.row]
    rows = [x.label.period for x in timed if x.row]
    return next(reversed(columns or rows), None) or view.scope.period or _year(context)


def _year(context: Context) -> tuple[str, int] | None:
    return (str(context.report_year), context.report_year) if context.report_year else None


def _dims(path: Sequence[Settled], rules: Rules) -> dict[str, str]:
    dims: dict[str, str] = {}
    for x in path:
        if x.role in ("dim", "total"):
            full = _shown(x)
            value = rules.codebook.labels.among_regex.sub("", full) or full
            name = x.dim or ("合计" if x.role == "total" else "类别")
            while dims.get(name, value) != value:
                name += "2"
            dims[name] = value
    return dims


def _entity(path: Sequence[Settled], view: View, context: Context) -> str | None:
    named = [x.label.name for x in path if x.role == "entity"]
    return named[-1] if named else view.scope.entity or context.entity
