"""The codebook → docs/INDICATORS.md: every indicator with what it means and counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pipeline.normalize.units import standardize
from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator

_DIRECTION: Final = {"higher": "越高越好", "lower": "越低越好", "none": "—"}
_HEAD: Final = """\
# 指标目录 · Indicators

由 `rules/indicators/*.yaml` 生成（`make codebook`），请勿手改。共 {n} 个指标。
Rendered from `rules/indicators/*.yaml` by `make codebook`; do not edit. {n} indicators.

- **单位** is the unit of the form; values are stored in the standard unit beside it (万元 → 元).
- **方向**: whether more is better. `—`: size or structure, neither.
- **合理范围**: what one report may plausibly say, in the standard unit; the audit asks about the rest.
- **同一指标**: another name of the same concept; in facts both are one indicator.
- **接续**: the indicator of an earlier edition that this one goes on from. “可接续”: one series, and a
  comparison over the change says so. “不可接续”: a break; the two are set side by side, not comparable.
"""


def render(rules: Rules) -> str:
    """The page, a table for each family in the order of the files."""
    indicators = rules.codebook.indicators
    families = [(f, list(rows)) for f, rows in groupby(indicators, key=lambda i: i.family)]
    parts = [_HEAD.format(n=len(indicators)), "\n".join(_contents(families)), *_breaks(rules)]
    parts += ["\n".join(_family(family, rows, rules)) for family, rows in families]
    return "\n\n".join(p.strip() for p in parts) + "\n"


def _contents(families: list[tuple[str, list[Indicator]]]) -> Iterator[str]:
    yield "| 类别 | 指标数 | 来源 |\n|---|---|---|"
    for family, rows in families:
        yield f"| {family} | {len(rows)} | {rows[0].source} |"


def _breaks(rules: Rules) -> Iterator[str]:
    book = rules.codebook
    yield "## 版本之间的接续与中断 · Editions"
    rows = [i for i in book.indicators if i.replaces]
    table = ["| 现指标 | 原指标 | 接续 | 变化 |", "|---|---|---|---|"]
    for i in sorted(rows, key=lambda i: i.joinable):
        joined = "可接续" if i.joinable else "**不可接续**"
        table.append(f"| {i.name} | {book.by_id[i.replaces].name} | {joined} | {i.why} |")
    yield "\n".join(table)


def _family(family: str, rows: list[Indicator], rules: Rules) -> Iterator[str]:
    yield f"## {family}\n"
    yield "| id | 名称 | 单位 | 定义 | 方向 | 合理范围 | 版本 |\n|---|---|---|---|---|---|---|"
    for i in rows:
        std = standardize(None, i.unit or None, rules)[1]
        unit = i.unit if std in (i.unit, None) else f"{i.unit}（{std}）"
        low, high = rules.codebook.range_of(i, std)
        cells = (
            f"`{i.id}`",
            i.name,
            unit,
            i.definition,
            _DIRECTION[i.direction],
            _range(low, high),
            _edition(i, rules),
        )
        yield "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _range(low: float | None, high: float | None) -> str:
    return f"{'' if low is None else _plain(low)}～{'' if high is None else _plain(high)}"


def _plain(value: float) -> str:
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size and value % (size / 100) == 0:
            return f"{value / size:g}{word}"
    return f"{value:g}"


def _edition(i: Indicator, rules: Rules) -> str:
    years = f"{i.valid_from or ''}–{i.valid_to or ''}" if i.valid_from or i.valid_to else ""
    same = f"同“{i.same_as}”" if i.same_as else ""
    after = f"接“{rules.codebook.by_id[i.replaces].name}”" if i.replaces else ""
    return "；".join(filter(None, (years, same, after)))
