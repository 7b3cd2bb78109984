"""A label → the unit that its words imply (占比 → %, 门数 → 门), where it prints none."""

from __future__ import annotations

from pipeline.normalize.units import unit_line
from pipeline.rules import Rules


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


def bare_unit(text: str, rules: Rules) -> str:
    """The unit that a cell of a unit column, or a header that is a unit, prints."""
    return (unit_line(text, rules) or text).strip().strip("()（）")
