"""Exported facts → files of Stata and SPSS, with Chinese labels of variables and values.

Codes become numbers from 1 with value labels; a null is a missing value, of a text an empty one.
Limits: Stata 14+ (variable labels 80 characters), SPSS (labels 256 and 120 bytes, texts 32 767 bytes).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyreadstat

from pipeline.publish.exports.select import Exported
from pipeline.publish.exports.texts import fitted
from pipeline.publish.exports.variables import Variable

_STATA_LABEL: Final = 80
_SPSS_FILE: Final = 60
_SPSS_LABEL: Final = 256
_SPSS_VALUE_LABEL: Final = 120
_SPSS_TEXT: Final = 32_767


def write_dta(exported: Exported, path: Path, about: dict[str, str]) -> list[str]:
    """Write a .dta of version 118, which Stata 14 and later read."""
    labels: dict[str, str | None] = {v.name: fitted(_label(v), _STATA_LABEL) for v in exported.variables}
    pyreadstat.write_dta(
        _frame(exported),
        path,
        version=15,
        file_label=fitted(about["title"], _STATA_LABEL),
        column_labels=labels,
        variable_value_labels=_value_labels(exported, 32_000),
        variable_format={v.name: "%8.0f" for v in exported.variables if v.kind == "year"},
    )
    return []


def write_sav(exported: Exported, path: Path, about: dict[str, str]) -> list[str]:
    """Write a .sav; texts longer than SPSS can hold are cut, and it is said how many."""
    frame, cut = _frame(exported), 0
    for v in exported.variables:
        if v.kind == "text":
            before = frame[v.name]
            frame[v.name] = before.map(lambda text: fitted(text, _SPSS_TEXT, "utf-8"))
            cut += int((frame[v.name] != before).sum())
    pyreadstat.write_sav(
        frame,
        path,
        file_label=fitted(about["title"], _SPSS_FILE, "utf-8"),
        column_labels={v.name: fitted(_label(v), _SPSS_LABEL, "utf-8") for v in exported.variables},
        variable_value_labels=_value_labels(exported, _SPSS_VALUE_LABEL),
        variable_measure={v.name: "nominal" for v in exported.variables if v.kind in ("text", "code")},
        variable_format={v.name: "F4.0" for v in exported.variables if v.kind == "year"},
    )
    return [f"{cut} 处文本超过 SPSS 的长度上限，已截断并以“…”结尾"] if cut else []


def _label(v: Variable) -> str:
    return f"{v.label} [{v.indicator_id}]" if v.indicator_id else v.label


def _frame(exported: Exported) -> pd.DataFrame:
    """The table as these formats hold it: texts without null, codes as numbers, numbers as floats."""
    columns: dict[str, Any] = {}
    for v in exported.variables:
        values = exported.table.column(v.name).to_pylist()
        if v.kind == "text":
            columns[v.name] = pd.Series(["" if x is None else x for x in values], dtype="object")
        else:
            numbers = _numbers(v, values) if v.kind == "code" else {}
            columns[v.name] = pd.Series([numbers.get(x, x) for x in values], dtype="float64")
    return pd.DataFrame(columns)


def _numbers(v: Variable, values: list[Any]) -> dict[Any, int]:
    """Code → its number. A code without a Chinese name is numbered after those that have one."""
    known = list(v.codes)
    new = sorted({x for x in values if x is not None and x not in v.codes})
    return {code: i for i, code in enumerate([*known, *new], start=1)}


def _value_labels(exported: Exported, limit: int) -> dict[str, dict[float, str]]:
    return {
        v.name: {
            float(i): fitted(v.codes.get(code, code), limit, "utf-8")
            for code, i in _numbers(v, exported.table.column(v.name).to_pylist()).items()
        }
        for v in exported.variables
        if v.kind == "code"
    }
