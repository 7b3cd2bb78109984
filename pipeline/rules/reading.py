"""Models of rules/limits.yaml and rules/reading.yaml: how a file is opened and its blocks are told apart."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field, field_validator

from pipeline.rules.load import RuleModel


class Limits(RuleModel):
    """What a file may cost before it is refused."""

    file_bytes: int = Field(gt=0)
    part_bytes: int = Field(gt=0)
    total_bytes: int = Field(gt=0)
    ratio: int = Field(gt=1)
    parts: int = Field(gt=0)
    cells: int = Field(gt=0)
    conversion_seconds: int = Field(gt=0)


class Marker(RuleModel):
    """A typed number that may open a heading: `pattern` matches at the start of the paragraph.

    `level` is the heading level; 0 means that the numbers are counted (1.2.3 is level 3); null means that
    the level follows from where the heading stands.
    """

    id: str
    pattern: str
    level: int | None = Field(default=None, ge=0, le=9)
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


class ReadingRules(RuleModel):
    """Vocabulary for headings, captions, contents pages, list items and the annex."""

    heading_styles: tuple[str, ...]
    toc_styles: tuple[str, ...]
    caption_styles: tuple[str, ...]
    list_styles: tuple[str, ...]
    toc_titles: tuple[str, ...]
    markers: tuple[Marker, ...]
    case_sections: tuple[str, ...]
    unnumbered: tuple[str, ...]
    heading_max_chars: int = Field(gt=0)
    sentence_end: str
    caption: str
    caption_examples: tuple[str, ...]
    caption_not: tuple[str, ...]
    caption_max_chars: int = Field(gt=0)
    annex: tuple[str, ...]
    unit_note: str
    unit_note_examples: tuple[str, ...]
    symbols: dict[str, dict[str, str]]

    @cached_property
    def caption_regex(self) -> re.Pattern[str]:
        """A caption's opening; groups `number` and `kind`."""
        return re.compile(self.caption)

    @cached_property
    def unit_note_regex(self) -> re.Pattern[str]:
        """A unit printed for a whole table."""
        return re.compile(self.unit_note)

    @cached_property
    def sentence_end_regex(self) -> re.Pattern[str]:
        """The end of a paragraph that is a sentence."""
        return re.compile(self.sentence_end)

    @cached_property
    def style_kinds(self) -> dict[str, tuple[str, int]]:
        """Lower-case style name → (kind, level); kind is heading, toc, caption or list, level 0 for none."""
        kinds: dict[str, tuple[str, int]] = {}
        for kind, names in (
            ("toc", self.toc_styles),
            ("caption", self.caption_styles),
            ("list", self.list_styles),
        ):
            for name in names:
                for n in range(1, 10):
                    kinds[name.format(n=n).lower()] = (kind, 0)
        for name in self.heading_styles:
            kinds |= {name.format(n=n).lower(): ("heading", n) for n in range(1, 10)}
        return kinds
