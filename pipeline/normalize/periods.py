"""A text → the periods it names: `2024`, `2023/2024` (school year), `2024-06`, `2022..2024`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.rules.periods import PeriodPattern, PeriodRules

_DIGITS = str.maketrans("〇零○OＯo一二三四五六七八九", "000000123456789")
_PLAN_START = 2001
_BETWEEN = re.compile(r"/|\.\.")


@dataclass(frozen=True, slots=True)
class Period:
    """text[start:end] names `period`; `year` is the year its values belong to."""

    start: int
    end: int
    period: str
    year: int


def find_periods(text: str, report_year: int | None, rules: PeriodRules) -> list[Period]:
    """All periods in a text, left to right. Relative words need `report_year` and are left out without it."""
    found: list[Period] = []
    if not rules.needs_regex.search(text):
        return found
    for m in rules.regex.finditer(text):
        said = m.groupdict()
        i = next(i for i in range(len(rules.patterns)) if said[f"p{i}"] is not None)
        groups = {g: said.get(f"{g}_{i}") for g in ("y", "y2", "m", "m2", "m3", "n")}
        read = _read(rules.patterns[i], groups, report_year)
        if read:
            found.append(Period(m.start(), m.end(), *read))
    return found


def parse_period(text: str, report_year: int | None, rules: PeriodRules) -> tuple[str, int] | None:
    """(period, year) of a label that is but a period (2022, 2021学年, 截至2023年底, 本年), or None."""
    label = _bare_label(text)
    year = rules.bare_regex.match(label)
    if year:
        return year["y"], int(year["y"])
    periods = find_periods(label, report_year, rules)
    if len(periods) != 1:
        return None
    p = periods[0]
    rest = label[: p.start] + label[p.end :]
    return (p.period, p.year) if rules.filler_regex.match(rest) else None


def year_of(period: str) -> int:
    """The year that a period's values belong to: the last one in it (2023/2024 → 2024, 2024-06 → 2024)."""
    return int(_BETWEEN.split(period)[-1][:4])


def definitions(text: str, report_year: int | None, rules: PeriodRules) -> dict[str, tuple[str, int]]:
    """Relative words that a note defines (本学年指2022-2023学年) → (period, year)."""
    found = {}
    for m in rules.definition_regex.finditer(text):
        after = find_periods(text[m.end() :], report_year, rules)
        if after and after[0].start <= 1:
            found[m["word"]] = (after[0].period, after[0].year)
    return found


def _bare_label(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("()[]【】:;,。")


def _read(
    pattern: PeriodPattern, groups: dict[str, str | None], report_year: int | None
) -> tuple[str, int] | None:
    kind, first = pattern.kind, groups["y"]
    if kind in ("now", "now_school", "last"):
        return _relative(pattern, groups["n"], report_year)
    if kind == "plan":
        start = _PLAN_START + 5 * _small(groups["n"] or "")
        return f"{start}..{start + 4}", start + 4
    if first is None:
        return None
    y = int(first.translate(_DIGITS))
    return _absolute(pattern, y, groups)


def _absolute(pattern: PeriodPattern, y: int, groups: dict[str, str | None]) -> tuple[str, int] | None:
    y2 = _second(y, groups["y2"])
    match pattern.kind:
        case "school" | "terms":
            end = y2 or y + 1
            return (f"{y}/{end}", end) if end == y + 1 else (f"{y}..{end}", end) if end > y else None
        case "span":
            end = y2 or y
            return (f"{y}..{end}", end) if end > y else (str(y), y)
        case "month":
            month = groups["m"] or groups["m2"] or groups["m3"] or ""
            return f"{y}-{int(month):02d}", y
        case _:
            return str(y), y


def _relative(pattern: PeriodPattern, n: str | None, report_year: int | None) -> tuple[str, int] | None:
    if report_year is None:
        return None
    y = report_year + pattern.offset
    if pattern.kind == "last":
        return f"{y - _small(n or '') + 1}..{y}", y
    return (str(y), y) if pattern.kind == "now" else (f"{y - 1}/{y}", y)


def _second(first: int, text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else first // 100 * 100 + int(text)


def _small(text: str) -> int:
    """One digit, Arabic or Chinese."""
    return int(text.replace("两", "2").translate(_DIGITS))
