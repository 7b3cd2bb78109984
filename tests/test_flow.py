"""The whole flow on real files: every file is answered for, nothing is lost, the same bytes come out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline import flow
from pipeline.batch import work
from pipeline.cli.verbs import app
from pipeline.schema import DATASETS
from pipeline.store import StoreError, locked
from tests.building import docx, p, tbl, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def report(region: str, year: int) -> bytes:
    cover = p(f"{region}职业教育质量年度报告") + p(f"（{year}年度）") + p(f"{region}教育委员会")
    return docx(
        cover
        + p("一、基本情况", "1")
        + p("各校办学规模总体稳定。")
        + p("表1 学校规模")
        + tbl("学校 | 人数\n甲校 | 12\n乙校 | 30")
    )


FILES: dict[str, bytes] = {
    "2022/荣昌.docx": report("重庆市荣昌区", 2022),
    "2023/荣昌.docx": report("重庆市荣昌区", 2023),
    "2023/荣昌（重复）.docx": report("重庆市荣昌区", 2023),
    "2023/铜梁.docx": report("重庆市铜梁区", 2023),
    "2023/空.docx": b"",
    "2023/加密.docx": OLE + "EncryptedPackage".encode("utf-16-le"),
    "2023/其实是PDF.docx": b"%PDF-1.7",
    "2023/截断.docx": report("重庆市铜梁区", 2023)[:-80],
    "2023/宏.docx": zipped(
        {
            "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
            "word/document.xml": "<a/>",
        }
    ),
}
CODES = {
    "2023/空.docx": "EMPTY_FILE",
    "2023/加密.docx": "ENCRYPTED",
    "2023/其实是PDF.docx": "NOT_DOCX",
    "2023/截断.docx": "TRUNCATED",
    "2023/宏.docx": "MACRO_ENABLED",
    "2023/荣昌（重复）.docx": "DUPLICATE",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "README.md").write_text("不是报告")
    (folder / "~$荣昌.docx").write_bytes(b"owner file")
    return folder


def bytes_of(out: Path) -> dict[str, str]:
    """A hash of every file of the datasets."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for dataset in DATASETS
        for path in sorted((out / dataset).rglob("*.parquet"))
    }


def test_every_file_has_one_row_with_status_code_and_remedy(raw: Path, tmp_path: Path) -> None:
    flow.run(raw, tmp_path / "out")
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("source")
    assert sorted(documents.index) == sorted(FILES)
    for source, row in documents.iterrows():
        code = CODES.get(str(source))
        assert row.status == ("ok" if code is None else "duplicate" if code == "DUPLICATE" else "quarantined")
        if code:
            assert row.error.startswith(f"{code}: ")
            assert ";" in row.error  # the remedy


def test_the_summary_counts_files_and_rows(raw: Path, tmp_path: Path) -> None:
    summary = flow.run(raw, tmp_path / "out")
    assert summary.files == {"ok": 3, "duplicate": 1, "quarantined": 5}
    assert summary.rows["tables"] == 3
    assert len(summary.quarantined) == 5


def test_datasets_are_read_back_with_the_year_from_the_folder(raw: Path, tmp_path: Path) -> None:
    flow.run(raw, tmp_path / "out")
    cells = pd.read_parquet(tmp_path / "out" / "cells")
    assert sorted(cells.report_year.astype(int).unique()) == [2022, 2023]
    assert set(cells.text) == {"学校", "人数", "甲校", "12", "乙校", "30"}


def test_columns_carry_descriptions_and_files_the_versions(raw: Path, tmp_path: Path) -> None:
    flow.run(raw, tmp_path / "out")
    for name, dataset in DATASETS.items():
        for path in (tmp_path / "out" / name).rglob("*.parquet"):
            schema = pq.read_schema(path)
            assert {b"rules_version", b"program_version"} <= set(schema.metadata)
            assert [f.name for f in schema] == [
                c.name for c in dataset.columns if not (dataset.partitioned and c.name == "report_year")
            ]
            assert all(b"description" in f.metadata for f in schema)


def test_the_same_bytes_come_out_of_one_and_of_two_workers(raw: Path, tmp_path: Path) -> None:
    flow.run(raw, tmp_path / "one", workers=1)
    flow.run(raw, tmp_path / "two", workers=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_a_second_run_works_on_nothing_and_changes_nothing(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    before = bytes_of(out)
    again = flow.run(raw, out)
    assert again.unchanged
    assert not any(d.fresh for d in again.done)
    assert bytes_of(out) == before


def test_a_changed_file_is_read_again_and_a_removed_one_is_gone(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    flow.run(raw, out)
    (raw / "2023/铜梁.docx").write_bytes(report("重庆市璧山区", 2023))
    (raw / "2022/荣昌.docx").unlink()
    again = flow.run(raw, out)
    assert [d.source for d in again.done if d.fresh] == ["2023/铜梁.docx"]
    documents = pd.read_parquet(out / "documents")
    assert "2022/荣昌.docx" not in set(documents.source)
    assert "璧山区" in set(documents.district)
    assert set(pd.read_parquet(out / "blocks").report_year.astype(int)) == {2023}


def test_years_keep_only_reports_for_them(raw: Path, tmp_path: Path) -> None:
    summary = flow.run(raw, tmp_path / "out", years=(2022, 2022))
    assert summary.files["ok"] == 1
    assert summary.left_out == len(FILES) - 1


def test_a_file_that_cannot_be_opened_is_a_row(raw: Path, tmp_path: Path) -> None:
    (raw / "2023/指向无处.docx").symlink_to(raw / "nowhere")
    (raw / "2023/环.docx").symlink_to(raw / "2023/环.docx")
    flow.run(raw, tmp_path / "out")
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("source")
    assert len(documents) == len(FILES) + 2
    for name in ("指向无处", "环"):
        assert documents.loc[f"2023/{name}.docx"].error.startswith("UNREADABLE")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_row(raw: Path, tmp_path: Path) -> None:
    (raw / "2023/铜梁.docx").chmod(0)
    flow.run(raw, tmp_path / "out")
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("source")
    assert documents.loc["2023/铜梁.docx"].error.startswith("UNREADABLE")


def test_a_fault_of_the_program_costs_one_file(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable = work.extract

    def faulty(data: bytes, source: str, rules: object) -> object:
        if "铜梁" in source:
            raise ZeroDivisionError("half a row")
        return real(data, source, rules)

    monkeypatch.setattr(work, "extract", faulty)
    summary = flow.run(raw, tmp_path / "out")
    assert (summary.quarantined[-1][0], summary.files["ok"]) == ("2023/铜梁.docx", 2)
    assert "ZeroDivisionError: half a row" in summary.quarantined[-1][1]


def test_a_file_name_that_is_not_utf8_is_a_row(raw: Path, tmp_path: Path) -> None:
    os.rename(raw / "2023/铜梁.docx", os.path.join(os.fsencode(raw), "甲校.docx".encode("gbk")))  # noqa: PTH104, PTH118
    flow.run(raw, tmp_path / "out", workers=2)
    documents = pd.read_parquet(tmp_path / "out" / "documents").set_index("source")
    assert len(documents) == len(FILES)
    assert documents.loc[r"\xbc\xd7У.docx"].status == "ok"


def test_two_runs_at_once_the_second_says_who_holds_the_folder(raw: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "out"), pytest.raises(StoreError, match=f"process {os.getpid()}"):
        flow.run(raw, tmp_path / "out")


def test_an_empty_folder_gives_empty_datasets(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    flow.run(tmp_path / "raw", tmp_path / "out")
    for name, dataset in DATASETS.items():
        empty = pd.read_parquet(tmp_path / "out" / name)
        assert (len(empty), set(empty.columns)) == (0, {c.name for c in dataset.columns})


def test_a_report_without_a_year_lies_in_the_folder_of_year_0_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "报告.docx").write_bytes(docx(p("某校材料") + p("正文没有年份。")))
    (tmp_path / "raw" / "荣昌.docx").write_bytes(report("重庆市荣昌区", 2023))
    flow.run(tmp_path / "raw", tmp_path / "out")
    assert set(pd.read_parquet(tmp_path / "out" / "blocks").report_year.astype(int)) == {0, 2023}
    assert pd.read_parquet(tmp_path / "out" / "documents").report_year.isna().sum() == 1


def test_the_command_says_what_it_did_and_where_the_datasets_are(raw: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(raw), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert "3 ok, 1 duplicate, 5 quarantined" in result.output
    assert str(tmp_path / "out") in result.output.replace("\n", "")
    assert "ENCRYPTED" in result.output


def test_the_command_refuses_years_that_are_none(raw: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(raw), "--out", str(tmp_path / "out"), "--years", "去年"])
    assert result.exit_code == 2


def test_score_says_when_there_is_nothing_to_score(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["score", "--reports", str(tmp_path / "none"), "--gold", str(tmp_path / "gold")]
    )
    assert (result.exit_code, "nothing to score" in result.output) == (0, True)
