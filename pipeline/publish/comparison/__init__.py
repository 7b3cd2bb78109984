"""Panel → files to work with: every value as CSV, a workbook to read, a chart to show."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.compare.panel import Panel
from pipeline.publish.comparison.chart import write_chart
from pipeline.publish.comparison.wide import Wide, wide
from pipeline.publish.exports.plain import write_plain
from pipeline.publish.exports.workbook import MADE, OPTIONS, add_sheet

_DETAILS: Final = {
    "name": "名称", "region_code": "区划代码", "education": "教育层次", "indicator": "指标", "year": "年份",
    "value": "数值", "unit": "单位", "rank": "位次", "n": "参加排名的个数", "median": "中位数",
    "percentile": "百分位", "distance": "与中位数之差", "note": "不可比的原因", "prev_value": "上年数值",
    "change": "变化", "change_pct": "变化%", "change_note": "变化的说明", "source": "来源文件",
    "place": "原文位置",
}  # fmt: skip


def write(panel: Panel, stem: Path) -> list[Path]:
    """Write STEM.csv, .xlsx, .png and .svg; return their paths."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = [stem.with_name(f"{stem.name}{ending}") for ending in (".csv", ".xlsx", ".png", ".svg")]
    write_plain(panel.rows, paths[0])
    _workbook(panel, wide(panel), paths[1])
    for path in paths[2:]:
        write_chart(panel, path)
    return paths


def _workbook(panel: Panel, table: Wide, path: Path) -> None:
    """Two sheets: the table with its notes below it, and every value with its place in the reports."""
    with xlsxwriter.Workbook(str(path), {**OPTIONS, "constant_memory": False}) as workbook:
        workbook.set_properties({"title": panel.name, "created": MADE})
        unit = f"（{panel.unit}）" if panel.unit else ""
        front = add_sheet(workbook, "对照", list(table.heads), len(table.rows))
        _fill(front, [list(map(_marked, zip(r, _pad(m, r, table), strict=True)))
                      for r, m in zip(table.rows, table.marks, strict=True)])  # fmt: skip
        front.set_column(0, 0, 24)
        below = len(table.rows) + 2
        for n, note in enumerate((f"{panel.name}{unit}", *table.notes)):
            front.write_string(below + n, 0, note)
        back = add_sheet(workbook, "明细", list(_DETAILS.values()), panel.rows.num_rows)
        _fill(back, [[row[name] for name in _DETAILS] for row in panel.rows.to_pylist()])


def _pad(marks: list[str], row: list[object], table: Wide) -> list[str]:
    """The marks of the years, set under the columns of the years."""
    before = table.heads.index(str(table.years[0]))
    return [""] * before + marks + [""] * (len(row) - before - len(marks))


def _marked(cell: tuple[object, str]) -> object:
    value, mark = cell
    return f"{value:g}{mark}" if mark and isinstance(value, int | float) else value


def _fill(target: Worksheet, rows: list[list[object]]) -> None:
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, int | float):
                target.write_number(r, c, value)
            else:
                target.write_string(r, c, str(value))


__all__ = ["wide", "write"]
