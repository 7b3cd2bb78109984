"""rules/indicators/*.yaml and rules/labels.yaml → the codebook of indicators, indexed by folded label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from pipeline.rules.load import RuleModel, load_yaml


class Indicator(RuleModel):
    """One known indicator. `name` is the official wording; a slash after the parent's name marks a child."""

    id: str
    name: str
    unit: str = ""
    same_as: str = ""
    synonyms: tuple[str, ...] = ()
    family: str = ""
    definition: str = ""
    direction: Literal["higher", "lower", "none"] = "none"
    low: float | None = None
    high: float | None = None
    source: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    replaces: str = ""
    joinable: bool = True
    why: str = ""


class Family(RuleModel):
    """One file below rules/indicators: the indicators of one form or section."""

    family: str
    indicators: tuple[Indicator, ...]


class LabelRules(RuleModel):
    """rules/labels.yaml: how a printed label is cleaned and folded before it is looked up."""

    among: str
    ornaments: tuple[str, ...]
    generic: dict[str, tuple[str, ...]]
    share: str
    share_examples: tuple[str, ...]
    share_not: tuple[str, ...]
    unit_kinds: dict[str, str]
    unit: str
    unit_examples: dict[str, str]
    unit_not: tuple[str, ...]
    prefixes: tuple[str, ...]
    rewrites: dict[str, str] = Field(default_factory=dict)
    among_examples: tuple[str, ...]
    among_not: tuple[str, ...]

    @cached_property
    def among_regex(self) -> re.Pattern[str]:
        """The mark of a part (其中：) at the start of a label."""
        return re.compile(self.among)

    @cached_property
    def ornament_regex(self) -> re.Pattern[str]:
        """What is printed with a label and is no part of its name: stars, numbering, 其中：, a unit."""
        return re.compile("|".join(f"(?:{p})" for p in self.ornaments))

    @cached_property
    def unit_regex(self) -> re.Pattern[str]:
        """A unit and nothing else (width folded)."""
        return re.compile(f"(?:{self.unit})" + r"\Z")

    @cached_property
    def unit_tail_regex(self) -> re.Pattern[str]:
        """A unit at the end of a label: in brackets, after 单位：, or a bare percent sign. Group `unit`."""
        said = r"(?:(?:计量|金额|数据)?单位[:：]?)"
        return re.compile(
            rf"\({said}?(?P<a>{self.unit})\)$|\({said}(?P<d>[^()]{{1,12}})\)$|[,，]?{said}(?P<b>{self.unit})$|(?<=[^\d])(?P<c>%)$"
        )

    @cached_property
    def share_regex(self) -> re.Pattern[str]:
        """A share whose whole is named (占教职工比例)."""
        return re.compile(self.share)

    @cached_property
    def kind_regexes(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Unit kinds in order of trial."""
        return tuple((kind, re.compile(p)) for kind, p in self.unit_kinds.items())

    @cached_property
    def generic_regex(self) -> re.Pattern[str]:
        """A tail that says only that something is counted or measured (数, 人数, 占比 …)."""
        words = sorted({w for ws in self.generic.values() for w in ws}, key=len, reverse=True)
        return re.compile("(?:" + "|".join(map(re.escape, words)) + ")$")

    @cached_property
    def generic_kinds(self) -> dict[str, str]:
        """Generic word → the kind of unit that it implies."""
        return {w: kind for kind, words in self.generic.items() for w in words}

    @cached_property
    def prefix_regex(self) -> re.Pattern[str]:
        """Words before a name that say whose it is and no more (全区, 学校)."""
        words = sorted(self.prefixes, key=len, reverse=True)
        return re.compile("^(?:" + "|".join(map(re.escape, words)) + ")+")


K = TypeVar("K")
_MARK = re.compile(r"[①-⑳]|[\[［](?:\d{1,2}|注\d?)[\]］]$|(?<=\D)注\d$")  # numbering and marks of notes
_KEPT = 50_000
_STEM = 3  # shorter stems (专业, 招生) say too little by themselves
_MARKS = re.compile(r"[\s“”\"'‘’「」《》,，、。:：;；()（）\[\]【】·\-—*﹡※]+")


class Codebook:
    """All indicators, looked up by id and by folded label."""

    def __init__(self, indicators: Iterable[Indicator], labels: LabelRules) -> None:
        self.labels = labels
        self.indicators = tuple(indicators)
        self.by_id = {i.id: i for i in self.indicators}
        # The same few labels come back in every report: each is worked out once.
        self.clean = lru_cache(maxsize=_KEPT)(self._clean)
        self.fold = lru_cache(maxsize=_KEPT)(self._fold)
        self.split_unit = lru_cache(maxsize=_KEPT)(self._split_unit)

    def without(self, ids: Iterable[str]) -> Codebook:
        """A copy that does not know these indicators."""
        hidden = set(ids)
        return Codebook((i for i in self.indicators if i.id not in hidden), self.labels)

    @cached_property
    def canonical(self) -> dict[str, str]:
        """Id → the id that stands for all names of the same concept (`same_as` names the other)."""
        by_name = {i.name: i.id for i in reversed(self.indicators)}
        return {i.id: by_name.get(i.same_as, i.id) if i.same_as else i.id for i in self.indicators}

    @cached_property
    def series(self) -> dict[str, str]:
        """Id → the first id of its series: back over `replaces` for as long as the two may be joined."""
        return {i.id: self._first(i.id, joinable=True) for i in self.indicators}

    @cached_property
    def chain(self) -> dict[str, str]:
        """Id → the first id that it goes back to over `replaces`, breaks in the series included."""
        return {i.id: self._first(i.id, joinable=False) for i in self.indicators}

    def _first(self, indicator_id: str, *, joinable: bool) -> str:
        at, seen = self.canonical[indicator_id], {indicator_id}
        while (old := self.by_id[at].replaces) and old not in seen:
            if joinable and not self.by_id[at].joinable:
                break
            seen.add(old)
            at = self.canonical[old]
        return at

    @cached_property
    def exact(self) -> dict[str, tuple[Indicator, ...]]:
        """Folded name or synonym → indicators that bear it."""
        return _index((self.fold(n), i) for i in self.indicators for n in (i.name, *i.synonyms))

    @cached_property
    def stems(self) -> dict[tuple[str, str], tuple[Indicator, ...]]:
        """(folded name without its generic tail, unit kind) → indicators."""
        pairs = (
            ((self.stem(n), self.kind_of(i)), i)
            for i in self.indicators
            for n in (i.name, *i.synonyms)
            if len(self.stem(n)) >= _STEM
        )
        return _index(pairs)

    @cached_property
    def leaves(self) -> dict[str, tuple[Indicator, ...]]:
        """Folded last part of a child's name → indicators; ambiguous ones hold several."""
        pairs = ((self.fold(i.name.rsplit("/", 1)[1]), i) for i in self.indicators if "/" in i.name)
        return _index(pairs)

    @cached_property
    def names(self) -> dict[str, str]:
        """Folded name or synonym → id, for approximate search."""
        return {self.fold(n).replace("/", ""): i.id for i in self.indicators for n in (i.name, *i.synonyms)}

    @cached_property
    def by_family(self) -> dict[str, frozenset[str]]:
        """Family → the folded labels of its indicators, without their parents' names, synonyms included."""
        found: dict[str, set[str]] = {}
        for i in self.indicators:
            names = {self.fold(n.rsplit("/", 1)[-1]) for n in (i.name, *i.synonyms)}
            found.setdefault(i.family, set()).update(names)
        return {family: frozenset(names) for family, names in found.items()}

    def labels_of(self, families: Iterable[str]) -> frozenset[str]:
        """The folded row labels that belong to some families."""
        return frozenset().union(*(self.by_family.get(f, frozenset()) for f in families))

    def _clean(self, label: str) -> str:
        """The label without stars, numbering, 其中： and unit: `*其中：面向第一产业（人）`."""
        text = unicodedata.normalize("NFKC", _MARK.sub("", label))
        text = re.sub(r"\s+", "", text)
        before = None
        while before != text:
            text = self.split_unit(text)[0]
            before, text = text, self.labels.ornament_regex.sub("", text).strip("*:;,、")
        return "占比" if self.labels.share_regex.match(text) else text

    def is_unit(self, text: str) -> bool:
        """The text is a unit and nothing else (人, 万元, %), with or without brackets."""
        folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip("()")
        return bool(folded) and bool(self.labels.unit_regex.match(folded))

    def _split_unit(self, label: str) -> tuple[str, str | None]:
        """(label without its unit, unit): 招生数（人） → (招生数, 人). Width is folded."""
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
        m = self.labels.unit_tail_regex.search(text)
        if not m or m.start() == 0:
            return text, None
        return text[: m.start()], m["a"] or m["b"] or m["c"] or m["d"]

    def _fold(self, label: str) -> str:
        """The key of a label: width, white space, quotes and punctuation folded; slashes stay."""
        text = _MARKS.sub("", unicodedata.normalize("NFKC", label)).lower()
        for old, new in self.labels.rewrites.items():
            text = text.replace(old, new)
        return text

    def stem(self, label: str) -> str:
        """The folded label without a generic tail: 专任教师数 → 专任教师."""
        return self.labels.generic_regex.sub("", self.fold(label))

    def kind(self, unit: str | None) -> str:
        """percent | money | ratio | … of a printed unit; `count` for anything else, '' for none."""
        if not unit:
            return ""
        text = unicodedata.normalize("NFKC", unit)
        return next((kind for kind, p in self.labels.kind_regexes if p.search(text)), "count")

    def kind_of(self, indicator: Indicator) -> str:
        """The kind of the indicator's own unit."""
        return self.kind(indicator.unit)


def _index(pairs: Iterable[tuple[K, Indicator]]) -> dict[K, tuple[Indicator, ...]]:
    found: dict[K, tuple[Indicator, ...]] = {}
    for key, indicator in pairs:
        if indicator not in found.get(key, ()):
            found[key] = (*found.get(key, ()), indicator)
    return found


def load_codebook(folder: Path) -> Codebook:
    """Read `indicators/*.yaml` and `labels.yaml` below the folder of rules. RuleFault names the file."""
    families = [load_yaml(p, Family) for p in sorted((folder / "indicators").glob("*.yaml"))]
    known = [i.model_copy(update={"family": f.family}) for f in families for i in f.indicators]
    return Codebook(known, load_yaml(folder / "labels.yaml", LabelRules))
