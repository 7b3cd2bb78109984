"""Findings → a page and a workbook that an officer reads: both sides of each contradiction, gravest first."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import duckdb
import jinja2

from pipeline.compare.archive import archive
from pipeline.rules import Rules

SEVERITIES: Final = {"error": "错误", "warning": "存疑", "info": "提示"}
ON_PAGE: Final = 2_000
_COLUMNS: Final = (
    ("级别", "severity_name", 6),
    ("检查", "title", 22),
    ("报告", "source", 40),
    ("年份", "report_year", 7),
    ("说明", "message", 70),
    ("可能的原因", "explanation", 40),
    ("此处数值（标准单位）", "actual", 16),
    ("另一侧数值（标准单位）", "expected", 16),
    ("此处位置", "here", 40),
    ("此处原文", "here_text", 40),
    ("另一侧位置", "there", 40),
    ("另一侧原文", "there_text", 40),
    ("编号", "finding_id", 18),
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Years that two consecutive reports both give: how many values, and how many differ."""

    values: int
    different: int

    @property
    def rate(self) -> float | None:
        """Share of the values that differ, in percent; None where no two reports overlap."""
        return 100 * self.different / self.values if self.values else None


def listed(connection: duckdb.DuckDBPyConnection, rules: Rules, limit: int) -> list[dict[str, Any]]:
    """The first `limit` findings, gravest first, each with the places and prints of its first two values."""
    cursor = connection.execute(_text("sql/audit.sql"), {"limit": limit})
    names = [d[0] for d in cursor.description]
    titles = {c.id: c.title for c in rules.checks.checks}
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["severity_name"] = SEVERITIES[row["severity"]]
        row["title"] = titles.get(row["check_id"], row["check_id"])
    return rows


def counts(connection: duckdb.DuckDBPyConnection, rules: Rules) -> list[tuple[str, str, int]]:
    """(severity, check, findings) in order of gravity and number."""
    titles = {c.id: c.title for c in rules.checks.checks}
    rows = connection.execute(
        "SELECT severity, check_id, count(*) AS n FROM findings GROUP BY ALL ORDER BY n DESC, check_id"
    ).fetchall()
    order = list(SEVERITIES)
    return [(SEVERITIES[s], titles.get(c, c), n) for s, c, n in sorted(rows, key=lambda r: order.index(r[0]))]


def overlap(connection: duckdb.DuckDBPyConnection) -> Overlap:
    """How far consecutive reports agree on the years that both give: a measure of reports and reader."""
    row = connection.execute(_text("sql/overlap.sql")).fetchone()
    return Overlap(*row) if row else Overlap(0, 0)


def write(out: Path, rules: Rules) -> tuple[Path, Path]:
    """Write OUT/audit/index.html and OUT/audit/audit.xlsx from OUT/findings; return both paths."""
    with archive(out, rules) as connection:
        rows = listed(connection, rules, 100_000)
        page = _page(rows[:ON_PAGE], len(rows), counts(connection, rules), overlap(connection))
    folder = out / "audit"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(page, encoding="utf-8")
    _workbook(folder / "audit.xlsx", rows)
    return folder / "index.html", folder / "audit.xlsx"


def _page(rows: list[dict[str, Any]], total: int, checks: list[tuple[str, str, int]], shared: Overlap) -> str:
    # Autoescape: a report's text is data, also where it looks like markup.
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_text("templates/audit.html"))
    return template.render(rows=rows, total=total, checks=checks, overlap=shared, severities=SEVERITIES)


def _workbook(path: Path, rows: list[dict[str, Any]]) -> None:
    import xlsxwriter  # noqa: PLC0415  # of the extra [export]

    # No text of a report may become a formula or a link.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("发现的问题")
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for col, (title, _, width) in enumerate(_COLUMNS):
            sheet.write_string(0, col, title, head)
            sheet.set_column(col, col, width, wrap)
        for n, row in enumerate(rows, 1):
            for col, (_, key, _) in enumerate(_COLUMNS):
                value = row[key]
                if isinstance(value, int | float):
                    sheet.write_number(n, col, value, wrap)
                elif value is not None:
                    sheet.write_string(n, col, str(value)[:32_000], wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)


def _text(name: str) -> str:
    return files("pipeline.publish").joinpath(name).read_text(encoding="utf-8")
