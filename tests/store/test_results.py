"""The rows of a report come back from its result as they were; what was written otherwise is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.rules import load
from pipeline.schema import REPORT_DATASETS
from pipeline.store import Damaged, read_result, write_result
from pipeline.store.results import result_path
from pipeline.store.sealed import write_sealed
from tests.building import docx, p, tbl


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    body = (
        p("宁波市鄞州区职业教育质量年度报告（2024年度）")
        + p("全区中职在校生127人。")
        + tbl("项目 | 2023年 | 2024年\n教师数 | 30 | 31")
    )
    report = extract(docx(body), "鄞州区.docx", load())
    write_result(tmp_path, "ab" * 32, report)
    tables = read_result(tmp_path, "ab" * 32)
    assert list(tables) == list(REPORT_DATASETS)
    assert tables["documents"].column("title").to_pylist() == [report.document.title]
    for name, rows in report.rows.items():
        assert tables[name].num_rows == len(rows)
    assert tables["observations"].column("value").to_pylist() == [30.0, 31.0]
    assert tables["claims"].column("year").to_pylist() == [2024]


@pytest.mark.parametrize("body", [b"", b"NBR", b"\xff\xff\xff\xff as Arrow streams begin"])
def test_what_another_release_has_written_is_made_again(tmp_path: Path, body: bytes) -> None:
    write_sealed(result_path(tmp_path, "cd" * 32), body)
    with pytest.raises(Damaged):
        read_result(tmp_path, "cd" * 32)
