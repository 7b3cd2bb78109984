"""A piece that needs more memory than its share is made again with more; any other fault stays one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline import flow
from pipeline.compare import SHARES, with_room
from tests.archives import archive, bytes_of


def sorted_within(memory: str) -> int:
    """Needs some 60 MB that cannot be spilled."""
    with duckdb.connect(config={"memory_limit": memory, "threads": 1, "temp_directory": ""}) as connection:
        text = "repeat('x', 100) || range"
        return len(
            connection.sql(f"SELECT {text} AS t FROM range(500000) ORDER BY t LIMIT 400000").fetchall()
        )


def test_what_runs_out_of_memory_is_made_again_with_more() -> None:
    with pytest.raises(duckdb.OutOfMemoryException):
        sorted_within("20MB")
    assert with_room(sorted_within, "20MB") == 400_000


def test_another_fault_is_not_tried_again() -> None:
    tried = []

    def refuse(memory: str) -> None:
        tried.append(memory)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        with_room(refuse, "20MB")
    assert tried == ["20MB"]


def test_the_datasets_are_the_same_bytes_with_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = archive(tmp_path / "raw")
    flow.run(raw, tmp_path / "usual")
    for kind in SHARES:
        monkeypatch.setitem(SHARES, kind, "1MB")
    flow.run(raw, tmp_path / "short")
    assert bytes_of(tmp_path / "short") == bytes_of(tmp_path / "usual")
