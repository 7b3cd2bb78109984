"""Caption, titles, unit lines and notes of one table → what holds for all its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.normalize.context import Context
from pipeline.normalize.periods import definitions, find_periods
from pipeline.normalize.units import unit_line
from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator
from pipeline.schema.rows import Table
from pipeline.tables.labels import is_entity

_NUMBER = re.compile(r"^\s*(?:附?表\s*[\d一二三四五六七八九十]+(?:[-.—－]\d+)*)\s*[:：.、]?\s*")
_SCHOOL = re.compile(
    r"^(?:(?:19|20)\d\d年?度?)?([\u4e00-\u9fff]{2,20}?(?:学校|职教中心|教育中心|技师学院|职业学院|学院))(?!教师|学生)"
)
_SEVERAL = re.compile(r"[、,，;；和]")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a table as a whole says of its values."""

    period: tuple[str, int] | None
    unit: str | None
    entity: str | None
    measure: Indicator | None


def caption_of(table: Table) -> str:
    """The caption without its number (表12022年 keeps its year)."""
    text = table.caption or ""
    if table.number and text.startswith(table.number):
        return text[len(table.number) :].strip(" :：.、\u3000")
    return _NUMBER.sub("", text)


def scope_of(
    table: Table, texts: Iterable[str], units: Iterable[str], context: Context, rules: Rules
) -> Scope:
    """The scope from the caption, then `texts` (titles, bands); `units` are unit lines inside the table."""
    words = [caption_of(table), *texts]
    return Scope(
        period=_period(words, context, rules),
        unit=_unit(words, [*units, table.unit_note or ""], rules),
        entity=_entity(words, rules),
        measure=next((m for w in words if (m := measure_in(w, rules))), None),
    )


def relative_words(notes: Iterable[str], context: Context, rules: Rules) -> dict[str, tuple[str, int]]:
    """What the notes of a table say that 本学年, 上年 … mean."""
    found: dict[str, tuple[str, int]] = {}
    for note in notes:
        found |= definitions(note, context.report_year, rules.periods)
    return found


def measure_in(text: str, rules: Rules) -> Indicator | None:
    """The indicator that a caption names (各校在校生数, 专任教师学历结构), by its longest name, or None."""
    book, roles = rules.codebook, rules.roles
    folded = book.fold(text)
    for name, at in book.names_in(folded):
        if (
            roles.measure_regex.search(name)
            or roles.caption_key_regex.search(name)
            or roles.structure_regex.match(folded[at + len(name) :])
        ):
            return book.by_id[book.names[name]]
    return None


def _period(words: Iterable[str], context: Context, rules: Rules) -> tuple[str, int] | None:
    for text in words:
        found = {(p.period, p.year) for p in find_periods(text, context.report_year, rules.periods)}
        if len(found) == 1:
            return found.pop()
    return None


def _unit(words: Iterable[str], lines: Iterable[str], rules: Rules) -> str | None:
    for line in lines:
        said = unit_line(line, rules)
        if said:
            return _single(said)
        if line and rules.codebook.is_unit(line):
            return line.strip("()（） ")
    for text in words:
        m = rules.roles.caption_unit_regex.search(unicodedata.normalize("NFKC", text))
        unit = m["unit"].strip("() ") if m else rules.codebook.split_unit(text)[1]
        if unit:
            return _single(unit)
    return None


def _single(unit: str) -> str | None:
    """The unit, unless several are printed (人、%): then each value's own words decide."""
    return None if _SEVERAL.search(unit) else unit


def _entity(words: Iterable[str], rules: Rules) -> str | None:
    for text in words:
        m = _SCHOOL.match(text)
        if m and is_entity(m[1], rules):
            return m[1]
    return None
