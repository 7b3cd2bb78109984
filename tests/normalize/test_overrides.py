"""Corrections by people: applied where file, place and value agree, and told where they do not."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.normalize.overrides import place_of_row, read_text
from pipeline.rules import DEFAULT_FOLDER, RuleFault, Rules, load
from pipeline.rules.overrides import LabelOverride, Overrides, ValueOverride, same_value, value_text
from pipeline.schema import Claim, Note, Observation
from pipeline.schema.place import CellPlace, TextPlace, place_of
from tests.building import docx, p, tbl

SOURCE = "2023/江北.docx"
REPORT = docx(
    p("2023年松岭县职业教育质量年度报告", style="1")
    + p("全县共有专任教师318人，双师型教师占61.5%。联系幼儿园约40所。")
    + p("表1 办学条件")
    + tbl("""
    指标 | 单位 | 2023年
    图书总量 | 万册 | 12.5
    玻璃温室座数 | 座 | 7
    """)
)
SHA = hashlib.sha256(REPORT).hexdigest()


def rules_with(rules: Rules, *values: ValueOverride, labels: tuple[LabelOverride, ...] = ()) -> Rules:
    return dataclasses.replace(rules, overrides=Overrides(values=values, labels=labels))


def value(**fields: str) -> ValueOverride:
    return ValueOverride.model_validate({"id": "v1", "doc_id": SHA[:16], "source": SOURCE} | fields)


def read(rules: Rules) -> dict[str, Observation | Claim]:
    """All rows by their place."""
    rows = extract(REPORT, SOURCE, rules).rows
    return {str(place_of_row(r)): r for r in (*rows["observations"], *rows["claims"])}


def notes(rules: Rules, source: str = SOURCE) -> list[Note]:
    found = extract(REPORT, source, rules).rows["notes"]
    return [n for n in found if n.code in ("stale_override", "ignored_by_review")]


def place_with(rules: Rules, text: str) -> str:
    return next(
        at for at, r in read(rules).items() if (r.raw if isinstance(r, Observation) else r.quote) == text
    )


def test_a_corrected_field_stands_with_its_provenance_and_the_rest_as_it_was_read(rules: Rules) -> None:
    at = place_with(rules, "12.5")
    before = read(rules)[at]
    after = read(
        rules_with(rules, value(place=at, expect="12.5", decision="correct", unit="册", value="125"))
    )[at]
    assert (after.value, after.unit, after.std_value, after.std_unit) == (125, "册", 125, "册")
    assert (after.rule, after.confidence) == ("override:v1", 1.0)
    assert (after.indicator_id, after.period, after.entity) == (
        before.indicator_id,
        before.period,
        before.entity,
    )


def test_an_accepted_value_stays_and_is_sure(rules: Rules) -> None:
    at = place_with(rules, "318人")
    before = read(rules)[at]
    after = read(rules_with(rules, value(place=at, expect="318", decision="accept")))[at]
    assert dataclasses.replace(after, rule=before.rule, confidence=before.confidence) == before
    assert (after.rule, after.confidence) == ("override:v1", 1.0)


def test_a_corrected_value_keeps_how_exact_it_was_said_and_a_range_is_one(rules: Rules) -> None:
    at = place_with(rules, "约40所")
    one = read(rules_with(rules, value(place=at, expect="40", decision="correct", value="45")))[at]
    assert (one.value, one.value_high, one.qualifier) == (45, None, "about")
    two = read(rules_with(rules, value(place=at, expect="40", decision="correct", value="40..45")))[at]
    assert (two.value, two.value_high, two.qualifier) == (40, 45, "range")


def test_a_period_brings_its_year_and_a_dash_empties_a_field(rules: Rules) -> None:
    at = place_with(rules, "318人")
    override = value(
        place=at, expect="318", decision="correct", period="2021/2022", indicator_id="-", entity="-"
    )
    after = read(rules_with(rules, override))[at]
    assert (after.period, after.year, after.indicator_id, after.indicator, after.entity) == (
        "2021/2022", 2022, None, None, None,
    )  # fmt: skip


def test_an_ignored_number_leaves_a_note_where_it_stood(rules: Rules) -> None:
    for text, expect in (("318人", "318"), ("7", "7")):
        at = place_with(rules, text)
        ruled = rules_with(rules, value(place=at, expect=expect, decision="ignore", why="示例数据"))
        assert at not in read(ruled)
        [note] = notes(ruled)
        assert (note.code, note.text) == ("ignored_by_review", text)
        assert "override:v1: 示例数据" in note.message


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"expect": "319"}, "318 is read there now"),
        ({"doc_id": "0" * 16}, "the file has changed since"),
        ({"doc_id": SHA[:16] + "0" * 48}, "the file's hash differs"),
        ({"place": "t9r9c9"}, "nothing is read there now"),
    ],
)
def test_a_correction_that_does_not_fit_is_told_and_not_applied(
    rules: Rules, fields: dict[str, str], said: str
) -> None:
    at = place_with(rules, "318人")
    ruled = rules_with(
        rules, value(**{"place": at, "expect": "318", "decision": "correct", "value": "99"} | fields)
    )
    assert read(ruled) == read(rules)
    [note] = notes(ruled)
    assert note.code == "stale_override"
    assert said in note.message


def test_a_moved_file_keeps_its_corrections(rules: Rules) -> None:
    at = place_with(rules, "318人")
    ruled = rules_with(rules, value(place=at, expect="318", decision="correct", value="320"))
    moved = extract(REPORT, "归档/松岭.docx", ruled).rows
    assert 320 in [c.value for c in moved["claims"]]
    assert notes(ruled, "归档/松岭.docx") == []


def test_another_file_is_not_touched(rules: Rules) -> None:
    ruled = rules_with(
        rules, value(place="b1:0", expect="1", decision="ignore", doc_id="f" * 16, source="别处.docx")
    )
    assert (read(ruled), notes(ruled)) == (read(rules), [])


def test_a_label_that_no_rule_knows_gets_its_indicator_and_leaves_unmapped(rules: Rules) -> None:
    label = "玻璃温室座数"
    unmapped = extract(REPORT, SOURCE, rules).rows["unmapped"]
    assert label in [u.label for u in unmapped]
    override = LabelOverride(id="l1", label=label, where="table", decision="map", indicator_id="campus_area")
    ruled = rules_with(rules, labels=(override,))
    row = read(ruled)[place_with(rules, "7")]
    assert (row.indicator_id, row.indicator, row.rule) == ("campus_area", "校园占地面积", "override:l1")
    assert label not in [u.label for u in extract(REPORT, SOURCE, ruled).rows["unmapped"]]


def test_a_label_left_alone_on_purpose_is_no_longer_asked_about(rules: Rules) -> None:
    override = LabelOverride(id="l1", label="玻璃温室座数", where="table", decision="ignore")
    rows = extract(REPORT, SOURCE, rules_with(rules, labels=(override,))).rows
    assert "玻璃温室座数" not in [u.label for u in rows["unmapped"]]
    assert read(rules_with(rules, labels=(override,))) == read(rules)


def test_a_single_value_goes_before_its_label(rules: Rules) -> None:
    at = place_with(rules, "7")
    labels = (
        LabelOverride(
            id="l1", label="玻璃温室座数", where="table", decision="map", indicator_id="campus_area"
        ),
    )
    one = value(place=at, expect="7", decision="correct", indicator_id="-")
    assert read(rules_with(rules, one, labels=labels))[at].rule == "override:v1"


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("values.csv", "v1,12ab,x.docx,b1:2,3,accept,,,,,,", r"values\.csv:2: doc_id"),
        ("values.csv", f"v1,{SHA},x.docx,第3页,3,accept,,,,,,", "is no place; write t8r3c2"),
        ("values.csv", f"v1,{SHA},x.docx,b1:2,3,correct,,,,,,", "a correction needs one of"),
        ("values.csv", f"v1,{SHA},x.docx,b1:2,3,accept,,4,,,,", "accept takes no corrected field"),
        ("values.csv", f"v1,{SHA},x.docx,b1:2,3,correct,,四,,,,", "value"),
        ("values.csv", f"v1,{SHA},x.docx,b1:2,3,correct,no_such,,,,,", "v1: no indicator 'no_such'"),
        ("values.csv", f"v1,{SHA},x,b1:2,3,accept,,,,,,\nv2,{SHA},x,b1:2,4,accept,,,,,,", "stands twice"),
        ("labels.csv", "l1,某某数,table,map,,", "map needs an indicator_id"),
    ],
)  # fmt: skip
def test_a_faulty_line_is_told_before_anything_is_read(
    tmp_path: Path, name: str, line: str, said: str
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(DEFAULT_FOLDER, folder)
    with (folder / "overrides" / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(RuleFault, match=said):
        load(folder)


def test_a_folder_of_rules_without_corrections_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(DEFAULT_FOLDER, folder, ignore=shutil.ignore_patterns("overrides"))
    assert load(folder).overrides == Overrides()


@given(st.integers(0, 999), st.integers(0, 9999), st.integers(0, 99), st.integers(0, 9))
def test_a_place_is_its_short_name(a: int, b: int, c: int, d: int) -> None:
    for place in (CellPlace(a, b, c, d), TextPlace(a, b)):
        assert place_of(str(place)) == place


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_a_value_read_is_the_same_as_its_text(x: float) -> None:
    assert same_value(value_text(x, None, "reported"), repr(x))
    assert float(value_text(x, None, "reported")) == x


def test_values_as_people_write_them() -> None:
    assert same_value("1,200", "1200.0")
    assert same_value("10..20", value_text(10.0, 20.0, "reported"))
    assert not same_value("10..20", "10")
    assert same_value("illegible", value_text(None, None, "illegible"))


def test_every_row_read_can_say_what_it_expects(rules: Rules) -> None:
    for row in read(rules).values():
        assert read_text(row)
