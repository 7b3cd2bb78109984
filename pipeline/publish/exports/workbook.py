"""Exported facts → an Excel workbook: the data, a codebook of its variables, and what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports.select import Exported
from pipeline.publish.exports.texts import fitted
from pipeline.publish.exports.variables import Variable

ROWS: Final = 1_048_576  # of a sheet of Excel, its header included
LONGEST: Final = 32_767  # characters of a cell
# What is written is text or number; nothing is ever taken for a formula or a link.
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same data give the same bytes: the file does not say when it was made.
MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS: Final = {"text": 16, "code": 10, "year": 8, "number": 14, "share": 9}
_FORMATS: Final = {"whole": "#,##0", "parts": "#,##0.0#####", "year": "0", "share": "0.000"}


def write_xlsx(exported: Exported, path: Path, about: dict[str, str]) -> list[str]:
    """Write the workbook. Unanswerable where a sheet of Excel cannot hold the rows."""
    if exported.rows >= ROWS:
        raise Unanswerable(
            f"{exported.rows:,} rows are more than a sheet of Excel holds ({ROWS:,}); "
            "choose fewer with --region, --years or --indicators, or export csv, parquet or duckdb"
        )
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"title": about["title"], "created": MADE})
        cut, filled = _data(workbook, exported)
        remarks = [f"{cut} 处文本超过 Excel 单元格的长度上限，已截断并以“…”结尾"] if cut else []
        _codebook(workbook, exported.variables, filled)
        _about(workbook, about, [*exported.remarks, *remarks])
    return remarks


def _data(workbook: Workbook, exported: Exported) -> tuple[int, list[int]]:
    """The sheet of the data; returns how many texts had to be cut, and how many values each variable has."""
    sheet = add_sheet(workbook, "数据", headers(exported.variables), exported.rows)
    formats = {name: workbook.add_format({"num_format": f}) for name, f in _FORMATS.items()}
    for c, v in enumerate(exported.variables):
        sheet.set_column(c, c, _WIDTHS[v.kind])
    cut, r, filled = 0, 0, [0] * len(exported.variables)
    for batch in exported.batches():
        filled = [n + len(c) - c.null_count for n, c in zip(filled, batch.columns, strict=True)]
        for row in zip(*batch.to_pydict().values(), strict=True):
            r += 1
            for c, value in enumerate(row):
                cut += _cell(sheet, r, c, value, exported.variables[c], formats)
    return cut, filled


def _cell(sheet: Worksheet, r: int, c: int, value: Any, v: Variable, formats: dict[str, Any]) -> bool:
    """Write one cell; says whether its text had to be cut."""
    if value is None:
        return False
    if isinstance(value, str):
        text = v.codes.get(value, value)
        kept = fitted(text, LONGEST)
        sheet.write_string(r, c, kept)
        return kept != text
    form = v.kind if v.kind in formats else "whole" if value == int(value) else "parts"
    sheet.write_number(r, c, value, formats[form])
    return False


def headers(variables: tuple[Variable, ...]) -> list[str]:
    """The labels as column heads; where two are alike, with the variable's name."""
    labels = [v.label for v in variables]
    return [v.label if labels.count(v.label) == 1 else f"{v.label} [{v.name}]" for v in variables]


def _codebook(workbook: Workbook, variables: tuple[Variable, ...], filled: list[int]) -> None:
    titles = ["列标题", "变量名", "指标编号", "单位", "有值个数", "说明", "取值"]
    sheet = add_sheet(workbook, "变量说明", titles, len(variables))
    for c, width in enumerate((28, 30, 30, 10, 10, 60, 60)):
        sheet.set_column(c, c, width)
    for r, (head, v, n) in enumerate(zip(headers(variables), variables, filled, strict=True), start=1):
        codes = "；".join(f"{code} = {name}" for code, name in v.codes.items())
        for c, text in enumerate((head, v.name, v.indicator_id, v.unit)):
            sheet.write_string(r, c, text)
        sheet.write_number(r, 4, n)
        sheet.write_string(r, 5, v.description)
        sheet.write_string(r, 6, codes)


def _about(workbook: Workbook, about: dict[str, str], remarks: list[str]) -> None:
    sheet = add_sheet(workbook, "说明", ["项目", "内容"], len(about) + len(remarks))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for r, (name, text) in enumerate([*about.items(), *(("注意", x) for x in remarks)], start=1):
        sheet.write_string(r, 0, name)
        sheet.write_string(r, 1, text)


def add_sheet(workbook: Workbook, name: str, titles: list[str], rows: int) -> Worksheet:
    """A sheet with a frozen, filtered header."""
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1, "text_wrap": True})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), len(titles) - 1)
    for c, title in enumerate(titles):
        sheet.write_string(0, c, title, head)
    return sheet
