"""The labels over one value → the indicator it measures and its unit; each helps to find the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.normalize.indicators import match
from pipeline.normalize.units import unit_line
from pipeline.rules import Rules
from pipeline.rules.indicators import Codebook, Indicator
from pipeline.tables.paths import Settled
from pipeline.tables.view import View, unit_cell


def measure_of(
    path: Sequence[Settled], view: View, r: int, in_cell: str | None, rules: Rules
) -> tuple[Indicator | None, str | None]:
    """(indicator, unit) of a value in row `r` with the unit `in_cell` printed beside it.

    The unit printed nearest wins: in the cell, in the column's own header, in the row (label or unit column,
    unless the column measures something of its own), then in an outer header, band or caption, if it can
    measure the same kind of thing; then the codebook's; then the one that the words imply (人数 → 人).
    """
    own = [x for x in path if not x.row and x.role == "measure"]
    near = in_cell or _header_unit(path, rules)
    changed = any(x.role == "change" for x in path)
    if near is None and (changed or not own):
        near = _row_unit(path, view, r, rules)
    if near:
        return None if changed else find(path, near, view, rules), near
    far = next((x.label.unit for x in reversed(path) if x.label.unit), None) or view.scope.unit
    if changed:
        return None, far
    found = find(path, far, view, rules)
    if found is None and far is not None and near is None:
        found = find(path, None, view, rules)
    return found, _far_unit(far, _natural_unit(path, own, found, rules), rules)


def _far_unit(far: str | None, natural: str | None, rules: Rules) -> str | None:
    """The unit of the caption, unless it cannot measure what the words name (人 for 就业率)."""
    if far and natural and rules.codebook.kind(far) != rules.codebook.kind(natural):
        return natural
    return far or natural


def _natural_unit(
    path: Sequence[Settled], own: Sequence[Settled], found: Indicator | None, rules: Rules
) -> str | None:
    """The unit that the codebook gives, or that the words of the measure imply."""
    if own:
        alone = match([own[-1].label.name], None, rules.codebook) or found
        return (alone.unit if alone else None) or word_unit(own[-1].label.name, rules)
    if found and found.unit:
        return found.unit
    named = [x.label.name for x in path if x.role in ("measure", "generic")]
    return next((u for n in reversed(named) if (u := word_unit(n, rules))), None)


def _header_unit(path: Sequence[Settled], rules: Rules) -> str | None:
    """The unit printed in the innermost column headers down to the one that names a measure."""
    for x in reversed([x for x in path if not x.row]):
        if x.role == "unit":
            return _bare_unit(x.label.text, rules)
        if x.label.unit:
            return x.label.unit
        if x.role in ("measure", "generic", "change"):
            percent = percent_word(x.label.name, rules)
            if percent or x.role == "measure":
                return percent
    return None


def _row_unit(path: Sequence[Settled], view: View, r: int, rules: Rules) -> str | None:
    """The unit printed in the row: in its label, or in a unit column."""
    printed = next((x.label.unit for x in reversed(path) if x.row and x.label.unit), None)
    unit = unit_cell(view.grid, r, view.segment)
    return printed or (_bare_unit(unit, rules) if unit else None)


def _bare_unit(text: str, rules: Rules) -> str:
    return (unit_line(text, rules) or text).strip().strip("()（）")


def percent_word(name: str, rules: Rules) -> str | None:
    """% or 百分点 where a name is measured so even without a sign (占比, 增幅, 就业率), else None."""
    roles, name = rules.roles, rules.codebook.clean(name)
    if name.endswith("百分点"):
        return "百分点"
    return "%" if roles.percent_regex.search(name) and not roles.percent_not_regex.search(name) else None


def word_unit(name: str, rules: Rules) -> str | None:
    """The unit that a name implies: 门数 → 门, 获奖人数 → 人."""
    name = rules.codebook.clean(name)
    counted = name.removesuffix("数")
    if counted != name and rules.codebook.is_unit(counted):
        return counted
    return next((unit for unit, p in rules.roles.unit_words if p.search(name)), None)


def find(path: Sequence[Settled], unit: str | None, view: View, rules: Rules) -> Indicator | None:
    """The indicator that the labels name: the column's own measure, else the row's, else the caption's."""
    book = rules.codebook
    heads = [x for x in path if not x.row and x.role in ("measure", "generic")]
    rows = [x for x in path if x.row and x.role in ("measure", "generic")]
    named = next((x.named for x in reversed(rows) if x.named), None)
    names = [*_names(x for x in rows if x.named is None), *([named.name] if named else [])]
    if any(x.role == "measure" for x in heads):
        of_heads = _names(heads)
        found = match([*names, *of_heads], unit, book)
        return found or match(["".join([*of_heads, *names[-1:]])], unit, book)
    share = any(percent_word(x.label.name, rules) for x in heads)
    if named and not share and (named.indicator or "/" in named.name) and _fits(named.indicator, unit, book):
        return named.indicator
    found = match([*names, *_names(heads)], unit, book) if names else None
    if found is None and heads and rows:
        found = match([*_names(rows), *_names(heads)], unit, book)  # 在校生, 满意度
    if found is None and names and not share:
        found = match(names, unit, book)
    if found is None and len(rows) > 1 and not share:
        found = match(_names(rows), unit, book)  # 课堂育人, 满意度
    if found is None and names:
        found = _completed(path, names[-1], unit, rules)
    if found or any(x.role == "measure" for x in rows):
        return found
    found = _of_class(path, heads, unit, rules)
    if found:
        return found
    if any(rules.roles.intended_regex.search(x.label.name) for x in path):
        return None  # 计划数 under 招生情况 is no 招生数
    scope = view.scope.measure
    unit = unit or view.scope.unit
    return scope if scope and (unit is None or book.kind(unit) == book.kind_of(scope)) else None


def _of_class(
    path: Sequence[Settled], heads: Sequence[Settled], unit: str | None, rules: Rules
) -> Indicator | None:
    """The indicator that a row's class and a column such as 满意度 name together (在校生 + 满意度)."""
    name = heads[-1].label.name if heads else ""
    if not name or rules.codebook.clean(name) in rules.codebook.labels.generic_kinds:
        return None
    classes = [x.label.name for x in path if x.row and x.role == "dim"]
    return next((i for x in classes if (i := match([x + name], unit, rules.codebook))), None)


def _fits(indicator: Indicator | None, unit: str | None, book: Codebook) -> bool:
    """A percentage beside a count (60/31.9%) is not what the row counts."""
    return indicator is None or book.kind(unit) != "percent" or book.kind_of(indicator) == "percent"


def _completed(path: Sequence[Settled], name: str, unit: str | None, rules: Rules) -> Indicator | None:
    """The indicator that a class above the column and the row's measure name together (在校生 + 满意度)."""
    if rules.codebook.clean(name) in rules.codebook.labels.generic_kinds:
        return None  # 人数 in a row below 升学, a class of 去向
    classes = [x.label.name for x in path if not x.row and x.role == "dim"]
    return match([classes[-1] + name], unit, rules.codebook) if classes else None


def _names(labels: Iterable[Settled]) -> list[str]:
    return [x.label.name for x in labels]
