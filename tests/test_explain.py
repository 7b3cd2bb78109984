"""How one number was read: the steps are those of the batch, and end in its row."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.verbs import app
from pipeline.explain import HOWS, KEYS, Explanation, Replay, explain
from pipeline.normalize.overrides import place_of_row
from pipeline.rules import Rules
from pipeline.rules.overrides import Overrides, ValueOverride
from pipeline.schema import Observation
from pipeline.schema.place import CellPlace, TextPlace, place_of
from tests.building import docx, p, tbl

RAW = Path(__file__).parents[1] / "raw"
SOURCE = "2022年松岭县年报.docx"
REPORT = docx(
    p("2022年松岭县职业教育质量年度报告", style="1")
    + p("第一章 基本情况", style="1")
    + p("松岭县林业职业学校有专任教师96人，比上年增加4人。该校成立于1987年。")
    + p("表1 校园设备（单位：万元）")
    + tbl("""
    指标     | 2021年 | 2022年
    设备总值 | 310.5  | 402
    图书册数（万册） | 3.1 | -
    联系电话 | 8820   | 6610555
    """)
)


@pytest.fixture(scope="module")
def replay(rules: Rules) -> Replay:
    return Replay(REPORT, SOURCE, rules)


def step(found: Explanation, key: str) -> tuple[str, str, str]:
    """(found, how, seen) of the last step with this key."""
    last = [s for s in found.steps if s.key == key][-1]
    return last.found, last.how, last.seen


def test_a_value_in_a_table_tells_where_unit_and_period_are_printed(replay: Replay) -> None:
    found = replay.at(CellPlace(1, 1, 2))
    assert step(found, "cell")[0] == "402"
    assert step(found, "unit") == ("万元", "in_outer", "万元")
    assert step(found, "period") == ("2022", "column", "2022年")
    assert step(found, "standard") == ("4020000 元", "", "402 万元")
    assert [s.found for s in found.steps if s.key == "label"] == ["设备总值 → measure", "2022年 → period"]
    assert isinstance(found.row, Observation)
    assert found.row.std_value == 4_020_000


def test_the_unit_in_a_row_label_wins_over_the_caption(replay: Replay) -> None:
    assert step(replay.at(CellPlace(1, 2, 1)), "unit") == ("万册", "in_row", "图书册数（万册）")


def test_a_value_in_prose_tells_its_phrase_its_statement_and_whose_it_is(
    replay: Replay,
) -> None:
    [first, second] = [r for r in replay.rows if isinstance(r, TextPlace)]
    count, change = replay.at(first), replay.at(second)
    assert step(count, "phrase")[:2] == ("专任教师", "before")
    assert step(count, "entity") == ("松岭县林业职业学校", "clause", "松岭县林业职业学校")
    assert step(change, "relation")[0] == "change"
    assert step(change, "base")[0] == "上年"
    assert step(count, "row")[0].endswith("96 人")
    middle = TextPlace(first.block_no, first.start + 1)
    assert replay.at(middle).row is count.row


def test_a_number_that_was_not_taken_tells_its_note(replay: Replay) -> None:
    block = next(n.block_no for n in replay.notes if n.code == "date" and n.text == "1987年")
    at = replay.blocks[block or 0].text.index("1987")
    found = replay.at(TextPlace(block or 0, at))
    assert (found.row, found.note is not None) == (None, True)
    assert step(found, "note")[0] == "date"


def test_the_layout_is_told_and_a_cell_without_value_tells_what_it_is(replay: Replay) -> None:
    layout = [(s.found, s.how) for s in replay.at(CellPlace(1, 1, 2)).steps if s.key == "layout"]
    assert layout == [("r0", "header_rows"), ("c0", "label_columns")]
    header = replay.at(CellPlace(1, 0, 1))
    assert [s.key for s in header.steps] == ["cell"]
    assert "header" in step(header, "cell")[2]
    unanswered = replay.at(CellPlace(1, 2, 2))
    assert step(unanswered, "row")[0].endswith("not_applicable")


def test_a_correction_by_a_person_is_told_as_such(rules: Rules) -> None:
    sha = hashlib.sha256(REPORT).hexdigest()
    fields = {"id": "v9", "doc_id": sha, "place": "t1r1c2", "expect": "402", "decision": "correct"}
    override = ValueOverride.model_validate(fields | {"unit": "元", "indicator_id": "campus_area"})
    ruled = dataclasses.replace(rules, overrides=Overrides(values=(override,)))
    found = explain(REPORT, SOURCE, CellPlace(1, 1, 2), ruled)
    assert step(found, "unit") == ("元", "by_person", "万元")
    assert step(found, "indicator")[:2] == ("校园占地面积 [campus_area]", "by_person")
    assert [s.rule for s in found.steps if s.key == "row"] == ["override:v9"]


@pytest.mark.parametrize("place", ["b0:1", "b999:1", "t9r0c0", "t1r9c0"])
def test_where_nothing_was_read_the_fault_says_what_there_is(replay: Replay, place: str) -> None:
    with pytest.raises(LookupError, match="block|tables 1 to 1|4 rows and 3 columns"):
        replay.at(place_of(place))


def test_the_steps_of_every_value_of_the_samples_agree_with_its_row(rules: Rules) -> None:
    checked = 0
    for path in sorted(RAW.rglob("*.docx"))[::4]:
        again = Replay(path.read_bytes(), path.name, rules)
        for place, row in again.rows.items():
            found = again.at(place)
            assert found.row is row
            assert str(place_of_row(row)) == found.place
            assert step(found, "unit")[0] == (row.unit or "")
            assert step(found, "entity")[0] == (row.entity or "")
            assert step(found, "period")[0] == (row.period or "")
            assert bool(step(found, "indicator")[0]) == bool(row.indicator_id)
            assert not row.unit or step(found, "unit")[1], (path.name, place)
            assert {s.how for s in found.steps} <= HOWS.keys() | {""}
            assert {s.key for s in found.steps} <= KEYS.keys()
            checked += 1
    assert checked > 1000


DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("page", ["CORRECTIONS.md", "CORRECTIONS.zh-CN.md"])
def test_the_example_in_the_docs_is_what_the_command_prints(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    commands = re.findall(r"^make explain FILE=(\S+) (AT|TABLE)=(\S+)", text, re.M)
    printed = [
        CliRunner().invoke(app, ["explain", str(RAW.parent / file), f"--{name.lower()}", value]).output
        for file, name, value in commands
    ]
    assert len(printed) == 3
    for line in re.findall(r"^```\n(cell .*?)^```", text, re.S | re.M)[0].splitlines():
        assert line in printed[0].splitlines()


def test_the_command_prints_the_steps_and_the_grid(tmp_path: Path) -> None:
    file = tmp_path / "年报.docx"
    file.write_bytes(REPORT)
    steps = CliRunner().invoke(app, ["explain", str(file), "--at", "t1r1c2"])
    assert steps.exit_code == 0
    assert "in an outer header, band or caption: 万元" in steps.output
    grid = CliRunner().invoke(app, ["explain", str(file), "--table", "1"])
    assert "r1c2 value 402" in grid.output
    for wrong in (["--at", "第3页"], ["--at", "t7r1c1"], [], ["--at", "t1r1c1", "--table", "1"]):
        assert CliRunner().invoke(app, ["explain", str(file), *wrong]).exit_code == 2
