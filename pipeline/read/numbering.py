"""numbering.xml → the number that Word prints before an automatically numbered paragraph.

Formats and counting rules: ECMA-376 part 1 §17.9 (numbering) and §17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.read.numerals import printed
from pipeline.read.package import W, natural
from pipeline.read.styles import is_on

_VAL = f"{W}val"
_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    """One level of a numbering: its first number, format, text (%1.%2) and when it starts again."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _Numbering:
    """One w:num: the abstract numbering it counts with, and its levels after overrides."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts the automatic numbers of one document. Feed it the paragraphs in document order."""

    numberings: dict[str, _Numbering] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, num_id: str, ilvl: int) -> str | None:
        """Count one paragraph and return what Word prints before it ('' for a picture bullet or none).

        None when the document does not define `num_id`; `num_id` '0' switches numbering off.
        """
        if num_id == "0":
            return ""
        numbering = self.numberings.get(num_id)
        if numbering is None or ilvl not in numbering.levels:
            return None
        counter = self._count(num_id, numbering, ilvl)
        return _label(numbering.levels, counter, ilvl)

    def _count(self, num_id: str, numbering: _Numbering, ilvl: int) -> dict[int, int]:
        counter = self.counters.setdefault(numbering.abstract, {})
        # An override of the start counts once, when this w:num is first used at the level.
        if ilvl in numbering.starts and (num_id, ilvl) not in self.started:
            counter[ilvl] = numbering.starts[ilvl]
        else:
            counter[ilvl] = counter[ilvl] + 1 if ilvl in counter else numbering.levels[ilvl].start
        self.started.add((num_id, ilvl))
        for upper in range(ilvl):
            if upper in numbering.levels:
                counter.setdefault(upper, numbering.levels[upper].start)
        for lower in [k for k in counter if k > ilvl and _restarts(numbering.levels.get(k), ilvl)]:
            del counter[lower]
        return counter


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the numberings that the part `root` defines; none when there is no such part."""
    if root is None:
        return Numbering()
    abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
    linked = {
        link.get(_VAL, ""): a for a in abstracts.values() if (link := a.find(f"{W}styleLink")) is not None
    }
    numberings = {}
    for num in root.iterchildren(f"{W}num"):
        ref = num.find(f"{W}abstractNumId")
        abstract_id = ref.get(_VAL, "") if ref is not None else ""
        abstract = abstracts.get(abstract_id)
        if abstract is None:
            continue
        link = abstract.find(f"{W}numStyleLink")
        source = linked.get(link.get(_VAL, ""), abstract) if link is not None else abstract
        numberings[num.get(f"{W}numId", "")] = _numbering(num, source.get(f"{W}abstractNumId", ""), source)
    return Numbering(numberings)


def _numbering(num: etree._Element, abstract_id: str, abstract: etree._Element) -> _Numbering:
    levels = {_ilvl(lvl): _level(lvl) for lvl in abstract.iterchildren(f"{W}lvl")}
    starts = {}
    for override in num.iterchildren(f"{W}lvlOverride"):
        ilvl = _ilvl(override)
        if (lvl := override.find(f"{W}lvl")) is not None:
            levels[ilvl] = _level(lvl)
        if (start := override.find(f"{W}startOverride")) is not None:
            starts[ilvl] = _int(start.get(_VAL), 1)
    return _Numbering(abstract_id, levels, starts)


def _level(lvl: etree._Element) -> _Level:
    def val(name: str) -> str | None:
        element = lvl.find(f"{W}{name}")
        return element.get(_VAL) if element is not None else None

    restart = val("lvlRestart")
    return _Level(
        start=_int(val("start"), 0),
        format=val("numFmt") or "decimal",
        text=val("lvlText") or "",
        restart=_int(restart, 0) if restart is not None else None,
        legal=is_on(lvl.find(f"{W}isLgl")),
    )


def _restarts(lower: _Level | None, ilvl: int) -> bool:
    """Whether a deeper level starts again after a paragraph at `ilvl` (§17.9.10: 0 is never)."""
    if lower is None or lower.restart is None:
        return True
    return lower.restart != 0 and ilvl <= lower.restart - 1


def _label(levels: dict[int, _Level], counter: dict[int, int], ilvl: int) -> str:
    level = levels[ilvl]
    if level.format == "bullet":
        return level.text

    def number(match: re.Match[str]) -> str:
        k = int(match[1]) - 1
        if k not in levels:
            return ""
        form = "decimal" if level.legal else levels[k].format
        return printed(counter.get(k, levels[k].start), form)

    return _PLACE.sub(number, level.text).strip()


def _ilvl(element: etree._Element) -> int:
    return _int(element.get(f"{W}ilvl"), 0)


def _int(text: str | None, default: int) -> int:
    value = natural(text)
    return default if value is None else value
