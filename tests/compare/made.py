"""Reports drawn in a test → a folder of datasets; several reports make an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import flow
from tests.building import docx, p, tbl


def report(title: str, blocks: list[Any]) -> bytes:
    """A report of paragraphs (strings) and of tables ([caption, drawing])."""
    body = [p(title, "1")]
    for block in blocks:
        if isinstance(block, str):
            body.append(p(block))
        else:
            caption, drawing = block
            lines = [line.strip().replace(" . ", "  ") for line in drawing.strip().splitlines()]
            body += [p(caption, "cap"), tbl("\n".join(lines))]
    return docx("".join(body))


def datasets(folder: Path, reports: dict[str, list[Any]]) -> Path:
    """Write the reports, run, and return the folder of the datasets."""
    (folder / "raw").mkdir()
    for title, blocks in reports.items():
        (folder / "raw" / f"{title}.docx").write_bytes(report(title, blocks))
    flow.run(folder / "raw", folder / "out")
    return folder / "out"


def title(region: str, year: int) -> str:
    """The title of a region's report for a year."""
    return f"{region}职业教育质量年度报告（{year}年度）"


def rows(out: Path, dataset: str, **equal: object) -> pd.DataFrame:
    """The rows of a dataset in which these columns have these values."""
    found = pd.read_parquet(out / dataset)
    for name, value in equal.items():
        found = found[found[name] == value]
    return found
