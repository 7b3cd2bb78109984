"""What is worked on again: only what has changed, and whatever cannot be known not to have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.plan import batches, plan
from pipeline.rules import Rules
from pipeline.rules.batch import BatchLimits
from pipeline.store import Done, result_name, result_path
from pipeline.store.places import Entry

SECOND = 1_000_000_000
ENTRY = Entry("甲.docx", 10, "10:5", 100 * SECOND)
LIMITS = BatchLimits(seconds=1, memory_bytes=1 << 30, batch_reports=50, batch_bytes=1000)


@pytest.fixture
def known(tmp_path: Path, rules: Rules) -> Done:
    name = result_name("ab" * 32, "甲.docx", rules)
    path = result_path(tmp_path, name)
    path.parent.mkdir()
    path.write_bytes(b"")
    return Done(
        "甲.docx", name, "ok", None, True, "ab" * 32, 10, 2023, None, 0.1, "10:5", 100 * SECOND, 200 * SECOND
    )


def state(entry: Entry, known: Done | None, results: Path, rules: Rules) -> str:
    return plan([entry], {known.source: known} if known else {}, results, rules)[0].state


def test_states(tmp_path: Path, rules: Rules, known: Done) -> None:
    other_rules = replace(rules, extraction_version="0")
    assert state(ENTRY, known, tmp_path, rules) == "fresh"
    assert state(ENTRY, None, tmp_path, rules) == "new"
    assert state(replace(ENTRY, stamp="10:6"), known, tmp_path, rules) == "changed"
    assert state(ENTRY, known, tmp_path, other_rules) == "stale"
    assert state(ENTRY, known, tmp_path, replace(rules, version="0")) == "fresh"
    assert state(ENTRY, known, tmp_path / "elsewhere", rules) == "stale"


def test_a_file_written_when_it_was_read_or_by_a_clock_that_was_ahead_is_hashed_again(
    tmp_path: Path, rules: Rules, known: Done
) -> None:
    for read_ns in (100 * SECOND, 101 * SECOND, 50 * SECOND):
        assert state(ENTRY, replace(known, read_ns=read_ns), tmp_path, rules) == "unsettled"


def test_what_has_no_stamp_is_read_every_time(tmp_path: Path, rules: Rules, known: Done) -> None:
    assert state(replace(ENTRY, stamp=""), replace(known, stamp=""), tmp_path, rules) == "unsettled"


@given(st.lists(st.integers(0, 2000), max_size=300), st.integers(1, 4))
def test_batches_hold_every_file_once_and_keep_to_the_limits(sizes: list[int], slots: int) -> None:
    entries = [Entry(str(n), size) for n, size in enumerate(sizes)]
    found = list(batches(entries, slots, LIMITS))
    assert [e for b in found for e in b] == entries
    assert all(len(b) <= 50 for b in found)
    assert all(len(b) == 1 or sum(e.size for e in b) <= 1000 for b in found)
