"""The archive → a workbook in which people accept, correct or ignore what the machine was not sure of.

Sheets: values of low confidence, both sides of each finding, labels that no rule knows, and corrections that
no longer fit. The filled-in file goes back through `corrections.py` into rules/overrides/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.compare.archive import archive
from pipeline.normalize.overrides import PREFIX
from pipeline.publish.exports.texts import fitted
from pipeline.publish.exports.workbook import LONGEST, OPTIONS
from pipeline.publish.forms import (
    GUIDE,
    INDICATORS,
    LABEL_COLUMNS,
    LABEL_DECISIONS,
    LABELS,
    NO_INDICATOR,
    STALE,
    STALE_COLUMNS,
    VALUE_COLUMNS,
    VALUE_DECISIONS,
    VALUE_SHEETS,
    Column,
    choice_of,
)
from pipeline.rules import Rules
from pipeline.rules.overrides import value_text

BELOW: Final = 0.9
LIMIT: Final = 2000
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_INDICATOR_ROWS: Final = "'{}'!$A$2:$A${}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many rows each sheet has, and how many there would be without the limit."""

    rows: dict[str, int]
    found: dict[str, int]


def review(out: Path, path: Path, rules: Rules, below: float = BELOW, limit: int = LIMIT) -> Reviewed:
    """Write the workbook from the datasets in `out`: values below a confidence, `limit` rows a sheet."""
    with archive(out, rules) as connection:
        low, findings = _low(connection, below), _in_findings(connection)
        labels, stale = _labels(connection, rules), _stale(connection, rules)
    found = {VALUE_SHEETS[0]: low, VALUE_SHEETS[1]: findings, LABELS: labels, STALE: stale}
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"title": "核对表", "created": _MADE})
        choices = [NO_INDICATOR, *(choice_of(i) for i in rules.codebook.indicators)]
        _guide(workbook, {name: (min(len(rows), limit), len(rows)) for name, rows in found.items()}, below)
        for name in VALUE_SHEETS:
            _sheet(workbook, name, VALUE_COLUMNS, found[name][:limit], VALUE_DECISIONS, len(choices))
        _sheet(workbook, LABELS, LABEL_COLUMNS, labels[:limit], LABEL_DECISIONS, len(choices))
        _sheet(workbook, STALE, STALE_COLUMNS, stale[:limit], {}, len(choices))
        _sheet(workbook, INDICATORS, (Column(INDICATORS, 60),), [{INDICATORS: c} for c in choices], {}, 0)
    counts = {name: len(rows) for name, rows in found.items()}
    return Reviewed({name: min(n, limit) for name, n in counts.items()}, counts)


_VALUES: Final = """
SELECT 'table' AS origin, o.doc_id, o.obs_no AS origin_no, d.source,
       concat('t', table_no, 'r', "row", 'c', col, if(part > 0, '.' || part, '')) AS place,
       raw AS print, array_to_string(labels, ' > ') AS context, indicator_id, indicator,
       value, value_high, status, unit, period, entity, o.confidence, rule
FROM observations o JOIN docs d USING (doc_id)
UNION ALL
SELECT 'prose', c.doc_id, c.claim_no, d.source, concat('b', block_no, ':', start), quote, sentence,
       indicator_id, indicator, value, value_high, 'reported', unit, period, entity, c.confidence, rule
FROM claims c JOIN docs d USING (doc_id)
"""


def _low(connection: duckdb.DuckDBPyConnection, below: float) -> list[dict[str, Any]]:
    """Values that are unsure or illegible and not reviewed yet; those that reach the facts first."""
    connection.execute(
        """CREATE TEMP VIEW docs AS SELECT doc_id, source FROM documents WHERE status = 'ok'"""
    )
    connection.execute(f"CREATE TEMP VIEW all_values AS {_VALUES}")
    found = _records(
        connection,
        """SELECT * FROM all_values
        WHERE (confidence < ?::FLOAT OR status = 'illegible') AND NOT starts_with(rule, 'override:')
        ORDER BY indicator_id IS NULL, confidence, source, place""",
        [below],
    )
    return [_value_row(r, "") for r in found]


def _in_findings(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Both sides of each finding, the grave ones first."""
    if ("findings",) not in connection.execute("SHOW TABLES").fetchall():
        return []
    found = _records(
        connection,
        """WITH sides AS (
          SELECT finding_id, severity, message, unnest(sources) AS side, generate_subscripts(sources, 1) AS n
          FROM findings)
        SELECT v.*, message FROM sides JOIN all_values v
          ON v.doc_id = side.doc_id AND v.origin_no = side.origin_no AND v.origin = side.origin
        WHERE NOT starts_with(rule, 'override:')
        ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, finding_id, n""",
    )
    seen: set[tuple[str, str]] = set()
    rows = []
    for r in found:
        if (r["doc_id"], r["place"]) not in seen:
            seen.add((r["doc_id"], r["place"]))
            rows.append(_value_row(r, r["message"]))
    return rows


def _value_row(r: dict[str, Any], finding: str) -> dict[str, Any]:
    indicator = f"{r['indicator']} [{r['indicator_id']}]" if r["indicator_id"] else ""
    texts = (
        r["source"], r["doc_id"], r["place"], finding, r["print"], r["context"], indicator,
        value_text(r["value"], r["value_high"], r["status"]), r["unit"], r["period"], r["entity"], r["rule"],
    )  # fmt: skip
    names = [c.name for c in VALUE_COLUMNS if not c.filled_in and c.name != "置信度"]
    return dict(zip(names, texts, strict=True)) | {"置信度": r["confidence"]}


def _labels(connection: duckdb.DuckDBPyConnection, rules: Rules) -> list[dict[str, Any]]:
    found = _records(connection, 'SELECT * FROM unmapped ORDER BY count DESC, label, "where"')
    return [
        {
            "标签": r["label"],
            "出处": "表格" if r["where"] == "table" else "正文",
            "次数": r["count"],
            "报告数": r["reports"],
            "相近指标": _nearest(r["nearest"] or (), rules),
            "示例": r["example"],
        }
        for r in found
    ]


def _nearest(near: Sequence[dict[str, Any]], rules: Rules) -> str:
    known = rules.codebook.by_id
    return "；".join(choice_of(known[n["indicator_id"]]) for n in near if n["indicator_id"] in known)


def _stale(connection: duckdb.DuckDBPyConnection, rules: Rules) -> list[dict[str, Any]]:
    """Corrections that were not applied, whose report is not in the archive, or whose label is nowhere."""
    noted = _records(
        connection,
        """SELECT source, message FROM notes JOIN docs USING (doc_id)
        WHERE code = 'stale_override' ORDER BY ALL""",
    )
    known = connection.execute("SELECT doc_id, source FROM docs").fetchall()
    docs, sources = {d for d, _ in known}, {s for _, s in known}
    absent = [
        {"source": v.source, "message": f"{v.id} at {v.place}: the report is not among those read"}
        for v in rules.overrides.values
        if v.doc_id[:16] not in docs and v.source not in sources
    ]
    used = {r for (r,) in connection.execute("SELECT DISTINCT rule FROM all_values").fetchall()}
    idle = [
        {"source": "", "message": f"{x.id} for {x.label}: no value has this label, or a rule knows it now"}
        for x in rules.overrides.labels
        if x.decision == "map" and PREFIX + x.id not in used
    ]
    return [{"来源文件": r["source"], "说明": r["message"]} for r in (*noted, *absent, *idle)]


def _records(
    connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = connection.sql(query, params=list(values)).to_arrow_table().to_pylist()
    return rows


def _guide(workbook: Workbook, counts: dict[str, tuple[int, int]], below: float) -> None:
    sheet = workbook.add_worksheet("说明")
    sheet.set_column(0, 0, 110)
    lines = [*GUIDE, "", f"置信度低于 {below:g} 的数值列入“{VALUE_SHEETS[0]}”。"]
    lines += [
        f"“{name}”：{shown} 行" + (f"（共 {every} 行，其余待下次）" if every > shown else "")
        for name, (shown, every) in counts.items()
    ]
    for r, text in enumerate(lines):
        sheet.write_string(r, 0, text)


def _sheet(
    workbook: Workbook,
    name: str,
    columns: tuple[Column, ...],
    rows: list[dict[str, Any]],
    decisions: dict[str, str],
    choices: int,
) -> None:
    """A sheet with a frozen, filtered header; columns to be filled in are coloured and have drop-downs."""
    sheet = workbook.add_worksheet(name)
    plain = workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "bottom": 1})
    asked = workbook.add_format({"bold": True, "bg_color": "#FFE699", "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width)
        sheet.write_string(0, c, column.name, asked if column.filled_in else plain)
        _offer(sheet, c, len(rows), column, decisions, choices)
    for r, row in enumerate(rows, start=1):
        for c, column in enumerate(columns):
            _write(sheet, r, c, row.get(column.name))


def _offer(
    sheet: Worksheet, c: int, rows: int, column: Column, decisions: dict[str, str], choices: int
) -> None:
    """The drop-down of a column."""
    source: Any = None
    if column.offers == "decisions":
        source = list(decisions)
    elif column.offers == "indicators":
        source = "=" + _INDICATOR_ROWS.format(INDICATORS, choices + 1)
    if source and rows:
        wrong = {"error_title": "请从列表中选择", "error_message": f"“{column.name}”请从下拉列表中选择。"}
        sheet.data_validation(1, c, rows, c, {"validate": "list", "source": source} | wrong)


def _write(sheet: Worksheet, r: int, c: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(r, c, fitted(value, LONGEST))
    elif value is not None:
        sheet.write_number(r, c, round(value, 4))
