"""Models of rules/units.yaml and rules/hedges.yaml: what may stand beside a number and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from pydantic import Field, field_validator

from pipeline.rules.load import RuleModel, load_yaml
from pipeline.rules.nonclaims import NonclaimRules
from pipeline.schema.rows import Qualifier


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
        marks = {
            ord("％"): "%",
            ord("．"): ".",
            ord("＋"): "+",
            ord("／"): "/",
            ord("－"): "-",
            ord("∶"): ":",
        }
        single = {ord(old): new for old, new in self.fold.items() if len(old) == len(new) == 1}
        return wide | marks | {ord("："): ":", ord("，"): "，"} | single

    @cached_property
    def _foldable_regex(self) -> re.Pattern[str]:
        others = "".join(chr(old) for old, new in self.fold_table.items() if chr(old) != new)
        return re.compile(f"[{re.escape(others)}]")

    def folded(self, text: str) -> str:
        """The text with its characters in the usual forms. Few texts of prose hold any other."""
        table = self.fold_table
        return self._foldable_regex.sub(lambda m: table[ord(m[0])], text)

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
    def initials(self) -> frozenset[str]:
        """The characters that a unit may begin with."""
        return frozenset(unit[0] for unit in self.known)

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
    after_not: str
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
    def finals(self) -> frozenset[str]:
        """The characters that a word before a number may end in."""
        return frozenset(h.word[-1] for h in self.before)

    @cached_property
    def after_regex(self) -> re.Pattern[str]:
        """A hedge after the unit."""
        return re.compile(rf"\s?({_alternatives(self.after)})")

    @cached_property
    def after_not_regex(self) -> re.Pattern[str]:
        """Words after a number that only begin like a hedge."""
        return re.compile(self.after_not)

    @cached_property
    def inside_regex(self) -> re.Pattern[str]:
        """A hedge between the number and its unit."""
        return re.compile(rf"\s?(?!{self.inside_not})({_alternatives(self.inside)})")

    @cached_property
    def reach_regex(self) -> re.Pattern[str]:
        """Words that make 以上 mean at least."""
        return re.compile(self.reach)


class QuantityRules(RuleModel):
    """The three files together."""

    units: UnitRules
    hedges: HedgeRules
    nonclaims: NonclaimRules


def load_quantities(folder: Path) -> QuantityRules:
    """Read units.yaml, hedges.yaml and nonclaims.yaml in the folder of rules. RuleFault names the file."""
    return QuantityRules(
        units=load_yaml(folder / "units.yaml", UnitRules),
        hedges=load_yaml(folder / "hedges.yaml", HedgeRules),
        nonclaims=load_yaml(folder / "nonclaims.yaml", NonclaimRules),
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
