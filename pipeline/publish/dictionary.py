"""The schemas → the data dictionary (Markdown)."""

from __future__ import annotations

from pipeline.schema import DATASETS
from pipeline.schema.columns import Column, Dataset

_HEAD = """# Data dictionary

Made from the schemas by `make dictionary`; do not edit. Text is UTF-8. Every description also travels in
the Parquet files as field metadata. Datasets marked *partitioned* lie in one folder a year
(`report_year=2024/`), and the reader of any library adds the column back.
"""


def render() -> str:
    """The dictionary of all datasets, as Markdown."""
    return "\n".join([_HEAD, *(_dataset(d) for d in DATASETS.values())])


def _dataset(dataset: Dataset) -> str:
    partitioned = "Partitioned by `report_year`." if dataset.partitioned else "Not partitioned."
    lines = [
        f"## {dataset.name}",
        "",
        f"A row is {dataset.a_row_is}. Key: {', '.join(f'`{k}`' for k in dataset.key)}. {partitioned}",
        "",
        "| column | type | unit | null means | description |",
        "|---|---|---|---|---|",
        *(_row(c) for c in dataset.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column) -> str:
    cells = (
        f"`{column.name}`",
        str(column.type),
        column.unit or "",
        column.null or "never null",
        column.description,
    )
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"
