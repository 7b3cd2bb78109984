"""rules/periods.yaml → one compiled pattern for every wording of a year, school year, month or span."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from pipeline.rules.load import RuleModel

PeriodKind = Literal["school", "terms", "span", "month", "year", "plan", "last", "now", "now_school"]


class PeriodPattern(RuleModel):
    """One wording. `examples` map a text to the period it must give in the report year of the examples."""

    id: str
    kind: PeriodKind
    pattern: str
    offset: int = 0
    examples: dict[str, str] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class PeriodRules(RuleModel):
    """All wordings of periods, in order of trial."""

    patterns: tuple[PeriodPattern, ...]
    needs: str
    first: str
    example_report_year: int
    bare: str
    filler: str
    filler_is_measure: str
    aside: str
    aside_own: str
    definition: str
    definition_examples: tuple[str, ...]

    @model_validator(mode="after")
    def _needed(self) -> PeriodRules:
        for pattern in self.patterns:
            for text in pattern.examples:
                if not self.needs_regex.search(text):
                    raise ValueError(f"{pattern.id}: its example {text} has nothing of `needs`; add to it")
        return self

    @cached_property
    def needs_regex(self) -> re.Pattern[str]:
        """What every wording of a period has something of."""
        return re.compile(self.needs)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """All patterns as one; the groups of the i-th are named p{i} and {group}_{i}."""
        wordings = "|".join(_numbered(p.pattern, i) for i, p in enumerate(self.patterns))
        return re.compile(f"(?=[{re.escape(self.first)}])(?:{wordings})")

    @cached_property
    def bare_regex(self) -> re.Pattern[str]:
        """Four digits that may be a year."""
        return re.compile(self.bare)

    @cached_property
    def filler_regex(self) -> re.Pattern[str]:
        """What may stand beside a period without giving the label another meaning."""
        return re.compile(self.filler)

    @cached_property
    def measure_regex(self) -> re.Pattern[str]:
        """Filler that also names what is measured."""
        return re.compile(self.filler_is_measure)

    @cached_property
    def aside_regex(self) -> re.Pattern[str]:
        """The word before a period that holds for its own number only."""
        return re.compile(self.aside)

    @cached_property
    def own_regex(self) -> re.Pattern[str]:
        """What stands between such a period and its own number."""
        return re.compile(self.aside_own)

    @cached_property
    def definition_regex(self) -> re.Pattern[str]:
        """The opening of a definition of a relative word."""
        return re.compile(self.definition)


def _numbered(pattern: str, i: int) -> str:
    return f"(?P<p{i}>" + re.sub(r"\(\?P<(\w+)>", lambda m: f"(?P<{m[1]}_{i}>", pattern) + ")"
