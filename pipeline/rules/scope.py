"""Model of rules/entities.yaml: shapes of the names of schools and groups."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import field_validator

from pipeline.rules.load import RuleModel
from pipeline.rules.patterns import are_chinese, first_characters


class EntityRules(RuleModel):
    """rules/entities.yaml."""

    school: str
    short: str
    name_stop: str
    anaphor: str
    anaphor_far: str
    region_anaphor: str
    region_anaphor_levels: dict[str, str]
    group: str
    group_quality: str
    all_schools: str
    nation: str
    nation_name: str
    before_subject: str
    item: str
    region_not: str
    longest: int

    @field_validator("school", "short")
    @classmethod
    def _begins(cls, pattern: str) -> str:
        if not are_chinese(first_characters(pattern)):
            raise ValueError("each ending in (?:…|…) must begin with a Chinese character")
        return pattern

    @cached_property
    def school_regex(self) -> re.Pattern[str]:
        """The ending of the name of a school."""
        return re.compile(self.school)

    @cached_property
    def stop_regex(self) -> re.Pattern[str]:
        """What no name runs over."""
        return re.compile(self.name_stop)

    @cached_property
    def mention_regex(self) -> re.Pattern[str]:
        """The characters up to the first ending of a school's name, full or short."""
        # One look at a character spares most of them all the endings.
        first = first_characters(self.school) | first_characters(self.short)
        return re.compile(
            rf"[\u4e00-\u9fff]{{1,{self.longest}}}?(?=[{''.join(sorted(first))}])(?:{self.school}|{self.short})"
        )

    @cached_property
    def anaphor_regex(self) -> re.Pattern[str]:
        """A word for the school spoken of."""
        return re.compile(self.anaphor)

    @cached_property
    def far_regex(self) -> re.Pattern[str]:
        """A word for a school spoken of that is not the report's own."""
        return re.compile(self.anaphor_far)

    @cached_property
    def region_anaphor_regex(self) -> re.Pattern[str]:
        """A word for the region spoken of."""
        return re.compile(self.region_anaphor)

    @cached_property
    def opening_regex(self) -> re.Pattern[str]:
        """The beginning of a subject that names neither a school nor a division."""
        return re.compile(rf"{self.region_anaphor}|(?:{self.group})|{self.nation}|{self.nation_name}")

    @cached_property
    def group_regex(self) -> re.Pattern[str]:
        """A group of schools."""
        return re.compile(self.group)

    @cached_property
    def quality_regex(self) -> re.Pattern[str]:
        """What makes a group definite."""
        return re.compile(self.group_quality)

    @cached_property
    def nation_regex(self) -> re.Pattern[str]:
        """A subject that speaks for the country."""
        return re.compile(self.nation)

    @cached_property
    def before_regex(self) -> re.Pattern[str]:
        """What may stand before the subject."""
        return re.compile(self.before_subject)

    @cached_property
    def item_regex(self) -> re.Pattern[str]:
        """The beginning of an item of an enumeration."""
        return re.compile(self.item)

    @cached_property
    def region_not_regex(self) -> re.Pattern[str]:
        """What makes the name of a region part of another name."""
        return re.compile(self.region_not)
