"""Unknown labels add up over reports and parts, however often they are added up on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.unmapped import counted
from pipeline.schema import DATASETS
from pipeline.store import unmapped
from pipeline.store.unmapped import UnmappedCounts, read_unmapped, unmapped_path, write_unmapped

REPORTS = st.lists(st.lists(st.sampled_from(("社团数", "食堂面积", "校车")), max_size=6), max_size=8)


def of_report(labels: Sequence[str], number: int = 0) -> pa.Table:
    rows = counted("table", [(label, f"{label} > {number}") for label in labels])
    return pa.Table.from_pylist(list(map(asdict, rows)), schema=DATASETS["unmapped"].schema())


def added(tables: Sequence[pa.Table]) -> pa.Table:
    counts = UnmappedCounts()
    for table in tables:
        counts.add(table)
    return counts.rows()


def test_counts_and_reports_add_up_and_the_first_example_stays() -> None:
    got = added(
        [of_report(["食堂面积", "食堂面积", "社团数"], 1), of_report(["社团数"] * 4 + ["食堂面积"], 2)]
    )
    assert got.select(["label", "count", "reports", "example"]).to_pylist() == [
        {"label": "食堂面积", "count": 3, "reports": 2, "example": "食堂面积 > 1"},
        {"label": "社团数", "count": 5, "reports": 2, "example": "社团数 > 1"},
    ]


@given(REPORTS, st.integers(1, 5))
def test_what_waits_and_what_was_added_before_change_nothing(reports: list[list[str]], waiting: int) -> None:
    tables = [of_report(labels, number) for number, labels in enumerate(reports)]
    whole = added(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unmapped, "_WAITING", waiting)
        assert added(tables) == whole
    assert added([added(tables[:3]), added(tables[3:])]) == whole
    assert sum(whole.column("count").to_pylist()) == sum(map(len, reports))


def test_a_part_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / unmapped_path("2023-51")
    rows = of_report(["社团数", "校车"])
    write_unmapped(path, rows)
    assert read_unmapped(path) == rows
