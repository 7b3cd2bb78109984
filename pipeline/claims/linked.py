"""A quantity with the phrase that it measures, as far as its sentence has been read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.segment.quantity import Quantity


@dataclass(slots=True)
class Linked:
    """What is known of a quantity while its sentence is read. `head` is what a later part inherits."""

    quantity: Quantity
    phrase: str
    head: str
    rule: str
    base: str | None = None
    owner: str | None = None
