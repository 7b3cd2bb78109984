"""Models of rules/units.yaml, hedges.yaml and nonclaims.yaml: what stands beside a number, and what is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field, field_validator

from pipeline.rules.load import RuleModel
from pipeline.schema.rows import Qualifier

HAN_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
ARABIC_NUMERALS = "0123456789"


class UnitGroup(RuleModel):
    """Printed units that fold to one standard unit, each with its factor."""

    std: str
    kind: str
    names: dict[str, Fraction] = Field(min_length=1)

    @field_validator("names", mode="before")
    @classmethod
    def _exact(cls, value: dict[str, object]) -> dict[str, Fraction]:
        return {name: Fraction(str(factor)) for name, factor in value.items()}


class UnitRules(RuleModel):
    """rules/units.yaml."""

    fold: dict[str, str]
    scales: dict[str, int]
    groups: tuple[UnitGroup, ...]
    plain: tuple[str, ...]
    per: tuple[str, ...]
    not_before: dict[str, str]
    not_after_han: frozenset[str]

    @cached_property
    def fold_table(self) -> dict[int, str]:
        """Other forms of characters and full-width ones → the usual, one for one, so that offsets stay."""
        wide = {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c - 0xFEE0).isalnum()}
        marks = {ord("％"): "%", ord("．"): ".", ord("＋"): "+", ord("／"): "/", ord("－"): "-", ord("∶"): ":"}
        single = {ord(old): new for old, new in self.fold.items() if len(old) == len(new) == 1}
        return wide | marks | {ord("："): ":", ord("，"): "，"} | single

    @cached_property
    def known(self) -> dict[str, tuple[str, Fraction, str]]:
        """Printed unit → (standard unit, factor, kind)."""
        found = {name: (name, Fraction(1), "count") for name in self.plain}
        return found | {n: (g.std, f, g.kind) for g in self.groups for n, f in g.names.items()}

    @cached_property
    def longest(self) -> int:
        """Characters of the longest unit."""
        return max(map(len, self.known))

    @cached_property
    def not_before_regexes(self) -> dict[str, re.Pattern[str]]:
        """Unit → what may not follow it."""
        return {unit: re.compile(p) for unit, p in self.not_before.items() if p}

    @cached_property
    def per_regex(self) -> re.Pattern[str]:
        """What a unit is per, its stroke included."""
        return re.compile(rf"(?:\s?/\s?(?:{_alternatives(self.per)}))+(?![A-Za-z])|/s")

    @cached_property
    def scale_regex(self) -> re.Pattern[str]:
        """A scale word at the start of a unit."""
        return re.compile(_alternatives(self.scales))


class Hedge(RuleModel):
    """A word before a number; `keep: false` leaves it outside the quotation."""

    word: str
    qualifier: Qualifier
    not_after: str = ""
    keep: bool = True


class HedgeRules(RuleModel):
    """rules/hedges.yaml."""

    before: tuple[Hedge, ...]
    inside: dict[str, Qualifier]
    inside_not: str
    after: dict[str, Qualifier]
    reach: str

    @cached_property
    def by_word(self) -> dict[str, Hedge]:
        """Word before a number → hedge."""
        return {h.word: h for h in self.before}

    @cached_property
    def longest(self) -> int:
        """Characters of the longest word before a number."""
        return max(len(h.word) for h in self.before)

    @cached_property
    def after_regex(self) -> re.Pattern[str]:
        """A hedge after the unit."""
        return re.compile(rf"\s?({_alternatives(self.after)})")

    @cached_property
    def inside_regex(self) -> re.Pattern[str]:
        """A hedge between the number and its unit."""
        return re.compile(rf"\s?(?!{self.inside_not})({_alternatives(self.inside)})")

    @cached_property
    def reach_regex(self) -> re.Pattern[str]:
        """Words that make 以上 mean at least."""
        return re.compile(self.reach)


class Nonclaim(RuleModel):
    """A shape of text that holds numerals and measures nothing.

    `first` holds the characters it may begin with; the words `digit` and `han` stand for all numerals of
    that script. `examples` map a text to what is taken from it.
    """

    id: str
    code: str
    first: str
    pattern: str
    examples: dict[str, str] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")

    @cached_property
    def starts(self) -> str:
        """The characters that may begin a match."""
        return {"digit": ARABIC_NUMERALS, "han": HAN_NUMERALS}.get(self.first, self.first)


class Fixed(NamedTuple):
    """A fixed expression, the offset of its first numeral, and its code (None: an ordinary word, no note)."""

    text: str
    offset: int
    code: str | None


class NonclaimRules(RuleModel):
    """rules/nonclaims.yaml."""

    counted: str
    patterns: tuple[Nonclaim, ...]
    fixed: dict[Literal["name", "idiom", "date", "ordinal", "article", "words"], tuple[str, ...]]
    count_before_one: str
    count_after_one: str
    not_applicable: tuple[str, ...]
    illegible: str
    illegible_examples: tuple[str, ...]
    illegible_not: tuple[str, ...]
    phone: str
    phone_examples: tuple[str, ...]
    date: str
    date_examples: tuple[str, ...]
    code: str
    code_examples: tuple[str, ...]
    value_filler: str

    @cached_property
    def by_first(self) -> dict[str, tuple[re.Pattern[str], tuple[Nonclaim, ...]]]:
        """First character → one pattern of all shapes that may begin with it, and the shapes in order."""
        at: dict[str, list[Nonclaim]] = defaultdict(list)
        for shape in self.patterns:
            for char in shape.starts:
                at[char].append(shape)
        return {char: (self._one_of(shapes), tuple(shapes)) for char, shapes in at.items()}

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern with `{counted}`, the units that make a number a count, and `{n}`, Chinese digits, put in."""
        return re.compile(self._filled(pattern))

    @cached_property
    def trigger_regex(self) -> re.Pattern[str]:
        """A character at which something may begin."""
        chars = "".join(sorted({*HAN_NUMERALS, *ARABIC_NUMERALS, *self.by_first, "数", "几", "上", "翻"}))
        return re.compile("[" + re.escape(chars) + "①-⑳]")

    @cached_property
    def fixed_at(self) -> dict[str, tuple[Fixed, ...]]:
        """First numeral and the character after it (or the numeral alone) → fixed expressions, longest first."""
        at: dict[str, list[Fixed]] = defaultdict(list)
        for code, texts in self.fixed.items():
            for text in texts:
                k = _first_numeral(text)
                at[text[k : k + 2]].append(Fixed(text, k, None if code == "words" else code))
        return {key: tuple(sorted(f, key=lambda x: -len(x.text))) for key, f in at.items()}

    @cached_property
    def before_one_regex(self) -> re.Pattern[str]:
        """What stands before a 一 that counts."""
        return re.compile(rf"(?:{self.count_before_one})\Z")

    @cached_property
    def after_one_regex(self) -> re.Pattern[str]:
        """What stands after 一 and its classifier where it counts."""
        return re.compile(self.count_after_one)

    @cached_property
    def cell_regexes(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Kinds of cells that hold numerals and no quantity, in order of trial."""
        kinds = (("phone", self.phone), ("date", self.date), ("code", self.code), ("illegible", self.illegible))
        return tuple((kind, re.compile(rf"(?:{p})\Z")) for kind, p in kinds)

    @cached_property
    def not_applicable_regex(self) -> re.Pattern[str]:
        """A cell that says that no value applies."""
        return re.compile("(?:" + "|".join(self.not_applicable) + r")\Z")

    @cached_property
    def filler_regex(self) -> re.Pattern[str]:
        """What may stand beside the quantities of a value cell."""
        return re.compile(rf"(?:{self.value_filler})\Z")

    def _one_of(self, shapes: Iterable[Nonclaim]) -> re.Pattern[str]:
        return re.compile("|".join(f"({self._filled(s.pattern)})" for s in shapes))

    def _filled(self, pattern: str) -> str:
        return pattern.replace("{counted}", f"(?:{self.counted})").replace("{n}", "[一二三四五六七八九十两]")


class QuantityRules(RuleModel):
    """The three files together."""

    units: UnitRules
    hedges: HedgeRules
    nonclaims: NonclaimRules


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _first_numeral(text: str) -> int:
    found = next((k for k, c in enumerate(text) if c in HAN_NUMERALS or c in ARABIC_NUMERALS), None)
    if found is None:
        raise ValueError(f"rules/nonclaims.yaml: {text!r} holds no numeral; take it out of `fixed`")
    return found
