"""Some hundred damaged and absurd documents through the whole batch; tests/slow/test_fuzz.py tries more."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.fuzzing import mutated, run_over


def test_damaged_documents_end_in_a_row_each(tmp_path: Path) -> None:
    assert run_over(range(300), tmp_path) == []
    rows = pd.read_parquet(tmp_path / "out/documents")
    assert set(rows.status) >= {"ok", "quarantined"}  # the seeds make both
    codes = {error.split(":")[0] for error in rows[rows.status == "quarantined"].error}
    assert codes >= {"TRUNCATED", "BAD_XML", "NOT_DOCX"}


def test_a_seed_gives_the_same_document() -> None:
    assert [mutated(n) for n in range(20)] == [mutated(n) for n in range(20)]
