"""The labels over one value: those of its row and those of its column, and what each side says by itself.

A row says the same in all its columns and a column the same in all its rows, so a side is put together once
and shared by the values it stands over. Only what both sides say together is left to the single value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.rules import Rules
from pipeline.tables.labels import Label, LabelRole
from pipeline.tables.nesting import Named
from pipeline.tables.unit_words import bare_unit, percent_word

# A year inside the name of a class or school (2023年技能节) is part of the name.
_NAMES = ("dim", "entity", "total")


class Settled(NamedTuple):
    """A label with the role it has where it stands. `dim` is the dimension that it is a value of."""

    label: Label
    role: LabelRole
    dim: str | None
    row: bool
    named: Named | None = None


class Side:
    """The labels on one side of a value, outermost first.

    `shown` are the labels as rows of observations show them. `names` are those that may name an indicator,
    `measured` those that do; `own` are the names with the row's full name in its form, `named`, in place of
    the label that it belongs to. `classes` are the names of classes, `dims` the classes and totals, each
    behind its dimension. `unit` is the innermost printed unit. `changed` tells that the value is a
    comparison, `open` that nothing at all speaks for the role of one of the labels.
    """

    def __init__(self, labels: Sequence[Settled], rules: Rules) -> None:
        self.labels, self.rules = labels, rules
        self.shown: list[str] = []
        self.names: list[str] = []
        self.measured: list[str] = []
        self.own: list[str] = []
        self.named: Named | None = None
        self.classes: list[str] = []
        self.dims: list[tuple[str, str]] = []
        self.changed = self.open = False
        self.unit: str | None = None
        self.entity: str | None = None
        self.period: tuple[str, int] | None = None
        for x in labels:
            self._add(x)
        self._add_full_name()

    def _add_full_name(self) -> None:
        if self.named:
            self.own.append(self.named.name)

    def _add(self, x: Settled) -> None:
        label, role = x.label, x.role
        full = label.full if role in _NAMES else label.name
        if full:
            self.shown.append(full)
        self.unit = label.unit or self.unit
        if label.period and role not in _NAMES and not (x.row and role == "change"):
            self.period = label.period
        self.open = self.open or (label.role == "unknown" and not label.votes)
        match role:
            case "measure" | "generic":
                self._add_name(x)
            case "dim" | "total":
                self._add_class(x, full)
            case "entity":
                self.entity = label.name
            case "change":
                self.changed = True
            case _:
                pass

    def _add_name(self, x: Settled) -> None:
        self.names.append(x.label.name)
        if x.role == "measure":
            self.measured.append(x.label.name)
        if x.named is None:
            self.own.append(x.label.name)
        else:
            self.named = x.named

    def _add_class(self, x: Settled, full: str) -> None:
        if x.role == "dim":
            self.classes.append(x.label.name)
        value = self.rules.codebook.labels.among_regex.sub("", full) or full
        self.dims.append((x.dim or ("合计" if x.role == "total" else "类别"), value))

    @cached_property
    def header_unit(self) -> str | None:
        """The unit printed in the innermost labels down to the one that names a measure."""
        for x in reversed(self.labels):
            if x.role == "unit":
                return bare_unit(x.label.text, self.rules)
            if x.label.unit:
                return x.label.unit
            if x.role in ("measure", "generic", "change"):
                percent = percent_word(x.label.name, self.rules)
                if percent or x.role == "measure":
                    return percent
        return None

    @cached_property
    def share(self) -> bool:
        """One of its names is measured in percent."""
        return any(percent_word(name, self.rules) for name in self.names)

    @cached_property
    def intended(self) -> bool:
        """One of its labels speaks of what is meant to be."""
        return any(self.rules.roles.intended_regex.search(x.label.name) for x in self.labels)

    @cached_property
    def coded(self) -> bool:
        """Its innermost label stands over codes."""
        return bool(self.labels) and bool(
            self.rules.roles.code_label_regex.search(self.labels[-1].label.name)
        )

    @cached_property
    def dated(self) -> bool:
        """Its innermost label stands over dates."""
        return bool(self.labels) and bool(
            self.rules.roles.date_label_regex.search(self.labels[-1].label.name)
        )


@dataclass(slots=True)
class Path:
    """All labels over one value: its row's, outermost first, then its column's."""

    rows: Side
    heads: Side

    @property
    def labels(self) -> list[Settled]:
        """The labels of both sides."""
        return [*self.rows.labels, *self.heads.labels]

    @property
    def innermost(self) -> Side:
        """The side that the label nearest to the value is on."""
        return self.heads if self.heads.labels else self.rows

    @property
    def changed(self) -> bool:
        """The value is a comparison."""
        return self.rows.changed or self.heads.changed
