"""Reads tests/cases/claims.yaml and compares what is claimed with what a case expects."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.claims import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block, Claim

PATH = Path(__file__).parents[1] / "cases" / "claims.yaml"
FIELDS = (
    "quote",
    "value",
    "unit",
    "qualifier",
    "relation",
    "indicator_text",
    "entity",
    "period",
    "base",
    "indicator",
)
ANY = "*"  # not said by the contract, or not compared
ENOUGH = 0.6  # of the characters of an indicator's phrase, order ignored


@dataclass(frozen=True)
class Case:
    """`texts` are paragraphs of one section; `open` is a passage that is known to be read wrongly."""

    batch: str
    context: Context
    texts: tuple[str, ...]
    section: str
    claims: tuple[dict[str, Any], ...]
    open: bool = False


def load_cases() -> list[Case]:
    data = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    places = {name: Context(**place) for name, place in data["places"].items()}
    return [
        Case(
            batch,
            places[c["where"]],
            tuple(c["text"]) if isinstance(c["text"], list) else (c["text"],),
            c.get("section", ""),
            tuple(dict(zip(FIELDS, [*row, ANY][: len(FIELDS)], strict=True)) for row in c["claims"]),
            c.get("open", False),
        )
        for batch, cases in data["batches"].items()
        for c in cases
    ]


def read_case(case: Case, rules: Rules) -> list[Claim]:
    blocks = [Block(0, "heading", case.section)] if case.section else []
    for text in case.texts:
        blocks.append(Block(len(blocks), "paragraph", text, section=case.section))
    return claim(blocks, case.context, rules).claims


def alike(have: str, want: str) -> bool:
    a, b = (Counter(unicodedata.normalize("NFKC", t).replace(" ", "")) for t in (have, want))
    return 2 * (a & b).total() >= ENOUGH * (a.total() + b.total())


def faults(have: Claim, want: dict[str, Any]) -> list[str]:
    """The fields in which a claim differs from the expected one; a null period is not compared."""
    exact = [f for f in FIELDS if f not in ("indicator_text", "period") and want[f] != ANY]
    wrong = [f for f in exact if getattr(have, f) != want[f]]
    if not alike(have.indicator_text, want["indicator_text"]):
        wrong.append("indicator_text")
    if want["period"] not in (None, ANY) and have.period != want["period"]:
        wrong.append("period")
    return wrong
