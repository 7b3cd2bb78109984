"""The schemas → the data dictionary (Markdown), in English and in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.schema import DATASETS
from pipeline.schema.chinese import unit_in_chinese, words_of
from pipeline.schema.columns import Column, Dataset

_HEAD = """# Data dictionary

Made from the schemas by `make dictionary`; do not edit. Text is UTF-8. Every description also travels in
the Parquet files as field metadata. Datasets marked *partitioned* lie in one folder a year
(`report_year=2024/`), and the reader of any library adds the column back.
[中文版](DICTIONARY.zh-CN.md)
"""
_HEAD_CHINESE = """# 数据字典

由 `make dictionary` 根据数据结构生成，请勿手工修改。文本为 UTF-8。注明“分区”的数据集按年度分文件夹存放
（`report_year=2024/`），各种读取工具会自动补上这一列。 [English](DICTIONARY.md)
"""


def render() -> str:
    """The dictionary of all datasets, as Markdown, in English."""
    return "\n".join([_HEAD, *(_dataset(d) for d in DATASETS.values())])


def render_chinese() -> str:
    """The dictionary of all datasets, as Markdown, in Chinese."""
    return "\n".join([_HEAD_CHINESE, *(_dataset_chinese(d) for d in DATASETS.values())])


def _dataset(dataset: Dataset) -> str:
    partitioned = "Partitioned by `report_year`." if dataset.partitioned else "Not partitioned."
    says = f"A row is {dataset.a_row_is}. Key: {_key(dataset, ', ')}. {partitioned}"
    titles = ("column", "type", "unit", "null means", "description")
    return _section(dataset.name, says, titles, [_row(c) for c in dataset.columns])


def _row(column: Column) -> tuple[str, ...]:
    null = column.null or "never null"
    return f"`{column.name}`", str(column.type), column.unit or "", null, column.description


def _dataset_chinese(dataset: Dataset) -> str:
    words = words_of(dataset.name)
    partitioned = "按 `report_year` 分区。" if dataset.partitioned else "不分区。"
    says = f"{words.description}。主键：{_key(dataset, '、')}。{partitioned}"
    titles = ("字段", "名称", "类型", "单位", "空值含义", "说明")
    rows = [_row_chinese(dataset.name, c) for c in dataset.columns]
    return _section(f"{dataset.name}（{words.name}）", says, titles, rows)


def _row_chinese(dataset: str, column: Column) -> tuple[str, ...]:
    words = words_of(dataset, column.name)
    unit = unit_in_chinese(column.unit) or ""
    return f"`{column.name}`", words.name, str(column.type), unit, words.null or "不为空", words.description


def _key(dataset: Dataset, mark: str) -> str:
    return mark.join(f"`{k}`" for k in dataset.key)


def _section(title: str, says: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    table = [_line(titles), "|---" * len(titles) + "|", *map(_line, rows)]
    return "\n".join([f"## {title}", "", says, "", *table, ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"
