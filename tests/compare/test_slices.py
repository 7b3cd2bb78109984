"""Slices hold memory down and change nothing: whatever their size, the same rows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import compare, flow
from pipeline.batch import comparing
from pipeline.compare import ranks
from pipeline.compare.slices import pack, prefecture_slices
from pipeline.schema import ARCHIVE_DATASETS
from tests.archives import archive, bytes_of


@given(
    st.lists(st.tuples(st.text("0123456789", min_size=1, max_size=6), st.integers(1, 100)), unique_by=lambda x: x[0]),
    st.integers(1, 200),
)  # fmt: skip
def test_every_key_is_in_one_slice_and_no_slice_is_larger_than_it_must_be(
    counts: list[tuple[str, int]], size: int
) -> None:
    counts.sort()
    made = list(pack(counts, size))
    within = [[n for key, n in counts if s.first <= key <= s.last] for s in made]
    assert sum(map(len, within)) == len(counts)
    assert all(a.last < b.first for a, b in pairwise(made))
    assert all(len(rows) == 1 or sum(rows) <= size for rows in within)


def test_the_datasets_are_the_same_bytes_with_slices_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = archive(tmp_path / "raw")
    flow.run(raw, tmp_path / "large")
    for made in (pack, prefecture_slices):
        monkeypatch.setattr(made, "__defaults__", (1,))
    monkeypatch.setattr(compare, "_PAIRED", 1)
    monkeypatch.setattr(ranks, "_RANKED", 1)
    flow.run(raw, tmp_path / "small")
    assert bytes_of(tmp_path / "small") == bytes_of(tmp_path / "large")


def test_the_rows_are_the_same_in_pieces_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = archive(tmp_path / "raw")
    flow.run(raw, tmp_path / "large")
    monkeypatch.setattr(comparing, "YEARS_VALUES", 1)
    monkeypatch.setattr(comparing.stretches_of, "__defaults__", (3,))
    flow.run(raw, tmp_path / "small")
    assert len(list((tmp_path / "small" / "districts").rglob("*.parquet"))) > 1
    for name in ARCHIVE_DATASETS:
        assert _rows(tmp_path / "small", name) == _rows(tmp_path / "large", name), name


def _rows(out: Path, name: str) -> list[tuple[str, ...]]:
    frame = pd.read_parquet(out / name)
    assert len(frame) or name == "findings"
    return sorted(tuple(map(str, row)) for row in frame[sorted(frame.columns)].itertuples(index=False))
