"""`Quantity`: one number with its unit and qualifier, as found in any text. Shared by cells and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.schema.rows import Qualifier

QuantityKind = Literal["count", "percent", "points", "ratio", "fraction", "multiple", "range", "rank"]


@dataclass(slots=True)
class Quantity:
    """A quantity in a text: text[start:end] == surface, qualifier and unit included.

    `number_start:number_end` are the characters of the number alone. `value` is the number as printed
    (2.82亿 is 2.82 with unit 亿…), `high` the upper end of a range. `unit` is as printed, without
    qualifier and without white space.
    """

    start: int
    end: int
    surface: str
    number_start: int
    number_end: int
    value: float
    high: float | None
    unit: str | None
    qualifier: Qualifier
    kind: QuantityKind
    rule: str


@dataclass(slots=True)
class NonQuantity:
    """Characters that hold a numeral and measure nothing; `code` is a key of the catalogue of notes."""

    start: int
    end: int
    surface: str
    code: str
    rule: str
