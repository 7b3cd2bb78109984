"""A number in a bracket → the phrase that it measures: of what stands before the bracket, or a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.claims.linked import Linked
from pipeline.segment.quantity import Quantity

if TYPE_CHECKING:
    from pipeline.claims.link import Linker


def in_bracket(linker: Linker, q: Quantity, bracket: tuple[int, int], done: Sequence[Linked]) -> Linked:
    """Inside a bracket the parts belong to the phrase before the bracket."""
    rules = linker.rules
    host, label = _host(linker, bracket, done), _label(linker, q, bracket, done)
    if not label:
        return Linked(q, host, host, "bracket")
    if rules.relative_regex.fullmatch(label) or label.startswith("占"):
        return Linked(q, rules.count_tail_regex.sub("", host) + label, host, "bracket")
    if rules.modifier_regex.fullmatch(label):
        return Linked(q, linker.modified(label, host), host, "bracket")
    return Linked(q, label, host, "bracket")


def _label(linker: Linker, q: Quantity, bracket: tuple[int, int], done: Sequence[Linked]) -> str:
    """What the bracket itself says of the number: the words before it, or the noun that it counts."""
    text = linker.shape.text
    edge = max(
        [bracket[0] + 1, *(d.quantity.end for d in done if bracket[0] < d.quantity.start < bracket[1])]
    )
    shown = "".join(c for i, c in enumerate(text[edge : q.start], edge) if i not in linker.hidden)
    label = linker.trim(re.sub(r"^.*[，,；;]", "", shown))
    if label or not linker.rules.classifier_regex.search(q.unit or ""):
        return label
    return re.split(r"[，,；;、（）()\d]", text[q.end : bracket[1] - 1])[0].strip("的")


def _host(linker: Linker, bracket: tuple[int, int], done: Sequence[Linked]) -> str:
    """What stands before the bracket: the claim there, or a member of a row (甲市（8.9%）、乙省（6.3%）)."""
    outer = next((d for d in reversed(done) if d.quantity.end <= bracket[0]), None)
    start = outer.quantity.end if outer else 0
    between = linker.visible(start, bracket[0])
    member = re.search(r"[、和与及]([^、和与及，；。]{2,12})$", between)
    if outer and member:
        return member[1]
    if outer and not re.search(r"[，；。]", linker.shape.text[start : bracket[0]]):
        return outer.head
    said = linker.trim(linker.visible(linker.shape.clause(bracket[0], bracket[0])[0], bracket[0]))
    return said or (outer.head if outer else "")
