"""A panel → table, files and charts, each opened again by the library of its format."""

from __future__ import annotations

import csv
import struct
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from pipeline.cli.verbs import app
from pipeline.compare.panel import Panel, Question, panel
from pipeline.publish import comparison
from pipeline.publish.comparison import wide, write
from pipeline.publish.comparison.chart import BARS, LINES, chart
from pipeline.rules import DEFAULT_FOLDER, Rules

FONTS = Path(comparison.__file__).parent / "fonts"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def dual(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Panel:
    """Shares of four districts over four years."""
    return panel(connection, Question("双师型教师占比"), rules)


def made(places: int, years: range, **other: Any) -> Panel:
    row = dict.fromkeys(("note", "prev_value", "change", "change_pct", "change_note", "rank", "percentile"))
    rows = [
        row | {"name": f"第{n}区", "education": None, "year": y, "value": float(10 * n + y % 10), "n": places,
               "median": 1.0, "distance": 0.0, "comparable": n != 1, "series_id": "s", "indicator": "毕业生人数",
               "change_comparable": None, "restated": None, "indicator_id": "g", "unit": "人"} | other
        for n in range(places) for y in years
    ]  # fmt: skip
    return Panel("毕业生人数", "人", "none", "区县", pa.Table.from_pylist(rows), (), ())


def test_the_table_has_a_place_a_row_and_a_year_a_column(dual: Panel) -> None:
    table = wide(dual)
    assert table.heads == (
        "区县", "教育层次", "2021", "2022", "2023", "2024", "比2023年（百分点）", "位次", "与中位数之差"
    )  # fmt: skip
    first = dual.rows.to_pylist()
    value = {(r["name"], r["year"]): r["value"] for r in first}
    for row in table.rows:
        assert row[2:6] == [value.get((row[0], y)) for y in (2021, 2022, 2023, 2024)]
    assert [n for n in table.notes if n[0] == "*"] == []


def test_what_cannot_be_compared_bears_a_mark_that_is_explained() -> None:
    table = wide(made(2, range(2023, 2025), note="是约数或界限，不参加排名"))
    assert table.marks == [["", ""], ["*", "*"]]
    assert table.notes == ("* 是约数或界限，不参加排名",)


def test_a_change_between_unlike_values_is_not_printed() -> None:
    found = wide(
        made(
            1, range(2023, 2025), change=5.0, change_pct=2.0, change_comparable=False, change_note="口径不同"
        )
    )
    [row] = found.rows
    assert row[found.heads.index("比2023年")] is None
    assert "* 比上年：口径不同" in found.notes


def test_files_say_what_the_panel_says(dual: Panel, tmp_path: Path) -> None:
    rows = dual.rows.to_pylist()
    paths = {p.suffix: p for p in write(dual, tmp_path / "deep" / "双师.型")}
    with paths[".csv"].open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert [(r["name"], int(r["year"]), float(r["value"])) for r in read] == [
        (r["name"], r["year"], r["value"]) for r in rows
    ]
    book = openpyxl.load_workbook(paths[".xlsx"])
    front = list(book["对照"].iter_rows(values_only=True))
    assert front[1][:1] == ("江夏区",)
    assert [c.value for c in book["明细"]["F"]][1:] == [r["value"] for r in rows]
    assert paths[".png"].read_bytes().startswith(PNG)
    drawn = paths[".svg"].read_text(encoding="utf-8")
    assert "教师比例" in drawn
    assert "江夏区" in drawn


def test_files_are_the_same_bytes_again(dual: Panel, tmp_path: Path) -> None:
    once, again = (write(dual, tmp_path / name / "x") for name in ("a", "b"))
    assert [p.read_bytes() for p in once] == [p.read_bytes() for p in again]


@pytest.mark.parametrize(
    ("places", "years", "kinds"),
    [
        (4, range(2022, 2025), ["line", "bar"]),
        (4, range(2024, 2025), ["bar"]),
        (1, range(2022, 2025), ["line"]),
        (1, range(2024, 2025), ["bar"]),
        (LINES + 5, range(2023, 2025), ["line", "bar"]),
        (BARS + 5, range(2024, 2025), ["bar"]),
    ],
)
def test_the_chart_fits_the_number_of_places_and_years(places: int, years: range, kinds: list[str]) -> None:
    spec = chart(made(places, years)).to_dict()
    assert [p["layer"][0]["mark"]["type"] for p in spec["hconcat"]] == kinds
    binned = places > BARS
    assert ("bin" in spec["hconcat"][-1]["layer"][0]["encoding"].get("x", {})) is binned


def test_places_that_are_not_ranked_are_grey_and_said_to_be() -> None:
    spec = chart(made(3, range(2024, 2025))).to_dict()
    bars = spec["hconcat"][0]["layer"][0]
    assert bars["encoding"]["color"]["legend"] is not None


def characters(font: bytes) -> set[int]:
    """The code points of a font's cmap of format 4 (OpenType, cmap: two bytes a number, arrays of segments)."""
    tables = {
        font[n : n + 4]: struct.unpack_from(">II", font, n + 8) for n in range(12, 12 + 16 * font[5], 16)
    }
    start = tables[b"cmap"][0]
    count = struct.unpack_from(">H", font, start + 2)[0]
    offsets = [struct.unpack_from(">I", font, start + 4 + 8 * n + 4)[0] for n in range(count)]
    at = next(start + o for o in offsets if struct.unpack_from(">H", font, start + o)[0] == 4)
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    last = struct.unpack_from(f">{segments}H", font, at + 14)
    first = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
    return {c for a, b in zip(first, last, strict=True) for c in range(a, b + 1)}


def test_the_font_has_every_character_of_the_codebook_and_of_the_regions(rules: Rules) -> None:
    known = characters((FONTS / "NianbaoSansSC-Regular.otf").read_bytes())
    regions = (DEFAULT_FOLDER / "regions.csv").read_text(encoding="utf-8")
    needed = {c for i in rules.codebook.indicators for c in i.name} | set(regions) - set("\r\n\ufeff")
    assert {c for c in needed if ord(c) not in known} == set()


def test_the_command_prints_the_table_and_names_its_files(out: Path, tmp_path: Path) -> None:
    asked = ["compare", "毕业生人数", "--years", "2022-2024", "--out", str(out), "--to", str(tmp_path / "g")]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert "毕业生人数（人）" in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.csv", "g.png", "g.svg", "g.xlsx"]


def test_the_command_says_why_there_is_nothing(out: Path) -> None:
    result = CliRunner().invoke(app, ["compare", "没有这个", "--out", str(out)])
    assert result.exit_code == 2
    assert "no indicator is called 没有这个" in result.output
