"""Subjects before 分别 and the numbers after it → one subject each, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.link import Linked, Linker
from pipeline.claims.shape import Shape
from pipeline.rules.prose import RelationRules
from pipeline.rules.scope import EntityRules


def distribute(
    linked: list[Linked], form: Shape, linker: Linker, rules: RelationRules, entities: EntityRules
) -> list[Linked]:
    """Replace the phrases of numbers that a 分别 hands out; others stay."""
    for m in rules.compiled["distribute"].finditer(form.covered):
        row = _row_after(linked, m.end(), form)
        subjects = _subjects(form, m.start(), rules)
        if len(row) < 2 or len(subjects) != len(row):
            subjects = [linked[i].phrase for i in _row_before(linked, m.start())]
        if len(row) < 2 or len(subjects) != len(row):
            continue
        said = form.text[m.start() : linked[row[0]].quantity.start]
        if shared := _schools(subjects, entities):
            owners, noun = shared
            for i, owner in zip(row, owners, strict=True):
                linked[i] = Linked(linked[i].quantity, noun, noun, "distributed", owner=owner)
            continue
        for i, subject in zip(row, _completed(subjects, rules), strict=True):
            phrase = linker.trim(subject) or subject
            tail = re.sub(r"^分别", "", said)
            phrase += "占比" if tail.startswith("占") else ""
            linked[i] = Linked(linked[i].quantity, phrase, phrase, "distributed")
    return linked


def _row_after(linked: Sequence[Linked], at: int, form: Shape) -> list[int]:
    """The numbers after `at` that only marks of enumeration part."""
    row: list[int] = []
    edge = at
    for i, item in enumerate(linked):
        q = item.quantity
        if q.start < at or (q.start >= at and form.bracket_of(q.start, q.end)):
            continue
        between = form.covered[edge : q.start].replace("\0", "")
        if (
            not re.fullmatch(r"[、，,和与及\s]*|以及", between)
            if row
            else len(between) > 12 or "，" in between
        ):
            break
        row.append(i)
        edge = q.end
    return row


def _row_before(linked: Sequence[Linked], at: int) -> list[int]:
    """The numbers before `at`."""
    return [i for i, item in enumerate(linked) if item.quantity.end <= at]


def _subjects(form: Shape, at: int, rules: RelationRules) -> list[str]:
    """The members of the enumeration that ends at `at`."""
    start = max((b + 1 for b in form.bounds if b < at - 1), default=0)
    covered, text = form.covered[start:at], form.text[start:at]
    cuts = [m.span() for m in rules.compiled["subjects"].finditer(covered)]
    edges = [0, *(c for span in cuts for c in span), len(text)]
    return [text[a:b].strip("，, ") for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _schools(subjects: Sequence[str], entities: EntityRules) -> tuple[list[str], str] | None:
    """(schools, what is counted of each): A学校、B学校在校生 is ([A学校, B学校], 在校生). None for others."""
    named = re.compile(rf"(?P<school>.+{entities.school})(?P<noun>.*)")
    found = [named.fullmatch(s) for s in subjects]
    if not all(found):
        return None
    parts = [(m["school"], m["noun"].lstrip("的")) for m in found if m]
    noun = parts[-1][1]
    return ([school for school, _ in parts], noun) if noun and not any(n for _, n in parts[:-1]) else None


def _completed(subjects: Sequence[str], rules: RelationRules) -> list[str]:
    """Members with the tail and front that they share: 第一、二、三产业就业人数, 中职、高职招生数."""
    collective = rules.compiled["collective"].match(subjects[-1])
    if collective and len(subjects) > 1:
        return [s + collective["tail"] for s in (*subjects[:-1], collective["last"])]
    first, last = subjects[0], subjects[-1]
    tail = next((last[n:] for n in range(1, 4) if len(first) >= n and last[n - 1 : n] == first[-1:]), "")
    if tail and len(first) <= 4 < len(last):
        return [s + tail for s in subjects[:-1]] + [last]
    numerals = [re.fullmatch(r"(第?)([一二三四五])(.*)", s) for s in subjects]
    if all(numerals) and not any(m[3] for m in numerals[:-1] if m):
        front, rest = (numerals[0] or {0: ""})[1], (numerals[-1] or {3: ""})[3]
        return [f"{front}{m[2]}{rest}" for m in numerals if m]
    return list(subjects)
