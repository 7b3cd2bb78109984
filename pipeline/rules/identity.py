"""Model of rules/identity.yaml: how a report's title, year, publisher, level and education are told."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field, field_validator

from pipeline.rules.load import RuleModel
from pipeline.schema.rows import Level


class YearPattern(RuleModel):
    """One way to write the year of a report; `examples` map a text to the year read from it."""

    id: str
    pattern: str
    examples: dict[str, int] = Field(min_length=1)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


class Organisation(RuleModel):
    """The shape of an organisation's name, and what a report of such an organisation is."""

    level: Level
    education: str | None
    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The name up to and including its kind (临江市第一职业学校)."""
        return re.compile(rf"[\u4e00-\u9fff（）()·]*?(?:{self.pattern})")


class Education(RuleModel):
    """A kind of education and the words that name it in a title."""

    name: str
    pattern: str


class IdentityRules(RuleModel):
    """Words and patterns for the cover, the title and the file name."""

    title: str
    title_examples: tuple[str, ...]
    title_not: tuple[str, ...]
    title_opening: str
    years: tuple[YearPattern, ...]
    year_in_text: str
    publisher: str
    organisations: tuple[Organisation, ...]
    education: tuple[Education, ...]
    national: tuple[str, ...]
    cover_blocks: int = Field(gt=0)
    cover_line_chars: int = Field(gt=0)

    @field_validator("title", "title_opening", "publisher", "year_in_text")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value

    @cached_property
    def title_regex(self) -> re.Pattern[str]:
        """Words that make a line a title."""
        return re.compile(self.title)

    @cached_property
    def title_opening_regex(self) -> re.Pattern[str]:
        """The beginning of a title that does not say whose it is."""
        return re.compile(self.title_opening)

    @cached_property
    def publisher_regex(self) -> re.Pattern[str]:
        """The end of a publisher's name."""
        return re.compile(self.publisher)

    @cached_property
    def year_in_text_regex(self) -> re.Pattern[str]:
        """The report's year in a sentence."""
        return re.compile(self.year_in_text)
