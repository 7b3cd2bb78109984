"""Model of rules/labels.yaml: how a printed label is cleaned and folded before it is looked up."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from pipeline.rules.load import RuleModel


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
