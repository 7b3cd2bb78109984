"""rules/indicators/*.yaml and rules/labels.yaml → the codebook of indicators, indexed by folded label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal, TypeVar

from pydantic import Field, RootModel, model_validator

from pipeline.rules.labels import LabelRules
from pipeline.rules.load import RuleModel


class Indicator(RuleModel):
    """One known indicator. `name` is the official wording; a slash after the parent's name marks a child.

    `synonyms` are other words for it anywhere, `spoken` those of running text: in a table the same word may
    be a part of the row above (女生 below 招生数).

    `low` and `high` bound what one report may plausibly say, in the standard unit. `replaces` is the
    indicator of an earlier edition of the forms that this one goes on from; `joinable` says whether the two
    are one series, `why` what changed.
    """

    id: str
    name: str
    unit: str = ""
    same_as: str = ""
    synonyms: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    family: str = ""
    definition: str = Field(min_length=4)
    direction: Literal["higher", "lower", "none"]
    low: float | None = None
    high: float | None = None
    source: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    replaces: str = ""
    joinable: bool = True
    why: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Indicator:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} is over high {self.high:g}")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"valid_from {self.valid_from} is after valid_to {self.valid_to}")
        if self.replaces and not self.why:
            raise ValueError("what `replaces` another says `why`: what changed between the editions")
        return self


class Family(RuleModel):
    """One file below rules/indicators: the indicators of one form or section."""

    family: str
    source: str = Field(min_length=4)
    valid_from: int | None = None
    valid_to: int | None = None
    indicators: tuple[Indicator, ...]

    def members(self) -> Iterator[Indicator]:
        """Its indicators, with the family's source and years where they have none of their own."""
        for i in self.indicators:
            yield i.model_copy(
                update={
                    "family": self.family,
                    "source": i.source or self.source,
                    "valid_from": i.valid_from or self.valid_from,
                    "valid_to": i.valid_to or self.valid_to,
                }
            )


class Ranges(RootModel[dict[str, tuple[float, float]]]):
    """rules/ranges.yaml: the plausible range of anything counted in a standard unit."""


K = TypeVar("K")
_MARK = re.compile(r"[①-⑳]|[\[［](?:\d{1,2}|注\d?)[\]］]$|(?<=\D)注\d$")  # numbering and marks of notes
_KEPT = 50_000
_FORMS = 100
_STEM = 3  # shorter stems (专业, 招生) say too little by themselves
_MARKS = re.compile(r"[\s“”\"'‘’「」《》,，、。:：;；()（）\[\]【】·\-—*﹡※]+")


class Codebook:
    """All indicators, looked up by id and by folded label."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        labels: LabelRules,
        ranges: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    ) -> None:
        self.labels = labels
        self.ranges = ranges
        self.indicators = tuple(indicators)
        self.by_id = {i.id: i for i in self.indicators}
        # The same few labels come back in every report: each is worked out once.
        self.clean = lru_cache(maxsize=_KEPT)(self._clean)
        self.fold = lru_cache(maxsize=_KEPT)(self._fold)
        self.split_unit = lru_cache(maxsize=_KEPT)(self._split_unit)
        self.kind = lru_cache(maxsize=_KEPT)(self._kind)
        self.labels_of = lru_cache(maxsize=_FORMS)(self._labels_of)

    def without(self, ids: Iterable[str]) -> Codebook:
        """A copy that does not know these indicators."""
        hidden = set(ids)
        return Codebook((i for i in self.indicators if i.id not in hidden), self.labels, self.ranges)

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
    def _known(self) -> frozenset[str]:
        return frozenset(_plain(n) for i in self.indicators for n in (i.name, *i.synonyms))

    @cached_property
    def exact(self) -> dict[str, tuple[Indicator, ...]]:
        """Folded name or synonym → indicators that bear it."""
        return _index((self.fold(n), i) for i in self.indicators for n in (i.name, *i.synonyms))

    @cached_property
    def spoken(self) -> dict[str, tuple[Indicator, ...]]:
        """Folded wording of running text → indicators that it means."""
        return _index((self.fold(n), i) for i in self.indicators for n in i.spoken)

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
    def _by_start(self) -> dict[str, list[tuple[int, str]]]:
        """The first characters of the `names` that say enough → (place in `names`, name)."""
        found: dict[str, list[tuple[int, str]]] = {}
        for place, name in enumerate(self.names):
            if len(name) >= _STEM:
                found.setdefault(name[:_STEM], []).append((place, name))
        return found

    def names_in(self, text: str) -> list[tuple[str, int]]:
        """The `names` that stand in a folded text, each with its first place there; the longest first."""
        found: dict[str, tuple[int, int]] = {}
        for at in range(len(text)):
            for place, name in self._by_start.get(text[at : at + _STEM], ()):
                if name not in found and text.startswith(name, at):
                    found[name] = place, at
        longest = sorted(found, key=lambda name: (-len(name), found[name][0]))
        return [(name, found[name][1]) for name in longest]

    @cached_property
    def by_family(self) -> dict[str, frozenset[str]]:
        """Family → the folded labels of its indicators, without their parents' names, synonyms included."""
        found: dict[str, set[str]] = {}
        for i in self.indicators:
            names = {self.fold(n.rsplit("/", 1)[-1]) for n in (i.name, *i.synonyms)}
            found.setdefault(i.family, set()).update(names)
        return {family: frozenset(names) for family, names in found.items()}

    def range_of(self, indicator: Indicator, standard_unit: str | None) -> tuple[float | None, float | None]:
        """(lowest, highest) plausible value in the standard unit: the indicator's own, else its unit's."""
        low, high = self.ranges.get(standard_unit or "", (None, None))
        return (
            low if indicator.low is None else indicator.low,
            high if indicator.high is None else indicator.high,
        )

    def _labels_of(self, families: tuple[str, ...]) -> frozenset[str]:
        """The folded row labels that belong to some families."""
        return frozenset().union(*(self.by_family.get(f, frozenset()) for f in families))

    def _clean(self, label: str) -> str:
        """The label without stars, numbering, 其中： and unit: `*其中：面向第一产业（人）`."""
        text = unicodedata.normalize("NFKC", _MARK.sub("", label))
        text = "".join(text.split())
        before = None
        while before != text:
            text = self.split_unit(text)[0]
            before, text = text, self.labels.ornament_regex.sub("", text).strip("*:;,、")
        return "占比" if self.labels.share_regex.match(text) else text

    def is_unit(self, text: str) -> bool:
        """The text is a unit and nothing else (人, 万元, %), with or without brackets."""
        folded = "".join(unicodedata.normalize("NFKC", text).split()).strip("()")
        return bool(folded) and bool(self.labels.unit_regex.match(folded))

    def _split_unit(self, label: str) -> tuple[str, str | None]:
        """(label without its unit, unit): 招生数（人） → (招生数, 人). Width is folded."""
        text = "".join(unicodedata.normalize("NFKC", label).split())
        m = self.labels.unit_tail_regex.search(text)
        if not m or m.start() == 0:
            return text, None
        return text[: m.start()], m["a"] or m["b"] or m["c"] or m["d"]

    def _fold(self, label: str) -> str:
        """The key of a label: width, white space, quotes and punctuation folded; slashes stay.

        A name that the codebook knows as it is printed is not rewritten: 双师素质 is another word for 双师型
        only where no older edition's indicator is called so.
        """
        text = _plain(label)
        if text in self._known:
            return text
        for old, new in self.labels.rewrites.items():
            text = text.replace(old, new)
        return text

    def stem(self, label: str) -> str:
        """The folded label without a generic tail: 专任教师数 → 专任教师."""
        return self.labels.generic_regex.sub("", self.fold(label))

    def _kind(self, unit: str | None) -> str:
        """percent | money | ratio | … of a printed unit; `count` for anything else, '' for none."""
        if not unit:
            return ""
        text = unicodedata.normalize("NFKC", unit)
        return next((kind for kind, p in self.labels.kind_regexes if p.search(text)), "count")

    def kind_of(self, indicator: Indicator) -> str:
        """The kind of the indicator's own unit."""
        return self.kind(indicator.unit)


def _plain(label: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", label)).lower()


def _index(pairs: Iterable[tuple[K, Indicator]]) -> dict[K, tuple[Indicator, ...]]:
    found: dict[K, tuple[Indicator, ...]] = {}
    for key, indicator in pairs:
        if indicator not in found.get(key, ()):
            found[key] = (*found.get(key, ()), indicator)
    return found
