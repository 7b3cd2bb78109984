"""20 000 damaged and absurd documents through the whole batch, within NIANBAO_FUZZ_SECONDS (600).

NIANBAO_FUZZ_SEED chooses others: the first document of a run is that of the seed.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.fuzzing import run_over

INPUTS, AT_ONCE = 20_000, 1_000


@pytest.mark.slow
def test_many_damaged_documents_end_in_a_row_each(tmp_path: Path) -> None:
    first = int(os.environ.get("NIANBAO_FUZZ_SEED", "1000"))
    until = time.monotonic() + float(os.environ.get("NIANBAO_FUZZ_SECONDS", "600"))
    wrong: list[str] = []
    tried = 0
    while tried < INPUTS and (time.monotonic() < until or not tried):
        seeds = range(first + tried, first + tried + AT_ONCE)
        wrong += run_over(seeds, tmp_path / str(tried))
        shutil.rmtree(tmp_path / str(tried))
        tried += AT_ONCE
    print(f"{tried} documents tried")
    assert wrong == []
