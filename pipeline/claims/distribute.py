"""Subjects before 分别 and the numbers after it → one subject each, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.link import Linker
from pipeline.claims.linked import Linked
from pipeline.claims.shape import Shape
from pipeline.normalize.scope import Scope
from pipeline.rules import Rules
from pipeline.rules.relations import RelationRules


def distribute(linked: list[Linked], form: Shape, linker: Linker, scope: Scope, rules: Rules) -> list[Linked]:
    """Replace the phrases of numbers that a 分别 hands out; others stay."""
    relations = rules.relations
    for m in relations.compiled["distribute"].finditer(form.covered):
        row = _row_after(linked, m.end(), form)
        if len(row) < 2:
            continue
        said = form.text[m.start() : linked[row[0]].quantity.start]
        subjects = _subjects(form, m.start(), relations)
        if len(subjects) != len(row):
            noun = (
                linker.trim(subjects[0]) if len(subjects) == 1 and not re.search(r"\d", subjects[0]) else ""
            )
            subjects = [s + noun for s in _said_before(linked, m.start(), len(row), form)]
        elif shared := _owners(subjects, scope):
            owners, noun = shared
            noun = linker.trim(linker.visible(m.start() - len(noun), m.start()))
            noun = noun or linker.trim(linker.visible(m.end(), linked[row[0]].quantity.start))
            for i, owner in zip(row, owners, strict=True):
                linked[i] = Linked(linked[i].quantity, noun, noun, "distributed", owner=owner)
            continue
        else:
            subjects = _completed(subjects, relations)
        if len(subjects) != len(row):
            continue
        of_whole = relations.compiled["distribute_share"].match(said)
        for i, subject in zip(row, subjects, strict=True):
            phrase = (linker.trim(subject) or subject) + ("占比" if of_whole else "")
            linked[i] = Linked(linked[i].quantity, phrase, phrase, "distributed")
    return linked


def _said_before(linked: Sequence[Linked], at: int, n: int, form: Shape) -> list[str]:
    """The phrases of the last `n` numbers before `at`, which 分别 takes up again."""
    start = max((b for b in form.bounds if b < at and form.text[b] in "；;"), default=0)
    before = (item for item in linked if start <= item.quantity.start < at)
    return [i.phrase for i in before if not form.bracket_of(i.quantity.start, i.quantity.end)][-n:]


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


def _subjects(form: Shape, at: int, rules: RelationRules) -> list[str]:
    """The members of the enumeration that ends at `at`."""
    start = form.clause_start(at - 1)
    covered, text = form.covered[start:at], form.text[start:at]
    cuts = [m.span() for m in rules.compiled["subjects"].finditer(covered)]
    edges = [0, *(c for span in cuts for c in span), len(text)]
    return [text[a:b].strip("，, ") for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _owners(subjects: Sequence[str], scope: Scope) -> tuple[list[str], str] | None:
    """(schools or regions, what is counted of each): A学校、B学校在校生 is ([A学校, B学校], 在校生)."""
    found = [scope.subject_at(s, 0, leading=True) for s in subjects]
    if any(f is None or f.kind not in ("school", "region") for f in found):
        return None
    owners = [f for f in found if f]
    if any(s[f.end :] for s, f in zip(subjects[:-1], owners, strict=False)):
        return None
    return [f.entity for f in owners], subjects[-1][owners[-1].end :].lstrip("的")


def _completed(subjects: Sequence[str], rules: RelationRules) -> list[str]:
    """Members with the tail and front that they share: 第一、二、三产业就业人数, 中职、高职招生数."""
    collective = rules.compiled["collective"].match(subjects[-1])
    if collective and len(subjects) > 1:
        return [s + collective["tail"] for s in (*subjects[:-1], collective["last"])]
    shared = rules.compiled["shared_tail"].search(subjects[-1])
    if shared and not any("的" in s for s in subjects[:-1]):
        bare = [rules.compiled["topic"].sub("", s) for s in subjects]
        return [s + shared.group() for s in bare[:-1]] + bare[-1:]
    measure = rules.compiled["measure_tail"].search(subjects[-1])
    if (
        measure
        and measure.start()
        and not any(rules.compiled["measure_end"].search(s) for s in subjects[:-1])
    ):
        return [s + measure.group() for s in subjects[:-1]] + list(subjects[-1:])
    first, last = subjects[0], subjects[-1]
    tail = next((last[n:] for n in range(1, 4) if len(first) >= n and last[n - 1 : n] == first[-1:]), "")
    if tail and len(first) <= 4 < len(last):
        return [s + tail for s in subjects[:-1]] + [last]
    numerals = [re.fullmatch(r"(第?)([一二三四五])(.*)", s) for s in subjects]
    if all(numerals) and not any(m[3] for m in numerals[:-1] if m):
        front, rest = (numerals[0] or {0: ""})[1], (numerals[-1] or {3: ""})[3]
        return [f"{front}{m[2]}{rest}" for m in numerals if m]
    return list(subjects)
