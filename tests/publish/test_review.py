"""A review is written, filled in by a person, taken over, and holds at the next run."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from pipeline import flow
from pipeline.cli.verbs import app
from pipeline.publish.corrections import BadReview, read_review, write_overrides
from pipeline.publish.forms import INDICATORS, LABELS, STALE, VALUE_SHEETS, choice_of, id_of_choice
from pipeline.publish.review import review
from pipeline.rules import DEFAULT_FOLDER, Rules, load
from pipeline.rules.overrides import LabelOverride, Overrides
from tests.building import docx, p, tbl

LOW = VALUE_SHEETS[0]


def report(windows: str = "46") -> bytes:
    return docx(
        p("2023年松岭县职业教育质量年度报告", style="1")
        + p("全县共有专任教师318人，双师型教师占61.5%。")
        + p("表1 办学条件")
        + tbl(f"""
        指标 | 单位 | 2023年
        图书总量 | 万册 | 12.5
        玻璃温室座数 | 座 | 7
        采光窗数 | 扇 | {windows}
        """)
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with raw/, rules/ and out/ of one report."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "松岭.docx").write_bytes(report())
    shutil.copytree(DEFAULT_FOLDER, tmp_path / "rules")
    flow.run(tmp_path / "raw", tmp_path / "out", rules_folder=tmp_path / "rules")
    return tmp_path


def written(place: Path, rules: Rules, below: float = 1.0) -> Path:
    review(place / "out", place / "review.xlsx", rules, below)
    return place / "review.xlsx"


def fill(path: Path, sheet: str, where: dict[str, Any], **answers: Any) -> None:
    """Write answers into the first row of a sheet whose cells are as in `where`."""
    book = openpyxl.load_workbook(path)
    page: Worksheet = book[sheet]
    heads = [c.value for c in page[1]]
    row = next(
        r for r in page.iter_rows(min_row=2) if all(r[heads.index(k)].value == v for k, v in where.items())
    )
    for name, answer in answers.items():
        row[heads.index(name)].value = answer
    book.save(path)


def frame(place: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(place / "out" / name)


def test_the_workbook_lists_what_is_unsure_with_its_place_and_offers_choices(
    place: Path, rules: Rules
) -> None:
    book = openpyxl.load_workbook(written(place, rules))
    assert book.sheetnames == ["说明", *VALUE_SHEETS, LABELS, STALE, INDICATORS]
    rows = [
        dict(zip([c.value for c in book[LOW][1]], [c.value for c in r], strict=True))
        for r in book[LOW].iter_rows(min_row=2)
    ]
    claim = next(r for r in rows if r["原文"] == "318人")
    assert claim["位置"].startswith("b")
    assert (claim["读出的值"], claim["单位"], claim["来源文件"]) == ("318", "人", "松岭.docx")
    offered = {v.formula1 for v in book[LOW].data_validations.dataValidation}
    assert '"接受,更正,忽略"' in offered
    assert any(INDICATORS in f for f in offered)
    assert [c.value for c in book[INDICATORS]["A"]][2:] == [choice_of(i) for i in rules.codebook.indicators]
    labels = [r[0].value for r in book[LABELS].iter_rows(min_row=2)]
    assert "玻璃温室座数" in labels


def test_only_values_below_the_limit_of_confidence_are_listed(place: Path, rules: Rules) -> None:
    claims, observations = frame(place, "claims"), frame(place, "observations")
    unsure = int((claims.confidence < 0.9).sum() + (observations.confidence < 0.9).sum())
    assert review(place / "out", place / "x.xlsx", rules, 0.9).found[LOW] == unsure
    assert review(place / "out", place / "x.xlsx", rules, 1.0, limit=1).rows[LOW] == 1


def test_decisions_become_corrections_that_the_next_run_applies(place: Path, rules: Rules) -> None:
    path = written(place, rules)
    fill(path, LOW, {"原文": "318人"}, 决定="更正", 更正数值=320, 更正时期=2022, 理由="据底稿")
    fill(path, LOW, {"原文": "46"}, 决定="忽略")
    fill(path, LOW, {"原文": "12.5"}, 决定="接受")
    fill(
        path,
        LABELS,
        {"标签": "玻璃温室座数"},
        决定="对应",
        对应指标=choice_of(rules.codebook.by_id["campus_area"]),
    )
    done = CliRunner().invoke(app, ["review", "--apply", str(path), "--rules", str(place / "rules")])
    assert done.exit_code == 0, done.output
    assert "values.csv: 3 new, 0 replaced" in done.output.replace("\n", "")
    load.cache_clear()
    flow.run(place / "raw", place / "out", rules_folder=place / "rules")
    load.cache_clear()
    claim = frame(place, "claims").set_index("quote").loc["318人"]
    assert (claim.value, claim.year, claim.unit) == (320, 2022, "人")
    assert claim.rule.startswith("override:v-")
    observations = frame(place, "observations").set_index("raw")
    assert "46" not in observations.index
    assert "46" in frame(place, "notes").query("code == 'ignored_by_review'").text.tolist()
    assert observations.loc["12.5"].confidence == 1.0
    assert observations.loc["7"].indicator_id == "campus_area"
    assert observations.loc["7"].rule.startswith("override:l-")
    again = review(place / "out", path, rules, 1.0)
    listed = [c.value for c in openpyxl.load_workbook(path)[LOW]["E"]]
    assert not {"318人", "46", "12.5"} & set(listed)
    assert again.rows[STALE] == 0


def test_a_correction_whose_report_has_changed_is_listed_as_stale_and_not_applied(
    place: Path, rules: Rules
) -> None:
    path = written(place, rules)
    fill(path, LOW, {"原文": "46"}, 决定="更正", 更正数值=64)
    write_overrides(read_review(path, rules), place / "rules" / "overrides")
    load.cache_clear()
    (place / "raw" / "松岭.docx").write_bytes(report("47"))
    flow.run(place / "raw", place / "out", rules_folder=place / "rules")
    ruled = load(place / "rules")
    load.cache_clear()
    assert frame(place, "observations").set_index("raw").loc["47"].value == 47
    assert review(place / "out", path, ruled).rows[STALE] == 1
    assert "has changed since" in openpyxl.load_workbook(path)[STALE]["B2"].value
    (place / "raw" / "松岭.docx").unlink()
    flow.run(place / "raw", place / "out")
    assert review(place / "out", path, ruled).rows[STALE] == 1
    assert "not among those read" in openpyxl.load_workbook(path)[STALE]["B2"].value


def test_a_label_that_a_rule_has_come_to_know_is_listed_as_idle(place: Path, rules: Rules) -> None:
    one = LabelOverride(
        id="l7", label="教学用计算机数", where="table", decision="map", indicator_id="computers"
    )
    ruled = dataclasses.replace(rules, overrides=Overrides(labels=(one,)))
    assert review(place / "out", place / "x.xlsx", ruled).rows[STALE] == 1
    assert "l7 for 教学用计算机数" in openpyxl.load_workbook(place / "x.xlsx")[STALE]["B2"].value


def test_a_later_decision_replaces_an_earlier_one_about_the_same_place(place: Path, rules: Rules) -> None:
    folder = place / "rules" / "overrides"
    path = written(place, rules)
    fill(path, LOW, {"原文": "318人"}, 决定="更正", 更正单位="名")
    assert write_overrides(read_review(path, rules), folder)["values.csv"] == (1, 0)
    fill(path, LOW, {"原文": "318人"}, 决定="接受", 更正单位=None)
    assert write_overrides(read_review(path, rules), folder)["values.csv"] == (0, 1)
    load.cache_clear()
    [line] = load(place / "rules").overrides.values
    assert (line.decision, line.unit, line.expect) == ("accept", "", "318")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"更正数值": 5}, r"低置信度:\d+: 决定 is ''; choose 接受 / 更正 / 忽略"),
        ({"决定": "改"}, "决定 is '改'"),
        ({"决定": "更正"}, "a correction needs one of"),
        ({"决定": "接受", "更正数值": 5}, "accept takes no corrected field"),
        ({"决定": "更正", "更正数值": "五"}, "value: "),
        ({"决定": "更正", "更正指标": "某某 [no_such]"}, "no indicator 'no_such'"),
        ({"决定": "更正", "更正时期": "去年"}, "period: "),
    ],
)
def test_a_row_that_is_filled_in_wrongly_is_told_with_its_sheet_and_row(
    place: Path, rules: Rules, answers: dict[str, Any], said: str
) -> None:
    path = written(place, rules)
    fill(path, LOW, {"原文": "318人"}, **answers)
    with pytest.raises(BadReview, match=said):
        read_review(path, rules)
    done = CliRunner().invoke(app, ["review", "--apply", str(path), "--rules", str(place / "rules")])
    assert done.exit_code == 2
    assert (place / "rules" / "overrides" / "values.csv").read_text() == (
        DEFAULT_FOLDER / "overrides" / "values.csv"
    ).read_text()


def test_what_is_no_review_is_refused(tmp_path: Path, rules: Rules) -> None:
    (tmp_path / "x.xlsx").write_text("没有")
    with pytest.raises(BadReview, match="cannot be opened"):
        read_review(tmp_path / "x.xlsx", rules)
    openpyxl.Workbook().save(tmp_path / "y.xlsx")
    with pytest.raises(BadReview, match="the sheet is missing"):
        read_review(tmp_path / "y.xlsx", rules)


def test_both_sides_of_the_findings_of_the_samples_are_listed(
    out: Path, rules: Rules, tmp_path: Path
) -> None:
    findings = pd.read_parquet(out / "findings")
    sides = {(s["doc_id"], s["origin"], s["origin_no"]) for f in findings.sources for s in f}
    assert sides
    assert review(out, tmp_path / "x.xlsx", rules).found[VALUE_SHEETS[1]] == len(sides)


def test_a_choice_is_read_back_as_its_id(rules: Rules) -> None:
    for indicator in rules.codebook.indicators:
        assert id_of_choice(choice_of(indicator)) == indicator.id
    assert id_of_choice("（无指标）") == "-"
