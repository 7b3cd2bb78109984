"""chinese.csv and codes.csv → the Chinese name and description of each column, and of each code in it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_ANY: Final = "*"
_UNITS: Final = {"bytes": "字节"}


@dataclass(frozen=True, slots=True)
class Words:
    """What a dataset or column is called in Chinese, what it means, and what null means in it."""

    name: str
    description: str
    null: str = ""


def words_of(dataset: str, column: str = "") -> Words:
    """The words for a column, or for the dataset itself. KeyError where chinese.csv has none."""
    known = _words()
    found = known.get((dataset, column)) or known.get((_ANY, column))
    if found is None:
        raise KeyError(f"no Chinese words for {dataset}.{column}: add a line to pipeline/schema/chinese.csv")
    return found


def unit_in_chinese(unit: str | None) -> str | None:
    """The unit of a column as Chinese readers write it."""
    return _UNITS.get(unit or "", unit)


@cache
def codes_of(column: str) -> dict[str, str]:
    """Code → what it is called in Chinese; empty for a column that holds no codes.

    The order is that of the numbers which Stata and SPSS see: a new code goes to the end of its column's.
    """
    return {r["code"]: r["chinese"] for r in _rows("codes.csv") if r["column"] == column}


@cache
def _words() -> dict[tuple[str, str], Words]:
    return {
        (r["dataset"], r["column"]): Words(r["name"], r["description"], r["null"])
        for r in _rows("chinese.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("pipeline.schema").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
