"""A text → its quantities, and the numerals that measure nothing: one scan from left to right.

At each character where something may begin, the shapes that are no claims are tried first, then fixed
expressions, then the number grammar. What is taken is not looked at again, so the scan is linear.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.rules import Rules
from pipeline.rules.nonclaims import ARABIC_NUMERALS, HAN_NUMERALS, Shapes
from pipeline.rules.quantities import QuantityRules
from pipeline.segment.measure import Measure, measure_at, quantity
from pipeline.segment.quantity import NonQuantity, Quantity

_HAN_RUN: Final = re.compile(f"[{HAN_NUMERALS}]+")
_DIGIT_RUN: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_NUMERALS: Final = frozenset(HAN_NUMERALS + ARABIC_NUMERALS)
_RANKED: Final = frozenset("0123456789一二三四五六七八九十")  # after 前
_SHARED: Final = ("count", "percent", "points")
_TOGETHER: Final = re.compile(r"\s?(?:[、,，]|和|及|与|以及|或)\s?")

Found = Quantity | NonQuantity | int


def find(text: str, rules: Rules) -> tuple[list[Quantity], list[NonQuantity]]:
    """All quantities of a text and all numerals that are none, each in order; no two overlap.

    Every digit of the text lies in exactly one of them. Words in which a Chinese numeral is no numeral
    (统一, 百姓) give neither.
    """
    q = rules.quantities
    folded = q.units.folded(text)
    quantities: list[Quantity] = []
    others: list[NonQuantity] = []
    at, taken, trigger = 0, 0, q.nonclaims.trigger_regex
    while m := trigger.search(folded, at):
        found = _read(text, folded, m.start(), taken, q)
        if isinstance(found, int):
            at = found
            continue
        if isinstance(found, Quantity):
            quantities.append(found)
        else:
            others.append(found)
        at = taken = found.end
    return _share_units(folded, quantities), others


def _read(text: str, folded: str, i: int, floor: int, q: QuantityRules) -> Found:
    """What begins at folded[i], or the offset to go on from."""
    char = folded[i]
    early = q.nonclaims.early.get(char)
    if early and (shape := _shape(text, folded, i, early)):
        return shape
    numeral = char in _NUMERALS
    fixed = _fixed(text, folded, i, floor, q) if numeral else None
    if fixed is not None:
        return fixed
    late = q.nonclaims.late.get(char)
    if late and (shape := _shape(text, folded, i, late)):
        return shape
    if char == "前":
        return _rank(text, folded, i, q) if folded[i + 1 : i + 2] in _RANKED else i + 1
    if not (numeral or char in "数几上翻"):
        return i + 1
    measure = measure_at(folded, i, floor, q)
    if measure is None:
        return _leftover(text, folded, i)
    return _judge(text, folded, measure, q)


def _shape(text: str, folded: str, i: int, shapes: Shapes) -> NonQuantity | None:
    m = shapes[0].match(folded, i)
    if m is None or m.lastindex is None:
        return None
    shape = shapes[1][m.lastindex - 1]
    return NonQuantity(i, m.end(), text[i : m.end()], shape.code, f"nonclaims.{shape.id}")


def _fixed(text: str, folded: str, i: int, floor: int, q: QuantityRules) -> Found | None:
    for key in (folded[i : i + 2], folded[i]):
        for f in q.nonclaims.fixed_at.get(key, ()):
            start = i - f.offset
            if start >= floor and folded.startswith(f.text, start):
                end = start + len(f.text)
                return NonQuantity(start, end, text[start:end], f.code, "nonclaims.fixed") if f.code else end
    return None


def _rank(text: str, folded: str, i: int, q: QuantityRules) -> Found:
    m = measure_at(folded, i + 1, i + 1, q)
    if m is None or m.high is not None:
        return i + 1
    m.start, m.kind = i, "rank"
    return quantity(text, m, "quantity.rank")


def _judge(text: str, folded: str, m: Measure, q: QuantityRules) -> Quantity | NonQuantity:
    """A number with all that belongs to it: a quantity, unless its neighbours make it something else."""
    code = _han_code(folded, m, q) if m.numeral.script == "han" else _arabic_code(folded, m, q)
    if code is None:
        return quantity(text, m, f"quantity.{m.numeral.script}")
    start, end = m.numeral.start, m.end if code == "article" else m.number_end
    return NonQuantity(start, end, text[start:end], code, f"quantity.{code}")


def _han_code(folded: str, m: Measure, q: QuantityRules) -> str | None:
    n = m.numeral
    if m.kind in ("fraction", "ratio", "percent") and m.number_end > n.end:
        return None
    if n.bare and m.unit and m.start == n.start:
        return "idiom"  # 万元以上 is a class; 近百名 and 百余名 are counts
    single = n.end - n.start == 1
    unit = m.unit or ""
    if not unit:
        return None if n.hedged or (not single and n.value >= 100) else "idiom"
    if (
        (single or n.high)
        and unit in q.units.not_after_han
        and not (m.qualifier != "exact" and (n.value >= 10 or m.qualifier in ("at_least", "at_most")))
    ):
        return "idiom"
    if single and n.value == 1 and m.high is None and m.kind != "multiple":
        return _one(folded, m, q)
    return None


def _one(folded: str, m: Measure, q: QuantityRules) -> str | None:
    """一 counts beside a hedge or a counting verb, or after its noun; else it is an article."""
    before = folded[max(0, m.start - 4) : m.start]
    if m.qualifier != "exact" or q.nonclaims.before_one_regex.search(before):
        return None
    led = before[-1:].isalpha() and not q.nonclaims.never_one_regex.search(before)
    return None if led and q.nonclaims.after_one_regex.match(folded, m.end) else "article"


def _arabic_code(folded: str, m: Measure, q: QuantityRules) -> str | None:
    """A bare number directly before a noun is a name (对接24680产业), unless words lead up to it."""
    if m.unit or m.qualifier != "exact" or m.kind != "count" or m.high is not None:
        return None
    if not folded[: m.start].strip() and not folded[m.end :].strip(" \n.。"):
        return "unread_number"
    if q.nonclaims.led_regex.search(folded[max(0, m.start - 3) : m.start]):
        return None
    return (
        "name" if q.nonclaims.noun_regex.match(folded, m.end) and "." not in folded[m.start : m.end] else None
    )


def _leftover(text: str, folded: str, i: int) -> Found:
    run = _HAN_RUN.match(folded, i) or _DIGIT_RUN.match(folded, i)
    if run is None:
        return i + 1
    return NonQuantity(i, run.end(), text[i : run.end()], "idiom", "quantity.run")


def _share_units(folded: str, quantities: list[Quantity]) -> list[Quantity]:
    """The bare members of a list take the unit of the member after them (32、45和60人)."""
    shared = list(quantities)
    for k in range(len(shared) - 2, -1, -1):
        a, b = shared[k], shared[k + 1]
        if a.unit is not None or a.kind != "count" or not b.unit or b.kind not in _SHARED:
            continue
        joined = _TOGETHER.match(folded, a.end)
        if joined and joined.end() == b.start:
            shared[k] = replace(a, unit=b.unit, kind=b.kind)
    return shared
