"""A folder of datasets → data frames and queries, for people who work in Python.

import pipeline

with pipeline.open("output") as archive:
    archive.facts                                   # pandas
    archive.sql("SELECT * FROM yoy WHERE restated").df()
    archive.compare("双师型教师占比", years=(2022, 2024), region="重庆市").frame
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import duckdb

from pipeline.compare.archive import archive
from pipeline.compare.asked import Unanswerable
from pipeline.compare.panel import By, Panel, Question, panel
from pipeline.rules import DEFAULT_FOLDER, load
from pipeline.schema import DATASETS
from pipeline.store import StoreError

if TYPE_CHECKING:
    import pandas as pd


class Archive:
    """The datasets of one output folder, as they stood when it was opened; close it, or use `with`."""

    def __init__(self, folder: Path, rules_folder: Path) -> None:
        self.folder = folder
        self.rules = load(rules_folder)
        self._opened = ExitStack()
        self.connection = self._opened.enter_context(archive(folder, self.rules))

    @property
    def facts(self) -> pd.DataFrame:
        """Every normalized value; `is_preferred` marks the one to use."""
        return self.frame("facts")

    @property
    def yoy(self) -> pd.DataFrame:
        """Changes between consecutive years."""
        return self.frame("yoy")

    @property
    def districts(self) -> pd.DataFrame:
        """Values among their like: rank, median, percentile."""
        return self.frame("districts")

    @property
    def findings(self) -> pd.DataFrame:
        """Contradictions inside and between reports."""
        return self.frame("findings")

    def frame(self, dataset: str) -> pd.DataFrame:
        """A whole dataset as pandas; LookupError where none has the name. For a part, use `sql`."""
        if dataset not in DATASETS:
            raise LookupError(f"no dataset is called {dataset}; there are {', '.join(DATASETS)}")
        columns = ", ".join(DATASETS[dataset].schema().names)
        found: pd.DataFrame = self.connection.sql(f"SELECT {columns} FROM {dataset}").df()
        return found

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """A query over the datasets by name (DuckDB); `.df()` gives pandas, `.arrow()` Arrow."""
        return self.connection.sql(query)

    def compare(
        self,
        indicator: str,
        *,
        years: tuple[int, int] | None = None,
        region: str = "",
        by: By = "district",
        of: str = "",
    ) -> Panel:
        """An indicator over years and places, as `make compare` shows it; Unanswerable if none."""
        return panel(self.connection, Question(indicator, years, region, by, of), self.rules)

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    def __enter__(self) -> Archive:
        """The archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()


def open(folder: Path | str = "output", *, rules: Path = DEFAULT_FOLDER) -> Archive:  # noqa: A001
    """Open the datasets that a run wrote to `folder`. StoreError where there are none."""
    path = Path(folder)
    if not (path / "facts").is_dir():
        raise StoreError(f"{path} holds no datasets; run `make run` or `nianbao run` first")
    return Archive(path, rules)


__all__ = ["Archive", "Panel", "Unanswerable", "open"]
