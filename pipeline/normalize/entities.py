"""Short names of schools → the full names that the report itself gives (望丛工业职校 → …望丛工业职业学校).

No list of schools is kept. A full name is the report's own organisation, an entity or a mention that starts
with a division of the report's own path and ends as names of schools end. A short name is one whose own part
begins a full name's own part; where two full names fit, it stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block, Cell, Claim, Observation

_CORE = 2  # characters that a short name must share with the full one, from its first


def resolve(
    observations: list[Observation],
    claims: list[Claim],
    texts: Iterable[str],
    context: Context,
    rules: Rules,
) -> None:
    """Write the full name wherever an observation or claim is about a school by its short name."""
    rows: list[Observation | Claim] = [*observations, *claims]
    entities = {row.entity for row in rows if row.entity}
    unsure = {e for e in entities if e not in (context.region, context.org)}
    if not unsure:
        return
    full = full_names(entities, texts, context, rules)
    names = {e: name for e in unsure if (name := full_name(e, full, context, rules)) != e}
    for row in rows if names else ():
        row.entity = names.get(row.entity or "", row.entity)


def full_names(entities: Iterable[str], texts: Iterable[str], context: Context, rules: Rules) -> list[str]:
    """The full names of schools in the report, in order: entities and mentions with their division."""
    start = "|".join(map(re.escape, _divisions(context)))
    if not start:
        return [context.org] if context.org else []
    pattern = _mention(start, rules.entities.school)
    found = {e for e in entities if pattern.fullmatch(e)}
    found.update(m.group() for text in texts for m in pattern.finditer(text))
    found.update({context.org} if context.org else set())
    return sorted(n for n in found if n == context.org or len(core(n, context, rules)) >= _CORE)


def full_name(name: str, full: list[str], context: Context, rules: Rules) -> str:
    """The one full name that `name` is short for, else `name`."""
    if name in full:
        return name
    own = core(name, context, rules)
    longer = [f for f in full if f.endswith(name)]
    if len(longer) == 1 and name.startswith(_divisions(context)):
        return longer[0]  # 江滨区职业教育中心 for 临海市江滨区职业教育中心
    if len(own) < _CORE or rules.entities.group_regex.fullmatch(own):
        return name
    fits = {f for f in full if core(f, context, rules).startswith(own)}
    exact = {f for f in fits if core(f, context, rules) == own}
    found = exact or fits
    return found.pop() if len(found) == 1 else name


def core(name: str, context: Context, rules: Rules) -> str:
    """What is the school's alone: its name without the division in front and the kind of school behind."""
    start = "|".join(map(re.escape, _divisions(context)))
    bare = re.sub(f"^(?:{start})+", "", name) if start else name
    return _tail(rules.entities.school, rules.entities.short).sub("", bare)


def school_texts(blocks: list[Block], cells: list[Cell]) -> Iterable[str]:
    """Where a report names its schools: paragraphs, headings, and the stubs of tables."""
    yield from (b.text for b in blocks)
    yield from (c.text for c in cells if c.role == "stub")


@lru_cache(maxsize=256)
def _divisions(context: Context) -> tuple[str, ...]:
    """The divisions of the report's path, longest first, with and without 省, 市, 区, 县."""
    named = [n for n in (context.province, context.city, context.district) if n]
    bare = [n[:-1] for n in named if len(n) > 2]
    return tuple(sorted({*named, *bare}, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=256)
def _mention(start: str, school: str) -> re.Pattern[str]:
    # Not `(?:…)+`: only a pattern that begins with alternatives is searched for by their first characters.
    return re.compile(rf"(?:{start})(?:{start})*[\u4e00-\u9fff]{{2,12}}?{school}")


@lru_cache(maxsize=4)
def _tail(school: str, short: str) -> re.Pattern[str]:
    """The kind of school at the end of a name, the longest that fits."""
    return re.compile(f"(?:{school}|{short})$")
