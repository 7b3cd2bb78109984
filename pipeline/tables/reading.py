"""The labels over one value → indicator, dims, entity, period and unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator
from pipeline.tables.grid import Seen
from pipeline.tables.measures import measure_of
from pipeline.tables.sides import Path
from pipeline.tables.view import View


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


def read_labels(path: Path, view: View, s: Seen, context: Context, rules: Rules, part: int = 0) -> Reading:
    """Put the labels over a value together; `part` is its place in the cell."""
    indicator, unit = measure_of(path, view, s.cell.row, _printed(s, part), rules)
    return Reading(
        labels=[*path.rows.shown, *path.heads.shown],
        indicator=indicator,
        dims=_without_own_name(_dims(path), indicator, path, rules),
        entity=_entity(path, view, context),
        period=_period(path, view, context),
        unit=unit,
    )


def _printed(s: Seen, part: int) -> str | None:
    """The unit printed beside the value."""
    return s.quantities[part].unit if part < len(s.quantities) else None


def _without_own_name(
    dims: dict[str, str], indicator: Indicator | None, path: Path, rules: Rules
) -> dict[str, str]:
    """An indicator's own name is no class (在校生 in 在校生满意度, 学生 beside 满意度)."""
    if indicator is None or not dims:
        return dims
    fold = rules.codebook.fold
    own, names = fold(indicator.name), {fold(n) for n in (indicator.name, *indicator.synonyms)}
    tails = ["", *path.rows.names, *path.heads.names]
    return {
        k: v
        for k, v in dims.items()
        if not own.startswith(fold(v)) and not any(fold(v + tail) in names for tail in tails)
    }


def _period(path: Path, view: View, context: Context) -> tuple[str, int] | None:
    if path.heads.changed and view.latest:
        return view.latest
    return path.heads.period or path.rows.period or view.scope.period or _year(context)


def _year(context: Context) -> tuple[str, int] | None:
    return (str(context.report_year), context.report_year) if context.report_year else None


def _dims(path: Path) -> dict[str, str]:
    dims: dict[str, str] = {}
    for side in (path.rows, path.heads):
        for dim, value in side.dims:
            name = dim
            while dims.get(name, value) != value:
                name += "2"
            dims[name] = value
    return dims


def _entity(path: Path, view: View, context: Context) -> str | None:
    named = path.rows.entity if path.heads.entity is None else path.heads.entity
    return named if named is not None else view.scope.entity or context.entity
