"""A gold folder → the tables and cells of its true grids, and the figures of its scorer for observations."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema.rows import Cell, Observation, Table
from pipeline.tables import TableRows, observe

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FIELDS = ("value", "unit", "period", "dims", "indicator", "all")


@cache
def scorer(shared: Path = SHARED) -> ModuleType:
    """The scorer that ships with the gold."""
    spec = importlib.util.spec_from_file_location("gold_score", shared / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reports(shared: Path = SHARED) -> list[Path]:
    """The gold folders that hold grids and observations."""
    found = sorted(p.parent for p in (shared / "gold").glob("*/observations.csv"))
    return [p for p in found if (p / "grids.json").exists()]


def context_of(folder: Path) -> Context:
    """The identity of a gold report, as far as values depend on it: the year in its folder's name or its periods."""
    periods = [r["period"] for r in gold_rows(folder) if r["period"]]
    years = [int(re.split(r"/|\.\.", p)[-1][:4]) for p in periods]
    year = max(years, key=years.count) if years else None
    named = re.search(r"(?:19|20)\d\d", folder.name)
    return Context(report_year=int(named[0]) if named else year)


def gold_rows(folder: Path) -> list[dict[str, str]]:
    """The rows of observations.csv."""
    with (folder / "observations.csv").open(encoding="utf-8") as f:
        return list(csv.DictReader(f))


def grids(folder: Path) -> tuple[list[Table], list[Cell]]:
    """The true grids of a gold report as rows."""
    tables, cells = [], []
    for i, t in enumerate(json.loads((folder / "grids.json").read_text(encoding="utf-8"))):
        number = re.match(r"附?表\s*\d+", t["caption"] or "")
        where = (t["table_no"], 2 * i, t["n_rows"], t["n_cols"], t["caption"], number and number[0])
        tables.append(Table(*where, section=t["section"], annex=t["annex"]))
        cells += [
            Cell(t["table_no"], c["row"], c["col"], c["rowspan"], c["colspan"], c["text"]) for c in t["cells"]
        ]
    return tables, cells


def read(folder: Path, rules: Rules, only: int | None = None) -> TableRows:
    """The rows that the tables stage gives for a gold report, or for one of its tables."""
    tables, cells = grids(folder)
    if only is not None:
        tables = [t for t in tables if t.table_no == only]
    return observe(tables, cells, context_of(folder), rules)


def score(
    observations: Iterable[Observation], gold: list[dict[str, str]], misses: list[str] | None = None
) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and n by field, from the scorer of the gold."""
    frame = pd.DataFrame([{k: getattr(o, k) for k in o.__slots__} for o in observations])
    result: dict[str, Any] = scorer().score_observations(frame, gold, misses if misses is not None else [])
    return {k: v for k, v in result.items() if isinstance(v, dict)}
