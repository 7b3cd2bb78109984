"""The archive → a file for Excel, Stata, SPSS, DuckDB or any reader of CSV and Parquet."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Final, Literal

from pipeline.compare.archive import archive
from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports.database import write_duckdb
from pipeline.publish.exports.select import Exported, Selection, choose, tidy, wide
from pipeline.rules import Rules
from pipeline.version import PROGRAM

Format = Literal["xlsx", "csv", "dta", "sav", "duckdb", "parquet"]
Shape = Literal["tidy", "wide"]
_Writer = Callable[[Exported, Path, dict[str, str]], list[str]]
# Imported when asked for: the writers' libraries belong to the extra [export], which `run` does without.
_WRITERS: Final = {
    "xlsx": ("workbook", "write_xlsx"),
    "csv": ("delimited", "write_csv"),
    "dta": ("statistics", "write_dta"),
    "sav": ("statistics", "write_sav"),
    "parquet": ("columnar", "write_parquet"),
}
_SHAPES: Final = {"tidy": tidy, "wide": wide}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the file, its rows and variables, and what a reader must be told."""

    path: Path
    rows: int
    variables: int
    remarks: tuple[str, ...]


def export(out: Path, path: Path, form: Format, shape: Shape, selection: Selection, rules: Rules) -> Written:
    """Write the facts chosen from the datasets in `out` to `path`, whole or not at all.

    A DuckDB file holds every mention, and all that belongs to the facts; it has no shape.
    Unanswerable says why not.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    about = _about(selection, rules)
    try:
        with archive(out, rules) as connection:
            if form == "duckdb":
                remarks = choose(connection, replace(selection, all_mentions=True), rules)
                written = Written(path, write_duckdb(connection, temporary, about), 0, remarks)
            else:
                exported = _SHAPES[shape](connection, selection, rules)
                remarks = (*exported.remarks, *_writer(form)(exported, temporary, about))
                written = Written(path, exported.rows, len(exported.variables), remarks)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return written


def _writer(form: str) -> _Writer:
    module, name = _WRITERS[form]
    try:
        writer: _Writer = getattr(import_module(f"pipeline.publish.exports.{module}"), name)
    except ModuleNotFoundError as e:
        raise Unanswerable(
            f"{e.name} is missing; `make export` sets it up, or install nianbao[export]"
        ) from e
    return writer


def _about(selection: Selection, rules: Rules) -> dict[str, str]:
    """What the file says of itself."""
    years = "–".join(map(str, selection.years)) if selection.years else "全部"
    return {
        "title": "职业教育质量年度报告数据",
        "地区": selection.region or "全部",
        "年度": years,
        "指标": "、".join(selection.indicators) or "全部",
        "程序版本": PROGRAM,
        "规则版本": rules.version,
    }


__all__ = ["Format", "Selection", "Shape", "Written", "export"]
