"""A place in a folded text → the quantity that begins there: number, unit, hedges, range, ratio, fraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pipeline.rules.quantities import QuantityRules
from pipeline.schema.rows import Qualifier
from pipeline.segment.numbers import Numeral, numeral_at
from pipeline.segment.quantity import Quantity, QuantityKind

_SPACE: Final = re.compile(r"[ \t\u00a0\u3000\n]{0,2}")
_RATIO: Final = re.compile(r"\s?(?::|比(?=[0-9一二三四五六七八九十]))\s?")
_PARTS: Final = re.compile(r"分之")
_FRACTIONS: Final = frozenset("/半分")  # what follows the first number of a fraction
_SLASH: Final = re.compile(r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,3})(?![0-9/.年月])")
_TO: Final = re.compile(r"\s?(?:[-—–~～─―－]{1,2}|至|到)\s?")
_SIGN: Final = re.compile(
    r"(?<![0-9A-Za-z)）\]%年月日\u4e00-\u9fff])[-−](?=[0-9])|(?<=[为是达:：余率额值幅])[-−](?=[0-9])"
)
_TIMES: Final = re.compile(r"翻了?(?=[0-9一二三四五六七八九两]{1,2}番)")
_HUNDREDS: Final = {"百": (Decimal(1), "%"), "千": (Decimal(1), "‰")}
_KINDS: Final[dict[str, QuantityKind]] = {
    "percent": "percent",
    "points": "points",
    "ratio": "ratio",
    "multiple": "multiple",
}


@dataclass(slots=True)
class Measure:
    """A quantity as it is built up, left to right. `end` moves on with each part that is read."""

    numeral: Numeral
    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = "exact"
    kind: QuantityKind = "count"
    number_end: int = 0


def measure_at(text: str, i: int, floor: int, rules: QuantityRules) -> Measure | None:
    """The quantity whose number begins at text[i]; nothing before `floor` is taken as a part of it."""
    times = _TIMES.match(text, i)
    numeral = numeral_at(text, times.end() if times else i)
    if numeral is None:
        return None
    m = Measure(numeral, i, numeral.end, numeral.value, number_end=numeral.end)
    # Most cells end with their number: nothing makes a fraction or a ratio of it.
    if numeral.end == len(text) or not (_fraction(text, m) or _ratio(text, m)):
        _plain(text, m, rules)
    if m.end < len(text):
        _after(text, m, rules)
    _before(text, m, floor, rules)
    return m


def quantity(text: str, m: Measure, rule: str) -> Quantity:
    """The finished `Quantity`; `text` is the original, not the folded one."""
    value, high = float(m.value), None if m.high is None else float(m.high)
    start, end = m.numeral.start, m.number_end
    return Quantity(
        m.start, m.end, text[m.start : m.end], start, end, value, high, m.unit, m.qualifier, m.kind, rule
    )


def unit_at(text: str, i: int, rules: QuantityRules) -> tuple[str, int] | None:
    """(unit, its end) at text[i], white space skipped: the longest known unit that nothing forbids."""
    start = _SPACE.match(text, i).end()  # type: ignore[union-attr]  # it matches nothing, too
    if text[start : start + 1] not in rules.units.initials:
        return None
    for n in range(min(rules.units.longest, len(text) - start), 0, -1):
        unit = text[start : start + n]
        if unit not in rules.units.known:
            continue
        forbidden = rules.units.not_before_regexes.get(unit)
        if forbidden and forbidden.match(text, start + n):
            continue
        # A unit in Latin letters ends where the letters end.
        if not (_letter(unit, n - 1) and _letter(text, start + n)):
            per = rules.units.per_regex.match(text, start + n)
            return unit + (per[0].replace(" ", "") if per else ""), per.end() if per else start + n
    return None


def _letter(text: str, i: int) -> bool:
    return text[i : i + 1].isalpha() and text[i : i + 1].isascii()


def _fraction(text: str, m: Measure) -> bool:
    """2/3, 三分之二, 一半, 百分之九十五 (a percentage)."""
    if text[m.numeral.end : m.numeral.end + 1] not in _FRACTIONS:
        return False
    slash = _SLASH.match(text, m.numeral.start)
    if slash and 0 < int(slash["a"]) < int(slash["b"]):
        return _quotient(m, Decimal(slash["a"]), Decimal(slash["b"]), slash.end())
    if text.startswith("一半", m.numeral.start) and m.numeral.end == m.numeral.start + 1:
        return _quotient(m, Decimal(1), Decimal(2), m.numeral.end + 1)
    parts = _PARTS.match(text, m.numeral.end)
    top = numeral_at(text, parts.end()) if parts and parts.end() < len(text) else None
    if top is None:
        return False
    whole = text[m.numeral.start : m.numeral.end]
    if whole in _HUNDREDS:
        m.value, m.unit, m.kind = top.value, _HUNDREDS[whole][1], "percent"
        m.end = m.number_end = top.end
        return True
    return m.numeral.value != 0 and _quotient(m, top.value, m.numeral.value, top.end)


def _quotient(m: Measure, a: Decimal, b: Decimal, end: int) -> bool:
    m.value, m.kind = Decimal(float(a) / float(b)), "fraction"
    m.end = m.number_end = end
    return True


def _ratio(text: str, m: Measure) -> bool:
    """1:16 and 16:1 are 16; 55.3:44.7 is the quotient."""
    mark = _RATIO.match(text, m.numeral.end)
    other = numeral_at(text, mark.end()) if mark and mark.end() < len(text) else None
    if other is None or other.script != m.numeral.script or m.numeral.scale or not other.value or other.scale:
        return False
    a, b = m.numeral.value, other.value
    m.value = b if a == 1 else a if b == 1 else Decimal(float(a) / float(b))
    m.unit, m.kind, m.end, m.number_end = ":", "ratio", other.end, other.end
    return True


def _plain(text: str, m: Measure, rules: QuantityRules) -> None:
    """Number, hedge inside, unit; and the second half of a range."""
    m.high = m.numeral.high
    m.unit, m.end = _unit(text, m, m.numeral, rules)
    if m.end < len(text):
        _range(text, m, rules)
    if m.high is not None:
        m.qualifier = "range"
    if m.unit:
        kind = rules.units.known.get(m.unit, ("", 0, ""))[2]
        m.kind = _KINDS.get(kind, "range" if m.high is not None else "count")
    elif m.high is not None:
        m.kind = "range"


def _unit(text: str, m: Measure, numeral: Numeral, rules: QuantityRules) -> tuple[str | None, int]:
    end = numeral.end
    if numeral.hedged:
        m.qualifier = "over"
    if end == len(text):
        return numeral.scale or None, end
    inside = rules.hedges.inside_regex.match(text, end)
    found = unit_at(text, inside.end(), rules) if inside else None
    if inside and (found or numeral.script == "han"):
        m.qualifier = rules.hedges.inside[inside[1]]
        end = inside.end()
    else:
        found = unit_at(text, end, rules)
    # A colon after one number ends a label; with a second number it was a ratio.
    if found and rules.units.known.get(found[0], ("", 0, ""))[2] != "ratio":
        return numeral.scale + found[0], found[1]
    return numeral.scale or None, end


def _range(text: str, m: Measure, rules: QuantityRules) -> None:
    """7-16岁, 20至30, 20%—30%, 三至五名. The unit is the last one; both ends share it."""
    to = _TO.match(text, m.end)
    other = numeral_at(text, to.end()) if to and to.end() < len(text) else None
    if other is None or other.script != m.numeral.script or other.high is not None:
        return
    unit, end = _unit(text, m, other, rules)
    low_unit = m.unit
    scale_only = low_unit == m.numeral.scale and (unit or "").startswith(m.numeral.scale)  # 85万-90万人
    if low_unit and unit and low_unit != unit and not scale_only:
        return
    if other.value <= m.value or (low_unit and not unit):
        return
    m.high, m.unit, m.end, m.number_end = other.value, unit or low_unit, end, other.end


def _after(text: str, m: Measure, rules: QuantityRules) -> None:
    hedge = rules.hedges.after_regex.match(text, m.end)
    if not hedge or rules.hedges.after_not_regex.match(text, hedge.start(1)):
        return
    word = rules.hedges.after[hedge[1]]
    if (
        word == "over"
        and hedge[1].endswith("上")
        and rules.hedges.reach_regex.search(text[max(0, m.start - 8) : m.start])
    ):
        word = "at_least"
    if m.high is None:
        m.qualifier = word
    m.end = hedge.end()


def _before(text: str, m: Measure, floor: int, rules: QuantityRules) -> None:
    sign = _SIGN.match(text, m.start - 1) if m.start > floor else None
    if sign:
        m.value, m.start = -m.value, m.start - 1
    end = m.start
    while end > floor and text[end - 1] in " \u00a0\u3000":
        end -= 1
    if end == floor or text[end - 1] not in rules.hedges.finals:
        return
    for n in range(min(rules.hedges.longest, end - floor), 0, -1):
        hedge = rules.hedges.by_word.get(text[end - n : end])
        if hedge and not (hedge.not_after and text[end - n - 1 : end - n] in list(hedge.not_after)):
            if m.high is None and m.qualifier == "exact":
                m.qualifier = hedge.qualifier
            if hedge.keep:
                m.start = end - n
            return
