"""A value in a printed unit → the value in the standard unit; a line → the unit it prints for a table."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Final

from pipeline.rules import Rules
from pipeline.rules.quantities import UnitRules

_LONGEST: Final = 32  # characters: a longer text is no unit, and a run of 千 no factor that a float holds
_KEPT: Final = 10_000
_HEDGE: Final = re.compile(r"^[余多约近]")


def standardize(value: float | None, unit: str | None, rules: Rules) -> tuple[float | None, str | None]:
    """(value in the standard unit, standard unit): 1.2 万元 is (12000.0, 元), 2.82 亿 is (282000000.0, None).

    The product is exact and rounded once, to float64. An unknown unit stays as it is.
    """
    if unit is None:
        return value, None
    factor, std = _standard_of(unit, rules)
    if value is None or factor is None:
        return None if value is None else value + 0.0, std  # -0.0 is 0.0
    return float(Fraction(repr(value)) * factor), std


def is_unit(text: str, rules: Rules) -> bool:
    """The text is a unit that the rules know (with a scale, or per something: 万元, 元/生)."""
    return _known(_folded(text, rules.quantities.units), rules.quantities.units)


def unit_line(text: str, rules: Rules) -> str | None:
    """The unit that a line prints for a whole table (单位：万元), else None: 单位就业 is a label."""
    m = rules.roles.unit_row_regex.match(unicodedata.normalize("NFKC", text))
    if m is None:
        return None
    unit = str(m["unit"]).strip("()（） ")
    return unit if m["colon"] or is_unit(unit, rules) else None


def _folded(unit: str, units: UnitRules) -> str:
    return "".join(units.folded(unit).split())


@lru_cache(maxsize=_KEPT)
def _standard_of(unit: str, rules: Rules) -> tuple[Fraction | None, str | None]:
    """The factor (None for 1) and standard unit of a printed unit; the same few stand beside all values."""
    factor, std = _standard(_folded(unit, rules.quantities.units), rules.quantities.units)
    return None if factor == 1 else factor, std


def _standard(unit: str, units: UnitRules) -> tuple[Fraction, str | None]:
    """The factor and standard unit of a folded unit."""
    if len(unit) > _LONGEST:
        return Fraction(1), unit
    if unit in units.known:
        std, factor, _ = units.known[unit]
        return factor, std
    head, stroke, per = unit.partition("/")
    if stroke:
        factor, std_head = _standard(head, units)
        return factor, f"{std_head or ''}/{per}"
    scale = units.scale_regex.match(unit)
    if scale:
        factor, std_rest = (
            _standard(unit[scale.end() :], units) if unit[scale.end() :] else (Fraction(1), None)
        )
        return units.scales[scale[0]] * factor, std_rest
    if _HEDGE.match(unit) and len(unit) > 1:
        return _standard(unit[1:], units)
    return Fraction(1), unit


def _known(unit: str, units: UnitRules) -> bool:
    if len(unit) > _LONGEST:
        return False
    if unit in units.known:
        return True
    head, stroke, per = unit.partition("/")
    if stroke:
        return _known(head, units) and (per in units.per or _known(per, units))
    scale = units.scale_regex.match(unit)
    return scale is not None and (scale.end() == len(unit) or _known(unit[scale.end() :], units))
