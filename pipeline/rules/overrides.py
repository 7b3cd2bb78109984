"""rules/overrides/*.csv → what people have corrected: single values, and the indicators of labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import StringConstraints, field_validator, model_validator

from pipeline.rules.indicators import Codebook
from pipeline.rules.load import RuleFault, RuleModel, load_csv
from pipeline.schema.place import Place, place_of

NOTHING: Final = "-"  # written into a field that is to be empty
_NUMBER: Final = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_CORRECTED: Final = ("indicator_id", "value", "unit", "period", "entity")

_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]+$")]


class ValueOverride(RuleModel):
    """One reviewed value. An empty field stays as it was read; `-` empties it."""

    id: _Id
    doc_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16,64}$")]
    source: str = ""
    place: str
    expect: str
    decision: Literal["accept", "correct", "ignore"]
    indicator_id: str = ""
    value: Annotated[str, StringConstraints(pattern=rf"^(?:|-|{_NUMBER}(?:\.\.{_NUMBER})?)$")] = ""
    unit: str = ""
    period: Annotated[str, StringConstraints(pattern=r"^(?:|-|\d{4}(?:/\d{4}|-\d\d|\.\.\d{4})?)$")] = ""
    entity: str = ""
    why: str = ""

    @field_validator("place")
    @classmethod
    def _is_a_place(cls, name: str) -> str:
        return str(place_of(name))

    @model_validator(mode="after")
    def _corrects_something(self) -> ValueOverride:
        corrected = any(getattr(self, f) for f in _CORRECTED)
        if self.decision == "correct" and not corrected:
            raise ValueError(f"a correction needs one of {', '.join(_CORRECTED)}")
        if self.decision != "correct" and corrected:
            raise ValueError(f"{self.decision} takes no corrected field; write correct")
        return self

    @property
    def where(self) -> Place:
        """The place as a value."""
        return place_of(self.place)


class LabelOverride(RuleModel):
    """One label or phrase that no rule knows: the indicator it names, or that it is left alone on purpose."""

    id: _Id
    label: str
    where: Literal["table", "prose"]
    decision: Literal["map", "ignore"]
    indicator_id: str = ""
    why: str = ""

    @model_validator(mode="after")
    def _maps_to_something(self) -> LabelOverride:
        if (self.decision == "map") != bool(self.indicator_id):
            raise ValueError("map needs an indicator_id, ignore takes none")
        return self


class Overrides(RuleModel):
    """All corrections, in the order of the files and their lines."""

    values: tuple[ValueOverride, ...] = ()
    labels: tuple[LabelOverride, ...] = ()

    @cached_property
    def by_doc(self) -> dict[str, tuple[ValueOverride, ...]]:
        """The first 16 digits of a report's hash → its corrections."""
        return _grouped((v.doc_id[:16], v) for v in self.values)

    @cached_property
    def by_source(self) -> dict[str, tuple[ValueOverride, ...]]:
        """The path of a report → the corrections that were made to a file of that name."""
        return _grouped((v.source, v) for v in self.values if v.source)

    @cached_property
    def by_label(self) -> dict[tuple[str, str], LabelOverride]:
        """(table or prose, label) → what it is."""
        return {(x.where, x.label): x for x in self.labels}


def load_overrides(folder: Path, codebook: Codebook) -> Overrides:
    """Read `overrides/values*.csv` and `overrides/labels*.csv` below the folder of rules; there may be none.

    RuleFault for a line that does not fit, an unknown indicator, or two lines about one thing.
    """
    files = sorted((folder / "overrides").glob("*.csv"))
    values = [v for p in files if p.name.startswith("values") for v in load_csv(p, ValueOverride)]
    labels = [x for p in files if p.name.startswith("labels") for x in load_csv(p, LabelOverride)]
    lines: list[ValueOverride | LabelOverride] = [*values, *labels]
    known = codebook.by_id.keys() | {"", NOTHING}
    unknown = {f"{x.id}: no indicator {x.indicator_id!r}" for x in lines if x.indicator_id not in known}
    twice = _repeated(x.id for x in lines) | _repeated(f"{v.doc_id[:16]} {v.place}" for v in values)
    twice |= _repeated(f"{x.where} {x.label}" for x in labels)
    faults = sorted(unknown) + [f"{what}: stands twice; keep one of the two lines" for what in sorted(twice)]
    if faults:
        raise RuleFault("\n".join(f"{folder / 'overrides'}: {f}; see docs/CORRECTIONS.md" for f in faults))
    return Overrides(values=tuple(values), labels=tuple(labels))


def value_text(value: float | None, high: float | None, status: str) -> str:
    """A value as `expect` writes it: `412`, `97.5`, `10..20`, or the status of a cell without a value."""
    if value is None:
        return status
    return _number(value) if high is None else f"{_number(value)}..{_number(high)}"


def same_value(a: str, b: str) -> bool:
    """Two texts of a value say the same (412 and 412.0, full-width digits and white space aside)."""
    return _folded(a) == _folded(b)


def _number(x: float) -> str:
    return str(int(x)) if x == int(x) and abs(x) < 1e15 else repr(x)


def _folded(text: str) -> tuple[float | str, ...]:
    parts = re.sub(r"[\s,，]", "", text).split("..")
    return tuple(float(p) if re.fullmatch(_NUMBER, p) else p for p in parts)


def _grouped(pairs: Iterable[tuple[str, ValueOverride]]) -> dict[str, tuple[ValueOverride, ...]]:
    found: dict[str, tuple[ValueOverride, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _repeated(keys: Iterable[str]) -> set[str]:
    return {k for k, n in Counter(keys).items() if n > 1}
