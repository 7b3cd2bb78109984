"""Sibling labels with their settled roles: one header row or one stub column, and all of a segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.tables.columns import Column
from pipeline.tables.labels import Label, LabelRole

Across = Literal["measure", "period", "open"]


@dataclass(slots=True)
class Level:
    """Sibling labels: one stub column, or one header row of a segment."""

    labels: list[Label]
    stub: Column | None = None
    roles: dict[str, LabelRole] = field(default_factory=dict)
    dim: str | None = None
    headed: bool = False
    corner: Label | None = None

    def role(self, label: Label) -> LabelRole:
        """The settled role of one of its labels."""
        return self.roles.get(label.text, label.role)

    def has(self, role: LabelRole) -> bool:
        """Some label of the level has this role."""
        return any(self.role(x) == role for x in self.labels)


@dataclass(slots=True)
class Levels:
    """All levels of a segment: header rows by row number, stub columns by column number.

    `across` is what the columns say together: all that is measured, or only when.
    """

    headers: dict[int, Level]
    stubs: dict[int, Level]
    across: Across = "open"
