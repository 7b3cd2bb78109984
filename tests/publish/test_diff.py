"""Two outputs compared: a value is known by its place, so renumbering changes nothing."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline import flow
from pipeline.cli.verbs import app
from pipeline.publish.diff import Difference, Incomparable, diff
from pipeline.rules import DEFAULT_FOLDER, load
from tests.building import docx, p, tbl

REPORT = docx(
    p("2023年松岭县职业教育质量年度报告", style="1")
    + p("第一章 概况", style="1")
    + p("全县共有专任教师318人。校园占地面积为6.5万平方米。")
    + p("表1 办学条件")
    + tbl("""
    指标 | 单位 | 2023年
    图书总量 | 万册 | 12.5
    玻璃温室座数 | 座 | 7
    """)
)
VALUES = "id,doc_id,source,place,expect,decision,indicator_id,value,unit,period,entity,why\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "松岭.docx").write_bytes(REPORT)
    return tmp_path / "raw"


def run(raw: Path, name: str, values: str = "", labels: str = "") -> Path:
    """The output of a run with these corrections."""
    folder = raw.parent / f"rules-{name}"
    shutil.copytree(DEFAULT_FOLDER, folder)
    (folder / "overrides" / "values.csv").write_text(VALUES + values, encoding="utf-8")
    (folder / "overrides" / "labels.csv").write_text("id,label,where,decision,indicator_id,why\n" + labels)
    load.cache_clear()
    flow.run(raw, raw.parent / name, rules_folder=folder)
    load.cache_clear()
    return raw.parent / name


def told(found: Difference) -> list[tuple[str, str, str | None]]:
    """(dataset, change, columns) of each difference."""
    return [(r["dataset"], r["change"], r["columns"]) for r in found.rows.to_pylist()]


def place_of(out: Path, quote: str) -> tuple[str, str]:
    claim = pd.read_parquet(out / "claims").set_index("quote").loc[quote]
    return claim.doc_id, f"b{claim.block_no}:{claim.start}"


def test_two_runs_alike_do_not_differ(raw: Path) -> None:
    old = run(raw, "old")
    found = diff(old, run(raw, "new"))
    assert found.rows.num_rows == 0
    assert found.summary().num_rows == 0
    assert found.same["observations"] == 2
    assert found.same["claims"] == 2


def test_a_changed_value_names_its_columns_and_shows_both_sides(raw: Path) -> None:
    old = run(raw, "old")
    doc, place = place_of(old, "318人")
    new = run(raw, "new", f"v1,{doc},松岭.docx,{place},318,correct,,320,,,,\n")
    found = diff(old, new)
    claim = next(r for r in found.rows.to_pylist() if r["dataset"] == "claims")
    assert claim["columns"] == "value, std_value, rule, confidence"
    assert (claim["source"], claim["place"], claim["rule"]) == ("松岭.docx", place, "override:v1")
    assert "318" in claim["old"]
    assert "320" in claim["new"]
    assert ("facts", "changed") in [(d, c) for d, c, _ in told(found)]


def test_a_value_gone_does_not_make_the_values_after_it_new(raw: Path) -> None:
    old = run(raw, "old")
    doc, place = place_of(old, "318人")
    new = run(raw, "new", f"v1,{doc},松岭.docx,{place},318,ignore,,,,,,\n")
    assert {t for t in told(diff(old, new)) if t[0] == "claims"} == {("claims", "gone", None)}
    assert {t for t in told(diff(new, old)) if t[0] == "claims"} == {("claims", "new", None)}


def test_the_summary_counts_by_indicator_and_rule(raw: Path) -> None:
    old = run(raw, "old")
    new = run(raw, "new", labels="l1,玻璃温室座数,table,map,campus_area,\n")
    [row] = [r for r in diff(old, new).summary().to_pylist() if r["dataset"] == "observations"]
    assert (row["change"], row["indicator"], row["rule"], row["n"]) == (
        "changed",
        "校园占地面积",
        "override:l1",
        1,
    )
    assert row["columns"] == "indicator_id, indicator, rule"
    assert row["example"].startswith("松岭.docx t1r2c2")


def test_a_folder_without_datasets_is_told(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Incomparable, match="holds no datasets"):
        diff(run(raw, "old"), tmp_path / "empty")


def test_the_command_prints_a_summary_and_writes_every_row(raw: Path, tmp_path: Path) -> None:
    old = run(raw, "old")
    new = run(raw, "new", labels="l1,玻璃温室座数,table,map,campus_area,\n")
    for name in ("d.csv", "d.xlsx"):
        done = CliRunner().invoke(app, ["diff", str(old), str(new), "--out-file", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
        assert "observations: 0 new, 0 gone, 1 changed, 1 the same" in done.output
    rows = diff(old, new).rows.to_pylist()
    with (tmp_path / "d.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [r["place"] for r in csv.DictReader(file)] == [r["place"] for r in rows]
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx").worksheets[0]
    assert sheet.max_row == len(rows) + 1
    refused = CliRunner().invoke(app, ["diff", str(old), str(new), "--out-file", str(tmp_path / "d.txt")])
    assert refused.exit_code == 2
