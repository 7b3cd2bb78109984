"""What the review workbook is made of: its sheets, their columns, and the words of its drop-downs.

Written by `review.py` and read back by `corrections.py`: a word stands here once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.rules.indicators import Indicator
from pipeline.rules.overrides import NOTHING

LABELS: Final = "未识别标签"
STALE: Final = "失效更正"
INDICATORS: Final = "指标表"
VALUE_SHEETS: Final = ("低置信度", "审核发现")
NO_INDICATOR: Final = "（无指标）"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. `field` is what it becomes in rules/overrides/, if anything."""

    name: str
    width: int = 12
    field: str = ""
    filled_in: bool = False
    offers: Literal["", "decisions", "indicators"] = ""


def _asked(
    name: str, field: str, width: int = 14, offers: Literal["", "decisions", "indicators"] = ""
) -> Column:
    return Column(name, width, field, True, offers)


VALUE_COLUMNS: Final = (
    Column("来源文件", 36, "source"),
    Column("报告编号", 18, "doc_id"),
    Column("位置", 12, "place"),
    Column("发现", 50),
    Column("原文", 14),
    Column("上下文", 50),
    Column("指标", 30),
    Column("读出的值", 12, "expect"),
    Column("单位", 10),
    Column("时期", 12),
    Column("主体", 24),
    Column("规则", 18),
    Column("置信度", 8),
    _asked("决定", "decision", 8, "decisions"),
    _asked("更正指标", "indicator_id", 30, "indicators"),
    _asked("更正数值", "value"),
    _asked("更正单位", "unit", 10),
    _asked("更正时期", "period", 12),
    _asked("更正主体", "entity", 24),
    _asked("理由", "why", 30),
)
LABEL_COLUMNS: Final = (
    Column("标签", 36, "label"),
    Column("出处", 8, "where"),
    Column("次数", 8),
    Column("报告数", 8),
    Column("相近指标", 60),
    Column("示例", 60),
    _asked("决定", "decision", 10, "decisions"),
    _asked("对应指标", "indicator_id", 30, "indicators"),
    _asked("理由", "why", 30),
)
STALE_COLUMNS: Final = (Column("来源文件", 40), Column("说明", 100))

VALUE_DECISIONS: Final = {"接受": "accept", "更正": "correct", "忽略": "ignore"}
LABEL_DECISIONS: Final = {"对应": "map", "忽略": "ignore"}
WHERES: Final = {"表格": "table", "正文": "prose"}

GUIDE: Final = (
    "核对表：只填写黄色列，其余各列请勿改动。没有填写“决定”的行不起作用。",
    "接受：读出的结果全部正确。 更正：填写要改的列，不改的留空；要清空的填“-”。 忽略：该数字不是统计数值。",
    "更正数值：填数字（如 412），区间填 10..20；按原文单位填写。",
    "更正时期：2024、2023/2024（学年）、2024-06 或 2022..2024。",
    "未识别标签：选“对应”并选定指标，今后同一标签即按该指标读取；“忽略”则今后不再列出。",
    "位置 t8r3c2 为表 8 第 3 行第 2 列（行列从 0 起），b120:45 为段落 120 第 45 字。",
    "填好后运行 nianbao review --apply 本文件，再运行 nianbao run。",
)


def choice_of(indicator: Indicator) -> str:
    """An indicator as the drop-down shows it."""
    return f"{indicator.name} [{indicator.id}]"


def id_of_choice(text: str) -> str:
    """The id in a choice, `-` for none, or what was typed."""
    if text == NO_INDICATOR:
        return NOTHING
    found = re.search(r"\[([^\[\]]+)\]\s*$", text)
    return found[1] if found else text
