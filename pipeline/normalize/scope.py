"""A place in prose → whose value stands there: the subject at the opening of a clause.

The names of schools are learned from the report itself; a short form (特教中心) stands for the one learned
name that holds its characters in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.rules.scope import EntityRules

_CLAUSE_END = re.compile(r"[，,；;：:]")
_COUNTED = re.compile(r"(?:共|现|有|计|达|为)*\s*\d+\s*[所个家]")
_RUN = re.compile(r"[\u4e00-\u9fff]+$")


@dataclass(frozen=True, slots=True)
class Subject:
    """text[start:end] names `entity`; `kind` is school, group, region or nation."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A division as it is printed, and which one it is; `anaphor` where a word stands for it (全市)."""

    printed: str
    region: str
    anaphor: bool = False


class Scope:
    """What one report calls its schools and regions."""

    def __init__(self, texts: Iterable[str], context: Context, rules: Rules) -> None:
        self.rules: EntityRules = rules.entities
        self.context = context
        self.regions, self.openings = rules.regions.by_name, rules.regions.openings
        self.names = self._learn(texts)

    @property
    def everywhere(self) -> str | None:
        """The country, in a report on all of it."""
        return self.rules.nation_name if self.context.level == "national" else None

    def _learn(self, texts: Iterable[str]) -> Counter[str]:
        """Full names of schools with how often they stand in the text."""
        found: Counter[str] = Counter()
        for text in texts:
            for m in self.rules.school_regex.finditer(text):
                run = _RUN.search(text[max(0, m.start() - 24) : m.end()])
                name = self._trim(run.group()) if run else None
                if name:
                    found[name] += 1
        if self.context.org:
            found[self.context.org] += 1
        return found

    def _trim(self, run: str) -> str | None:
        """The name at the end of a run of characters: from the first region in it, else nothing."""
        for i in (i for i in range(len(run) - 4) if run[i : i + 2] in self.openings):
            for j in range(min(len(run), i + 12), i + 2, -1):
                if run[i:j] in self.regions:
                    rest = self._without_regions(run[j:])
                    if rest and not self.rules.stop_regex.search(rest):
                        return None if self.rules.group_regex.fullmatch(rest) else run[i:]
        return None

    def full_name(self, mention: str) -> str | None:
        """The learned name that a full or short form stands for; None if none or several fit."""
        if mention in self.names:
            return mention
        fits = [n for n in self.names if n.endswith(mention)] or [
            n for n in self.names if _in_order(mention, n) and mention[-1] == n[-1]
        ]
        fits = fits or [n for n in self.names if mention in n]
        if len(fits) > 1:
            inside = [n for n in fits if self._is_local(n)]
            fits = inside or fits
        best = sorted(fits, key=lambda n: (-self.names[n], n))
        if len(best) > 1 and self.names[best[0]] <= 3 * self.names[best[1]]:
            return None
        return best[0] if best else None

    def _is_local(self, name: str) -> bool:
        places = (self.context.district, self.context.city, self.context.province)
        return any(p and name.startswith(p) for p in places)

    def subject_at(self, text: str, at: int, leading: bool) -> Subject | None:
        """The subject whose name begins at text[at]; a bare region or group only counts where it leads.

        我区 and 全市 lead wherever they stand: they go back to what the report is about.
        """
        mention = self.rules.mention_regex.match(text, at)
        named = mention or text[at : at + 2] in self.openings
        if not named and not self.rules.opening_regex.match(text, at):
            return None  # as at most clauses
        place = self._place_at(text, at)
        leading = leading or (place is not None and place.anaphor)
        return (
            self._school(mention)
            or self._group(text, at, place, leading)
            or (self._whole_place(text, at, place) if leading else None)
        )

    def first_school(self, text: str) -> str | None:
        """The first school that a text names anywhere."""
        mention = self.rules.mention_regex.search(text)
        if mention is None:
            return None
        mentions = (self.rules.mention_regex.match(text, at) for at in range(mention.start(), len(text)))
        found = map(self._school, mentions)
        return next((school.entity for school in found if school), None)

    def _school(self, m: re.Match[str] | None) -> Subject | None:
        """The school that a mention names."""
        if m is None or self.rules.anaphor_regex.fullmatch(m.group()):
            return None
        own = self._without_regions(m.group())
        if self.rules.stop_regex.search(own) or self.rules.group_regex.fullmatch(own):
            return None
        name = self.full_name(m.group())
        if name is None and len(m.group()) >= 6 and self.rules.school_regex.search(m.group()):
            name = m.group()
        return Subject(m.start(), m.end(), name, "school") if name else None

    def _without_regions(self, text: str) -> str:
        """The rest after the divisions at its beginning (安徽省太和县职业教育中心 → 职业教育中心)."""
        for j in range(min(len(text), 12), 2, -1) if text[:2] in self.openings else ():
            if text[:j] in self.regions:
                return self._without_regions(text[j:].removeprefix("的"))
        return self.rules.region_anaphor_regex.sub("", text, count=1)

    def _group(self, text: str, at: int, place: _Place | None, leading: bool) -> Subject | None:
        place = place or self._nation_at(text, at)
        m = self.rules.group_regex.match(text, at + len(place.printed) if place else at)
        if not m:
            return None
        of_quality = self.rules.quality_regex.search(m.group())
        if not of_quality and not (place and leading):
            return None
        if _COUNTED.match(text, m.end()) or self.rules.region_not_regex.match(text, m.end()):
            return None
        region = place.region if place else self.context.region
        return Subject(at, m.end(), f"{region or ''}{m.group()}", "group")

    def _whole_place(self, text: str, at: int, place: _Place | None) -> Subject | None:
        m = self.rules.nation_regex.match(text, at, at + 12)
        if m:
            return Subject(at, m.end(), self.rules.nation_name, "nation")
        if place is None or self.rules.region_not_regex.match(text, at + len(place.printed)):
            return None
        return Subject(at, at + len(place.printed), place.region, "region")

    def _nation_at(self, text: str, at: int) -> _Place | None:
        name = self.rules.nation_name
        return _Place(name, name) if text.startswith(name, at) else None

    def _place_at(self, text: str, at: int) -> _Place | None:
        """The division at text[at], or a word for the report's own one."""
        m = self.rules.region_anaphor_regex.match(text, at)
        if m:
            return _Place(m.group(), self._own_region(m.group()), anaphor=True)
        if text[at : at + 2] not in self.openings:
            return None
        for j in range(12, 1, -1):
            name = text[at : at + j]
            if name in self.regions:
                holds_others = name == self.context.province or name == self.context.city
                inner = self._place_at(text, at + len(name)) if holds_others else None
                if inner and inner.region != name:
                    return _Place(name + inner.printed, inner.region)
                return _Place(name, name)
        return None

    def _own_region(self, word: str) -> str:
        """The division that 全市 means: the report's own where its name ends so, though it be a county."""
        c = self.context
        if c.region and c.region[-1] in word:
            return c.region
        for char, level in self.rules.region_anaphor_levels.items():
            if char in word:
                own: str | None = getattr(c, level)
                return own or c.region or ""
        return c.region or ""


def _in_order(short: str, name: str) -> bool:
    """The characters of a short form stand in the name in order (特教中心 in 特殊教育中心)."""
    rest = iter(name)
    return len(short) >= 3 and all(char in rest for char in short)


def clause_starts(text: str) -> list[int]:
    """Offsets at which a clause begins."""
    return [0] + [m.end() for m in _CLAUSE_END.finditer(text)]
