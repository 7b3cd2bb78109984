"""The text of a table cell → what it holds: quantities, or the reason why it holds none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.rules import Rules
from pipeline.rules.nonclaims import HAN_NUMERALS
from pipeline.rules.quantities import QuantityRules
from pipeline.segment.measure import Measure, measure_at, quantity
from pipeline.segment.quantity import Quantity

CellKind = Literal["value", "not_applicable", "illegible", "date", "phone", "code", "text", "blank"]

_SPACE: Final = re.compile(r"\s")
# What may stand before the first digit: a sign, and words such as 约 or 不低于.
_NUMBER: Final = re.compile(f"[-−](?=[0-9])|(?=[0-9{HAN_NUMERALS}几数上])")
_ANY: Final = re.compile(f"[0-9{HAN_NUMERALS}几数上]")
_HEDGED: Final = re.compile(f"[^0-9{HAN_NUMERALS}几数上]{{1,5}}")
# Two short numbers on two lines are two values; a long one with a short tail was broken by a narrow column.
_LONG_HEAD: Final = 4
_NEAR: Final = 32
_MARKS: Final = (("，", ","), ("（", "("), ("）", ")"))
# In brackets behind a value: a remark without digits (含外聘), or the words for the next number (其中女).
_REMARK: Final = re.compile(r"[^0-9()]{1,12}(?=\))")
_SAID: Final = re.compile(r"[^0-9()]{1,8}(?=[0-9])")
_POINT: Final = re.compile(r"[0-9]\.\Z")
_HEAD: Final = re.compile(r"[0-9.,]+\Z")
_TAIL: Final = re.compile(r"[0-9.,]+")


@dataclass(slots=True)
class CellReading:
    """`kind` of the cell; `quantities` only where they make up the whole cell (kind `value`).

    Their offsets are those of the cell's text. `said` has the words in brackets before each of them:
    ['', '其中女'] for 218人（其中女126人）.
    """

    kind: CellKind
    quantities: list[Quantity] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def read_cell(text: str, rules: Rules) -> CellReading:
    """Say what a table cell holds. `0` is a value; a blank says nothing; `-` says that no value applies."""
    q = rules.quantities
    folded = q.units.folded(text)
    tight = "".join(folded.split())
    if not tight:
        return CellReading("blank")
    kind = q.nonclaims.kind_of_cell(tight)
    if kind is not None:
        return CellReading(kind)
    parts = _whole(text, folded, q)
    if not parts:
        return CellReading("text")
    return CellReading("value", [found for found, _ in parts], [said for _, said in parts])


def _whole(text: str, folded: str, q: QuantityRules) -> list[tuple[Quantity, str]]:
    """The quantities that make up a whole text, each with the words said of it in brackets; else empty."""
    if not _ANY.search(folded):
        return []
    for wide, plain in _MARKS:
        folded = folded.replace(wide, plain)
    wraps = {m.start() for m in _SPACE.finditer(folded) if _wraps(folded, m.start())}
    if not wraps:
        return [(quantity(text, m, "cell"), said) for m, said in _measures(folded, q) or ()]
    back = [k for k in range(len(folded) + 1) if k not in wraps]  # where each character and the end stood
    tight = "".join([folded[k] for k in back[:-1]])
    return [(_placed(text, m, back), said) for m, said in _measures(tight, q) or ()]


def _measures(folded: str, q: QuantityRules) -> list[tuple[Measure, str]] | None:
    found: list[tuple[Measure, str]] = []
    at = 0
    while at < len(folded):
        start = at
        filler = q.nonclaims.filler_regex.match(folded, at)
        at = filler.end() if filler else at
        at, floor, said = _bracketed(folded, at) if found else (at, at, "")
        number = _NUMBER.match(folded, at) or (_HEDGED.match(folded, at) if not found else None)
        m = measure_at(folded, number.end(), floor, q) if number and number.end() < len(folded) else None
        if m is not None and m.start <= at and not _lone(m):
            found.append((m, said))
            at = m.end
        if at == start:
            return None
    return found or None


def _bracketed(folded: str, at: int) -> tuple[int, int, str]:
    """Behind what brackets say at `at`: (where a number may begin, where its words begin, the words)."""
    if folded.count("(", 0, at) <= folded.count(")", 0, at):
        return at, at, ""
    remark = _REMARK.match(folded, at)
    if remark:
        return remark.end(), remark.end(), ""
    said = _SAID.match(folded, at)
    return (said.end(), at, said[0]) if said else (at, at, "")


def _wraps(text: str, k: int) -> bool:
    """White space within a number: after its point, or a line break beside its point or comma, or between a
    long head and a shorter tail."""
    if text[k] not in "\n\r":
        return bool(_POINT.match(text[max(0, k - 2) : k]) and text[k + 1 : k + 2].isdigit())  # 62. 5
    before = _HEAD.search(text[max(0, k - _NEAR) : k].rstrip())
    after = _TAIL.match(text[k : k + _NEAR].lstrip())
    if not (before and after):
        return True
    split = before[0][-1] in ".," or after[0][0] in ".,"
    return split or len(before[0]) >= _LONG_HEAD > len(after[0])


def _lone(m: Measure) -> bool:
    """三 or 一 alone in a cell is a label as often as a count."""
    return m.numeral.script == "han" and m.unit is None and not m.numeral.hedged


def _placed(text: str, m: Measure, back: Sequence[int]) -> Quantity:
    """The quantity with its offsets led back to the cell's own text."""
    found = quantity(text, m, "cell")
    found.start, found.end = back[m.start], back[m.end - 1] + 1
    found.number_start, found.number_end = back[m.numeral.start], back[m.number_end - 1] + 1
    found.surface = text[found.start : found.end]
    return found
