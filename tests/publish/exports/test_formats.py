"""Each export is opened again by a library of its format, and its values are those of the Parquet."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from typer.testing import CliRunner

from pipeline.cli.verbs import app
from pipeline.compare.archive import archive
from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports import Format, Selection, Shape, export
from pipeline.publish.exports import workbook as workbook_of
from pipeline.publish.exports.delimited import write_csv
from pipeline.publish.exports.select import Exported, of_table, tidy, wide
from pipeline.publish.exports.statistics import write_dta, write_sav
from pipeline.publish.exports.variables import TIDY, Variable
from pipeline.publish.exports.workbook import headers, write_xlsx
from pipeline.rules import Rules
from pipeline.schema.chinese import codes_of

SELECTION = Selection(region="宁波市")
SHAPES: tuple[Shape, ...] = ("tidy", "wide")
ABOUT = {"title": "试"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def chosen(out: Path, rules: Rules, shape: Shape) -> Exported:
    with archive(out, rules) as connection:
        exported = {"tidy": tidy, "wide": wide}[shape](connection, SELECTION, rules)
        assert exported.rows == exported.table.num_rows
        return exported


def written(out: Path, rules: Rules, folder: Path, form: Format, shape: Shape = "tidy") -> Path:
    return export(out, folder / f"x.{form}", form, shape, SELECTION, rules).path


def same(a: Any, b: Any) -> bool:
    """Equal, where a null is None, an empty text or not a number."""
    empty = [x is None or x == "" or (isinstance(x, float) and math.isnan(x)) for x in (a, b)]
    return all(empty) or a == b


def assert_same(read: list[list[Any]], exported: Exported) -> None:
    wanted = [list(r.values()) for r in exported.table.to_pylist()]
    assert len(read) == len(wanted) > 20
    for mine, theirs in zip(wanted, read, strict=True):
        assert len(mine) == len(theirs)
        assert all(map(same, mine, theirs)), (mine, theirs)


@pytest.mark.parametrize("shape", SHAPES)
def test_parquet(out: Path, rules: Rules, folder: Path, shape: Shape) -> None:
    exported = chosen(out, rules, shape)
    path = written(out, rules, folder, "parquet", shape)
    table = pq.read_table(path)
    assert table.equals(exported.table)
    assert table.schema.field("region_code").metadata[b"label"].decode() == "行政区划代码"
    assert table.schema.metadata["地区".encode()].decode() == "宁波市"
    assert len(pd.read_parquet(path)) == table.num_rows


@pytest.mark.parametrize("shape", SHAPES)
def test_csv(out: Path, rules: Rules, folder: Path, shape: Shape) -> None:
    exported = chosen(out, rules, shape)
    path = written(out, rules, folder, "csv", shape)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        names, *rows = list(csv.reader(file))
    assert names == exported.table.column_names
    kinds = [v.kind for v in exported.variables]
    read = [[_typed(x, k) for x, k in zip(row, kinds, strict=True)] for row in rows]
    assert_same(read, exported)


def _typed(text: str, kind: str) -> Any:
    return text if kind in ("text", "code") or text == "" else float(text)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("form", "reader"), [("dta", pyreadstat.read_dta), ("sav", pyreadstat.read_sav)])
def test_stata_and_spss(
    out: Path, rules: Rules, folder: Path, form: Format, reader: Any, shape: Shape
) -> None:
    exported = chosen(out, rules, shape)
    frame, meta = reader(written(out, rules, folder, form, shape))
    coded = {v.name: dict(enumerate(v.codes, start=1)) for v in exported.variables if v.kind == "code"}
    for name, codes in coded.items():
        frame[name] = frame[name].map(codes)
        assert meta.variable_value_labels[name] == {n: codes_of(name)[c] for n, c in codes.items()}
    assert_same(frame.values.tolist(), exported)
    assert meta.column_names == [v.name for v in exported.variables]
    assert meta.column_names_to_labels["region_code"] == "行政区划代码"
    size = {"dta": (80, len), "sav": (256, lambda label: len(label.encode()))}[form]
    assert all(size[1](label) <= size[0] for label in meta.column_labels)
    for v in exported.variables:
        assert meta.column_names_to_labels[v.name].startswith(v.label[:30])


def test_stata_files_open_in_pandas_too(out: Path, rules: Rules, folder: Path) -> None:
    frame = pd.read_stata(written(out, rules, folder, "dta"))
    assert frame.level.iloc[0] in codes_of("level").values()
    assert frame.value.tolist() == chosen(out, rules, "tidy").table["value"].to_pylist()


@pytest.mark.parametrize("shape", SHAPES)
def test_xlsx(out: Path, rules: Rules, folder: Path, shape: Shape) -> None:
    exported = chosen(out, rules, shape)
    book = openpyxl.load_workbook(written(out, rules, folder, "xlsx", shape))
    assert book.sheetnames == ["数据", "变量说明", "说明"]
    sheet = book["数据"]
    heads, *rows = [list(r) for r in sheet.iter_rows(values_only=True)]
    assert heads == headers(exported.variables)
    names = {v.name: {n: c for c, n in v.codes.items()} for v in exported.variables}
    read = [
        [
            names[v.name].get(x, x) if x is not None else x
            for v, x in zip(exported.variables, row, strict=True)
        ]
        for row in rows
    ]
    assert_same(read, exported)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert {c.number_format for c in sheet[2] if isinstance(c.value, int | float)} <= {
        "0",
        "#,##0",
        "0.000",
        "#,##0.0#####",
    }


def test_the_codebook_sheet_explains_every_variable(out: Path, rules: Rules, folder: Path) -> None:
    exported = chosen(out, rules, "wide")
    book = openpyxl.load_workbook(written(out, rules, folder, "xlsx", "wide"))
    rows = list(book["变量说明"].iter_rows(min_row=2, values_only=True))
    assert [r[1] for r in rows] == [v.name for v in exported.variables]
    students = next(r for r in rows if r[2] == "fulltime_students")
    assert students[3] == "人"
    assert students[4] > 0
    assert any("宁波市" in r for r in book["说明"].iter_rows(values_only=True))


def test_duckdb(out: Path, rules: Rules, folder: Path) -> None:
    path = written(out, rules, folder, "duckdb")
    facts = pd.read_parquet(out / "facts")
    facts = facts[facts.city == "宁波市"]
    with duckdb.connect(str(path), read_only=True) as db:
        frame = db.sql("SELECT fact_id, value FROM facts").df()
        assert dict(zip(frame.fact_id, frame.value, strict=True)) == dict(
            zip(facts.fact_id, facts.value, strict=True)
        )
        assert db.sql("SELECT count(*) FROM preferred").fetchall() == [(int(facts.is_preferred.sum()),)]
        assert db.sql(
            "SELECT count(*) FROM sources WHERE source_place IS NULL OR print IS NULL"
        ).fetchall() == [(0,)]
        assert db.sql("SELECT count(*) FROM totals WHERE cardinality(dims) > 0").fetchall() == [(0,)]
        said = db.sql(
            "SELECT comment FROM duckdb_columns() WHERE table_name='facts' AND column_name='value'"
        ).fetchall()
        assert said == [("标准单位的数值",)]
        assert db.sql("SELECT count(*) FROM indicators").fetchall() == [(len(rules.codebook.indicators),)]
        assert ("地区", "宁波市") in db.sql("SELECT * FROM about").fetchall()
        for name in ("yoy", "districts"):
            ids = set(db.sql(f"SELECT fact_id FROM {name}").df().fact_id)
            assert ids == set(pd.read_parquet(out / name).fact_id) & set(facts.fact_id)
            assert ids


def hostile(texts: list[str]) -> Exported:
    """Two columns, the first with these texts."""
    variables = (Variable("entity", "主体", "text", "entity"), Variable("value", "数值", "number", "value"))
    table = pa.table({"entity": texts, "value": [float(i) for i in range(len(texts))]})
    return of_table(table, variables)


HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1",
    "-2",
    "@A1",
    "\t=1",
    "http://例.中国",
    "12",
    "\x01控制符",
    "平常",
    'a"b,c\nd',
]


def test_no_text_becomes_a_formula_a_link_or_a_number_in_excel(folder: Path) -> None:
    write_xlsx(hostile(HOSTILE), folder / "x.xlsx", ABOUT)
    sheet = openpyxl.load_workbook(folder / "x.xlsx")["数据"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {c.data_type for c in cells} == {"s"}
    assert all(c.hyperlink is None for c in cells)
    assert [c.value.replace("_x0001_", "\x01") for c in cells] == HOSTILE


def test_no_text_opens_as_a_formula_from_csv(folder: Path) -> None:
    write_csv(hostile(HOSTILE), folder / "x.csv", ABOUT)
    with (folder / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [row[0] for row in list(csv.reader(file))[1:]]
    assert [t.removeprefix("'") for t in texts] == HOSTILE
    assert not [t for t in texts if t[0] in "=+-@\t\r"]
    assert texts[-2:] == HOSTILE[-2:]


def test_texts_longer_than_a_format_holds_are_cut_and_counted(folder: Path) -> None:
    long = hostile(["长" * 40_000, "短"])
    assert "1 处文本超过 Excel" in write_xlsx(long, folder / "x.xlsx", ABOUT)[0]
    cell = openpyxl.load_workbook(folder / "x.xlsx")["数据"]["A2"].value
    assert (len(cell), cell[-1]) == (32_767, "…")
    assert "1 处文本超过 SPSS" in write_sav(long, folder / "x.sav", ABOUT)[0]
    text = pyreadstat.read_sav(folder / "x.sav")[0].entity[0]
    assert len(text.encode()) <= 32_767
    assert text.endswith("…")
    assert write_dta(long, folder / "x.dta", ABOUT) == []
    assert pyreadstat.read_dta(folder / "x.dta")[0].entity[0] == "长" * 40_000


def test_a_code_without_a_chinese_name_keeps_its_own(folder: Path) -> None:
    scope = next(v for v in TIDY if v.name == "scope")
    table = pa.table({"scope": ["school", "union", None]})
    write_sav(of_table(table, (scope,)), folder / "x.sav", ABOUT)
    frame, meta = pyreadstat.read_sav(folder / "x.sav", apply_value_formats=True)
    assert frame.scope.tolist()[:2] == ["学校", "union"]
    assert len(meta.variable_value_labels["scope"]) == len(codes_of("scope")) + 1


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_of, "ROWS", 5)
    with pytest.raises(Unanswerable, match="--region, --years or --indicators"):
        write_xlsx(hostile(["a"] * 5), folder / "x.xlsx", ABOUT)
    write_xlsx(hostile(["a"] * 4), folder / "x.xlsx", ABOUT)


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_the_same_data_give_the_same_bytes(out: Path, rules: Rules, folder: Path, form: Format) -> None:
    first = written(out, rules, folder / "a", form).read_bytes()
    assert written(out, rules, folder / "b", form).read_bytes() == first


def test_the_command_writes_the_file_and_says_what_it_left_out(out: Path, folder: Path) -> None:
    command = ["export", "--out", str(out), "--format", "csv", "--shape", "wide", "--region", "郫都区"]
    done = CliRunner().invoke(app, [*command, "--out-file", str(folder / "x.csv")])
    assert done.exit_code == 0, done.output
    assert "宽表只含数值和占比" in done.output
    assert list(folder.iterdir()) == [folder / "x.csv"]
    refused = CliRunner().invoke(app, [*command[:-1], "无名区", "--out-file", str(folder / "y.csv")])
    assert refused.exit_code == 2
    assert "no facts for 无名区" in refused.output
    assert list(folder.iterdir()) == [folder / "x.csv"]


def test_an_empty_folder_says_what_to_do(rules: Rules, folder: Path) -> None:
    with pytest.raises(Unanswerable, match="run `nianbao run` first"):
        export(folder, folder / "x.csv", "csv", "tidy", Selection(), rules)
