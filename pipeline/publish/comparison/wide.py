"""Panel → a table as people compare: a place a row, a year a column, then change, rank and distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pipeline.compare.panel import Panel

MARKS: Final = "*†‡§¶#"
# Their change is in points; a percentage of a percentage misleads.
_RATES: Final = ("%", "‰", ":")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wide:
    """Column heads, rows of str | float | None under them, and what the marks (*, †, …) mean.

    `marks` are those of each row's years: a value that cannot be compared bears the mark of the reason.
    """

    heads: tuple[str, ...]
    rows: list[list[Any]]
    marks: list[list[str]]
    notes: tuple[str, ...]
    years: tuple[int, ...]


def wide(panel: Panel) -> Wide:
    """Lay the panel out. Change, rank and distance are those of the panel's last year."""
    years = tuple(panel.years)
    several = len(set(panel.rows["education"].to_pylist())) > 1
    reasons: dict[str, str] = {}
    rows, marks = [], []
    for key, by_year in _by_place(panel).items():
        rows.append([key[0], *([key[1]] if several else []), *_figures(by_year, years, panel.unit)])
        marks.append([_mark(by_year.get(y), reasons) for y in years])
    heads = (panel.by, *(["教育层次"] if several else []), *map(str, years), *_last_heads(panel, years))
    notes = (*(f"{mark} {why}" for why, mark in reasons.items()), *_breaks(panel), *panel.remarks)
    return Wide(heads, rows, marks, notes, years)


def _by_place(panel: Panel) -> dict[tuple[str, str], dict[int, Row]]:
    """Rows by (name, education) and year. An older edition gives way where a year has both."""
    found: dict[tuple[str, str], dict[int, Row]] = {}
    for row in panel.rows.to_pylist():
        found.setdefault((row["name"], row["education"] or ""), {})[row["year"]] = row
    return found


def _figures(by_year: dict[int, Row], years: tuple[int, ...], unit: str) -> list[Any]:
    values = [by_year[y]["value"] if y in by_year else None for y in years]
    last: Row = by_year.get(years[-1], {})
    like = last.get("change_comparable")
    change = [last.get(name) if like else None for name in _changes(unit)]
    place = f"{last['rank']}/{last['n']}" if last.get("rank") else None
    return [*values, *change, place, last.get("distance")]


def _changes(unit: str) -> tuple[str, ...]:
    return ("change",) if unit in _RATES else ("change", "change_pct")


def _last_heads(panel: Panel, years: tuple[int, ...]) -> tuple[str, ...]:
    points = "（百分点）" if panel.unit == "%" else ""
    heads = (f"比{years[-1] - 1}年{points}", "变化%")
    return (*heads[: len(_changes(panel.unit))], "位次", "与中位数之差")


def _mark(row: Row | None, reasons: dict[str, str]) -> str:
    """The sign of why a value or its change cannot be compared; a new reason takes the next sign."""
    if row is None:
        return ""
    why = [row["note"]] if not row["comparable"] else []
    why += [f"比上年：{row['change_note']}"] if row["change_comparable"] is False else []
    why += ["后一年报告对上年数值有更正"] if row["restated"] else []
    return "".join(reasons.setdefault(w, MARKS[len(reasons) % len(MARKS)]) for w in why)


def _breaks(panel: Panel) -> list[str]:
    return [f"{year}年起：{why}" for year, why in panel.breaks]
