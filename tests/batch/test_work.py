"""One file becomes one result, and leaves the process as it was."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from pipeline.batch import work
from pipeline.extract import ReportRows, extract
from pipeline.rules import Rules
from pipeline.store import StoreError, read_result
from tests.archives import report


@pytest.mark.parametrize("on", [True, False])
def test_nothing_is_collected_while_a_report_is_read_and_all_is_as_before(
    tmp_path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    seen = []

    def watched(data: bytes, source: str, rules: Rules) -> ReportRows:
        seen.append(gc.isenabled())
        return extract(data, source, rules)

    monkeypatch.setattr(work, "extract", watched)
    (gc.enable if on else gc.disable)()
    try:
        document = work.make_result(tmp_path, "ab", report("重庆市荣昌区", 2024), "a.docx", rules)
        assert (seen, gc.isenabled()) == ([False], on)
    finally:
        gc.enable()
    assert read_result(tmp_path, "ab")["documents"].to_pylist()[0]["doc_id"] == document.doc_id


def test_the_collector_is_on_again_where_the_disk_refuses(tmp_path: Path, rules: Rules) -> None:
    (tmp_path / "ab").write_bytes(b"a file where a folder is wanted")
    with pytest.raises(StoreError, match="cannot be written"):
        work.make_result(tmp_path, "ab" * 32, report("重庆市荣昌区", 2024), "a.docx", rules)
    assert gc.isenabled()
