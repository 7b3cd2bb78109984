"""Ten thousand files in one folder, through the whole run: a row each, and nothing to do the second time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline import flow
from tests.archives import report

FILES = 10_000


@pytest.mark.slow
def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    data = report("重庆市荣昌区", 2023)
    for n in range(FILES):  # a zip may be followed by anything: a hundred are read, the rest are refused
        (raw / f"报告{n}.docx").write_bytes(data + b"%d" % n if n % 100 == 0 else b"%d" % n)
    summary = flow.run(raw, out, workers=2)
    assert summary.files == {"ok": 100, "duplicate": 0, "quarantined": 9_900}
    assert sorted(pd.read_parquet(out / "documents").source) == flow.discover(raw)
    assert len(list((out / ".results").glob("*"))) <= 256
