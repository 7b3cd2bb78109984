"""Columns and indicators → variables: a stable short name, a Chinese label, and the labels of its codes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.schema.chinese import codes_of, words_of

Kind = Literal["text", "code", "year", "number", "share"]

LONGEST_NAME: Final = 32  # of Stata; SPSS takes 64
_HASH: Final = 6
_RESERVED: Final = frozenset(
    (
        "all", "and", "by", "byte", "double", "eq", "float", "ge", "gt", "if", "in", "int", "le", "long",
        "lt", "ne", "not", "or", "strl", "to", "using", "with",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of an export. `source` is the column it is made from; `codes` what its codes mean."""

    name: str
    label: str
    kind: Kind
    source: str
    description: str = ""
    unit: str = ""
    indicator_id: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """Code → Chinese label, in the order of their numbers from 1; empty where it holds no codes."""
        return codes_of(self.source) if self.kind == "code" else {}


def _column(name: str, kind: Kind) -> Variable:
    words = words_of("facts", name)
    return Variable(name, words.name, kind, name, words.description)


_REGION: Final = (
    _column("region_code", "text"),
    _column("province", "text"),
    _column("city", "text"),
    _column("district", "text"),
    _column("level", "code"),
    _column("education", "code"),
    _column("entity", "text"),
    _column("scope", "code"),
)
WIDE_KEY: Final = (*_REGION, _column("dims", "text"), _column("year", "year"))
_PLACE: Final = "t8r3c2 为表 8 第 3 行第 2 列（行列从 0 起），b120:45 为段落 120 第 45 字"
TIDY: Final = (
    *_REGION,
    _column("indicator_id", "text"),
    _column("indicator", "text"),
    _column("dims", "text"),
    _column("year", "year"),
    _column("period", "text"),
    _column("value", "number"),
    _column("value_high", "number"),
    _column("unit", "text"),
    _column("qualifier", "code"),
    _column("relation", "code"),
    _column("place", "code"),
    _column("confidence", "share"),
    _column("report_year", "year"),
    Variable("source", "来源文件", "text", "source", "报告文件的路径"),
    Variable("source_place", "原文位置", "text", "source_place", _PLACE),
    _column("doc_id", "text"),
    _column("series_id", "text"),
    _column("fact_id", "text"),
)  # fmt: skip


def measured(values: Iterable[tuple[str, str | None, str]]) -> tuple[Variable, ...]:
    """A variable for each (indicator_id, unit, name); an indicator in two units gives two."""
    known = list(values)
    several = [i for i, _, _ in known]
    return tuple(
        Variable(
            short_name(id_ if several.count(id_) == 1 else f"{id_}.{unit or 'number'}"),
            f"{name}（{unit}）" if unit else name,
            "number",
            "value",
            unit=unit or "",
            indicator_id=id_,
        )
        for id_, unit, name in known
    )


def short_name(id_: str) -> str:
    """An id as a variable name of Stata and SPSS: ASCII, at most 32 characters, the same in every export."""
    name = re.sub(r"\W", "_", id_, flags=re.ASCII)
    name = name if re.match(r"[A-Za-z]", name) else f"v_{name}"
    exact = name == id_.replace(".", "_") and name.lower() not in _RESERVED
    if exact and len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(id_.encode()).hexdigest()[:_HASH]
    return f"{name[: LONGEST_NAME - _HASH - 1]}_{digest}"
