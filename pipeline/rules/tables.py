"""rules/roles.yaml and rules/forms.yaml → what words in tables do, and which tables are official forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from pydantic import Field

from pipeline.rules.load import RuleModel

ColumnName = Literal["serial", "unit", "period", "entity", "measure", "value", "attribute", "code"]


def whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches a text which is, as a whole, one of `patterns`."""
    return re.compile("(?:" + "|".join(f"(?:{p})" for p in patterns) + r")\Z")


class RoleRules(RuleModel):
    """Vocabulary and shapes of labels, and the weights by which a row is told to be a header."""

    header_weights: dict[str, float]
    columns: dict[ColumnName, tuple[str, ...]]
    columns_examples: dict[ColumnName, tuple[str, ...]]
    gather: tuple[str, ...]
    gather_examples: tuple[str, ...]
    total: tuple[str, ...]
    total_tail: str
    subtotal: str
    average: str
    total_examples: tuple[str, ...]
    total_not: tuple[str, ...]
    change: tuple[str, ...]
    change_examples: tuple[str, ...]
    change_not: tuple[str, ...]
    percent_word: str
    percent_not: str
    unit_word: dict[str, str]
    measure_shape: str
    class_shape: str
    class_shape_examples: tuple[str, ...]
    entity_shape: str
    entity_shape_examples: tuple[str, ...]
    entity_not: str
    classes: dict[str, tuple[str, ...]]
    class_columns: str
    class_columns_examples: tuple[str, ...]
    class_columns_not: tuple[str, ...]
    no_answer: tuple[str, ...]
    note: str
    note_examples: tuple[str, ...]
    note_not: tuple[str, ...]
    unit_row: str
    caption_unit: str
    caption_structure: str
    caption_key: str
    caption_structure_examples: tuple[str, ...]
    caption_structure_not: tuple[str, ...]
    continued: str
    continued_examples: tuple[str, ...]
    date_label: str
    code_label: str
    intended: str
    intended_examples: tuple[str, ...]
    intended_not: tuple[str, ...]

    @cached_property
    def intended_regex(self) -> re.Pattern[str]:
        """A label that speaks of what is meant to be, not of what is."""
        return re.compile(self.intended)

    @cached_property
    def column_regexes(self) -> tuple[tuple[ColumnName, re.Pattern[str]], ...]:
        """Column names in order, each with what its header looks like."""
        return tuple((name, whole(p)) for name, p in self.columns.items())

    @cached_property
    def column_regex(self) -> re.Pattern[str]:
        """The header of a column of any name."""
        return whole(p for patterns in self.columns.values() for p in patterns)

    def column_name(self, head: str) -> ColumnName | None:
        """The first column name that a header looks like; None for most headers, which one pattern tells."""
        if not self.column_regex.match(head):
            return None
        return next(name for name, p in self.column_regexes if p.match(head))

    @cached_property
    def gather_regex(self) -> re.Pattern[str]:
        """A label that only gathers others."""
        return whole(self.gather)

    @cached_property
    def total_regex(self) -> re.Pattern[str]:
        """A label of a sum or mean over the others."""
        return whole(self.total)

    @cached_property
    def total_tail_regex(self) -> re.Pattern[str]:
        """The word for a sum at the end of a label."""
        return re.compile(self.total_tail)

    @cached_property
    def change_regex(self) -> re.Pattern[str]:
        """A label of a comparison."""
        return whole(self.change)

    @cached_property
    def percent_regex(self) -> re.Pattern[str]:
        """The end of a label that is measured in percent."""
        return re.compile(self.percent_word)

    @cached_property
    def percent_not_regex(self) -> re.Pattern[str]:
        """Ratios that are not in percent."""
        return re.compile(self.percent_not)

    @cached_property
    def unit_words(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Unit → the labels that imply it."""
        return tuple((unit, re.compile(p)) for unit, p in self.unit_word.items())

    @cached_property
    def measure_regex(self) -> re.Pattern[str]:
        """The shape of a measure's name."""
        return re.compile(self.measure_shape)

    @cached_property
    def class_shape_regex(self) -> re.Pattern[str]:
        """The shape of a class's name."""
        return re.compile(self.class_shape)

    @cached_property
    def entity_regex(self) -> re.Pattern[str]:
        """The shape of the name of a school or division."""
        return re.compile(self.entity_shape)

    @cached_property
    def entity_not_regex(self) -> re.Pattern[str]:
        """Kinds of schools and divisions, which are no names."""
        return re.compile(self.entity_not)

    @cached_property
    def class_regexes(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Dimension → its words."""
        return tuple((name, whole(p)) for name, p in self.classes.items())

    @cached_property
    def class_column_regex(self) -> re.Pattern[str]:
        """The header of a column that classifies."""
        return re.compile(self.class_columns)

    @cached_property
    def class_regex(self) -> re.Pattern[str]:
        """A word of any class."""
        return whole(p for patterns in self.classes.values() for p in patterns)

    @cached_property
    def no_answer_regex(self) -> re.Pattern[str]:
        """A mark that no value applies."""
        return whole(self.no_answer)

    @cached_property
    def note_regex(self) -> re.Pattern[str]:
        """The opening of a note or source line."""
        return re.compile(self.note)

    @cached_property
    def unit_row_regex(self) -> re.Pattern[str]:
        """A row or line that prints a unit; group `unit`."""
        return re.compile(self.unit_row)

    @cached_property
    def caption_unit_regex(self) -> re.Pattern[str]:
        """A unit within a caption; group `unit`."""
        return re.compile(self.caption_unit)

    @cached_property
    def structure_regex(self) -> re.Pattern[str]:
        """What follows a noun of persons in a caption that counts them by class."""
        return re.compile(self.caption_structure)

    @cached_property
    def caption_key_regex(self) -> re.Pattern[str]:
        """A synonym that only captions use (招生情况)."""
        return re.compile(self.caption_key)

    @cached_property
    def continued_regex(self) -> re.Pattern[str]:
        """The caption of a table's continuation."""
        return re.compile(self.continued)

    @cached_property
    def date_label_regex(self) -> re.Pattern[str]:
        """A label whose value is a date."""
        return re.compile(self.date_label)

    @cached_property
    def code_label_regex(self) -> re.Pattern[str]:
        """A label whose value is a code, phone number or address."""
        return re.compile(self.code_label)


class Form(RuleModel):
    """One official form: recognised by the share of its labels among a table's row labels."""

    id: str
    title: str
    editions: str
    education: str
    families: tuple[str, ...] = Field(min_length=1)


class FormRules(RuleModel):
    """rules/forms.yaml."""

    min_labels: int = Field(gt=0)
    min_share: float = Field(gt=0, le=1)
    forms: tuple[Form, ...]
