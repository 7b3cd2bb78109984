"""The labels over one value → the indicator it measures and its unit; each helps to find the other."""

from __future__ import annotations

from pipeline.normalize.indicators import match
from pipeline.rules import Rules
from pipeline.rules.indicators import Codebook, Indicator
from pipeline.tables.sides import Path
from pipeline.tables.unit_words import bare_unit, word_unit
from pipeline.tables.view import View, unit_cell


def measure_of(
    path: Path, view: View, r: int, in_cell: str | None, rules: Rules
) -> tuple[Indicator | None, str | None]:
    """(indicator, unit) of a value in row `r` with the unit `in_cell` printed beside it.

    The unit printed nearest wins: in the cell, in the column's own header, in the row (label or unit column,
    unless the column measures something of its own), then in an outer header, band or caption, if it can
    measure the same kind of thing; then the codebook's; then the one that the words imply (人数 → 人).
    """
    near, changed = in_cell or path.heads.header_unit, path.changed
    if near is None and (changed or not path.heads.measured):
        near = _row_unit(path, view, r, rules)
    if near:
        return None if changed else find(path, near, view, rules), near
    far = path.heads.unit or path.rows.unit or view.scope.unit
    if changed:
        return None, far
    found = find(path, far, view, rules)
    if found is None and far is not None and near is None:
        found = find(path, None, view, rules)
    return found, _far_unit(far, _natural_unit(path, found, rules), rules)


def _far_unit(far: str | None, natural: str | None, rules: Rules) -> str | None:
    """The unit of the caption, unless it cannot measure what the words name (人 for 就业率)."""
    if far and natural and rules.codebook.kind(far) != rules.codebook.kind(natural):
        return natural
    return far or natural


def _natural_unit(path: Path, found: Indicator | None, rules: Rules) -> str | None:
    """The unit that the codebook gives, or that the words of the measure imply."""
    if path.heads.measured:
        name = path.heads.measured[-1]
        alone = match([name], None, rules.codebook) or found
        return (alone.unit if alone else None) or word_unit(name, rules)
    if found and found.unit:
        return found.unit
    named = [*path.rows.names, *path.heads.names]
    return next((u for n in reversed(named) if (u := word_unit(n, rules))), None)


def _row_unit(path: Path, view: View, r: int, rules: Rules) -> str | None:
    """The unit printed in the row: in its label, or in a unit column."""
    if path.rows.unit:
        return path.rows.unit
    unit = unit_cell(view.grid, r, view.segment)
    return bare_unit(unit, rules) if unit else None


def find(path: Path, unit: str | None, view: View, rules: Rules) -> Indicator | None:
    """The indicator that the labels name: the column's own measure, else the row's, else the caption's."""
    book, rows, heads = rules.codebook, path.rows, path.heads
    named, names = rows.named, rows.own
    if heads.measured:
        found = match([*names, *heads.names], unit, book)
        return found or match(["".join([*heads.names, *names[-1:]])], unit, book)
    share = heads.share
    if named and not share and (named.indicator or "/" in named.name) and _fits(named.indicator, unit, book):
        return named.indicator
    found = match([*names, *heads.names], unit, book) if names else None
    if found is None and heads.names and rows.names:
        found = match([*rows.names, *heads.names], unit, book)  # 在校生, 满意度
    if found is None and names and not share:
        found = match(names, unit, book)
    if found is None and len(rows.names) > 1 and not share:
        found = match(rows.names, unit, book)  # 课堂育人, 满意度
    if found is None and names:
        found = _completed(path, names[-1], unit, rules)
    if found or rows.measured:
        return found
    found = _of_class(path, unit, rules)
    if found:
        return found
    if rows.intended or heads.intended:
        return None  # 计划数 under 招生情况 is no 招生数
    scope = view.scope.measure
    unit = unit or view.scope.unit
    return scope if scope and (unit is None or book.kind(unit) == book.kind_of(scope)) else None


def _of_class(path: Path, unit: str | None, rules: Rules) -> Indicator | None:
    """The indicator that a row's class and a column such as 满意度 name together (在校生 + 满意度)."""
    name = path.heads.names[-1] if path.heads.names else ""
    if not name or rules.codebook.clean(name) in rules.codebook.labels.generic_kinds:
        return None
    return next((i for x in path.rows.classes if (i := match([x + name], unit, rules.codebook))), None)


def _fits(indicator: Indicator | None, unit: str | None, book: Codebook) -> bool:
    """A percentage beside a count (60/31.9%) is not what the row counts."""
    return indicator is None or book.kind(unit) != "percent" or book.kind_of(indicator) == "percent"


def _completed(path: Path, name: str, unit: str | None, rules: Rules) -> Indicator | None:
    """The indicator that a class above the column and the row's measure name together (在校生 + 满意度)."""
    if rules.codebook.clean(name) in rules.codebook.labels.generic_kinds:
        return None  # 人数 in a row below 升学, a class of 去向
    classes = path.heads.classes
    return match([classes[-1] + name], unit, rules.codebook) if classes else None
