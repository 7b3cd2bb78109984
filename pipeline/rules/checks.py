"""Model of rules/checks.yaml: what the audit looks for, how grave it is, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, field_validator, model_validator

from pipeline.rules.indicators import Codebook
from pipeline.rules.load import RuleFault, RuleModel, load_yaml

Severity = Literal["error", "warning", "info"]
_SAID: Final = {"entity", "year", "indicator", "actual", "expected", "here", "there", "arithmetic"}
_COMMON: Final = ("id", "kind", "title", "severity", "message")


class _Check(RuleModel):
    # The query of the kind reads districts, which stand on the reports of all regions.
    across: ClassVar[bool] = False

    id: str
    title: str
    severity: Severity
    message: str

    @field_validator("message")
    @classmethod
    def _both_numbers(cls, message: str) -> str:
        names = {name for _, name, _, _ in Formatter().parse(message) if name is not None}
        if not {"actual", "expected"} <= names:
            raise ValueError("a message needs {actual} and {expected}: both numbers are shown")
        if names - _SAID:
            raise ValueError(f"a message knows nothing of {sorted(names - _SAID)}")
        return message

    def parameters(self) -> dict[str, Any]:
        """What the query of its kind reads as variables."""
        return {k: v for k, v in self.model_dump().items() if k not in _COMMON}


class SameValue(_Check):
    """Every mention of one value in a report against the one that most mentions give."""

    kind: Literal["same_value"]


class Totals(_Check):
    """Totals in tables against their parts."""

    kind: Literal["totals"]
    continued: str


class Among(_Check):
    """A value in a table against the parts under 其中."""

    kind: Literal["among"]
    among: str


class PartOverWhole(_Check):
    """Parts against their wholes, by the codebook."""

    kind: Literal["part_over_whole"]
    pairs: tuple[tuple[str, str], ...]


class Identity(_Check):
    """value = factor × part / whole; `slack` is relative."""

    kind: Literal["identity"]
    value: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]
    factor: float = Field(gt=0)
    slack: float = Field(ge=0, lt=1)


class ProseShare(_Check):
    """A share in prose against the counts of its paragraph."""

    kind: Literal["prose_share"]


class ProseSum(_Check):
    """A number against those after it in its sentence; `near` is how far off, relatively, is still a slip."""

    kind: Literal["prose_sum"]
    among: str
    no_part: str
    near: float = Field(gt=0, lt=1)


class ProseChange(_Check):
    """Level, change and rate of one phrase in one sentence."""

    kind: Literal["prose_change"]


class TableChange(_Check):
    """A column of changes against the two years beside it."""

    kind: Literal["table_change"]
    growth: str


class OtherReport(_Check):
    """One report against the own report of the year (`later`) or of the school (`level`)."""

    kind: Literal["other_report"]
    between: Literal["later", "level"]


class Impossible(_Check):
    """Shares over 100 %, counts below 0; labels of growth are passed over."""

    kind: Literal["impossible"]
    growth: str
    rates: str


class OutOfRange(_Check):
    """Values outside the codebook's expected range."""

    kind: Literal["out_of_range"]


class History(_Check):
    """Values `times` as large or small as the entity's other years, where at least `least`."""

    kind: Literal["history"]
    times: float = Field(gt=1)
    least: float


class Peers(_Check):
    """Values `times` as large or small as the median of at least `least_n` others."""

    across: ClassVar[bool] = True

    kind: Literal["peers"]
    times: float = Field(gt=1)
    least_n: int


Check = Annotated[
    SameValue | Totals | Among | PartOverWhole | Identity | ProseShare | ProseSum | ProseChange
    | TableChange | OtherReport | Impossible | OutOfRange | History | Peers,
    Field(discriminator="kind"),
]  # fmt: skip


class Explanations(RuleModel):
    """What is said where the two numbers themselves show what happened."""

    slip: str
    transposed: str
    digit: str
    period: str
    near_slip: str
    far: str


class CheckRules(RuleModel):
    """rules/checks.yaml."""

    explanations: Explanations
    far: float = Field(gt=0, lt=1)
    checks: tuple[Check, ...]

    @model_validator(mode="after")
    def _one_id_each(self) -> CheckRules:
        ids = [c.id for c in self.checks]
        if twice := {i for i in ids if ids.count(i) > 1}:
            raise ValueError(f"two checks are called {sorted(twice)}")
        for check in self.checks:
            for name in ("continued", "among", "growth", "rates", "no_part"):
                re.compile(getattr(check, name, ""))
        return self

    def indicators(self) -> Iterator[tuple[str, str]]:
        """(check, indicator id) of every indicator that a check names."""
        for check in self.checks:
            if isinstance(check, Identity):
                yield from ((check.id, i) for i in (*check.value, *check.part, *check.whole))
            elif isinstance(check, PartOverWhole):
                yield from ((check.id, i) for pair in check.pairs for i in pair)


def load_checks(path: Path, codebook: Codebook) -> CheckRules:
    """Return rules/checks.yaml. RuleFault where it does not fit, or names an indicator that is not known."""
    rules = load_yaml(path, CheckRules)
    lines = path.read_text(encoding="utf-8").splitlines()
    for check, indicator in rules.indicators():
        if indicator not in codebook.by_id:
            start = next(
                (n for n, line in enumerate(lines) if line.split("#")[0].endswith(f"id: {check}")), 0
            )
            at = next((n for n, line in enumerate(lines[start:], start) if indicator in line), start) + 1
            raise RuleFault(f"{path}:{at}: no indicator is called {indicator!r}; see docs/INDICATORS.md")
    return rules
