"""A change costs the pieces of the comparison that it reaches, and the bytes are those of a clean run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import flow
from pipeline.batch import comparing
from pipeline.batch.engines import engine
from pipeline.batch.pieces import Folders, Piece, Pieces
from pipeline.compare import Given, Kind, derive
from pipeline.flow import Step
from pipeline.rules import load
from pipeline.schema import ARCHIVE_DATASETS
from pipeline.store.build import Built
from pipeline.store.leagues import league
from tests.archives import assert_as_clean, bytes_of, report, rules_with
from tests.building import docx, p
from tests.deadly import Deadly

# Where a year stands alone, its districts' reports do too.
DISTRICTS_2024 = league(2024, "district", "职业教育").replace("/", "-")
REGIONS = ("重庆市荣昌区", "成都市武侯区", "宁波市鄞州区", "杭州市西湖区")


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three years of four regions, of which two share a province, with pieces small enough to be many."""
    monkeypatch.setattr(comparing, "YEARS_VALUES", 1)
    monkeypatch.setattr(comparing.stretches_of, "__defaults__", (3,))
    folder = tmp_path / "raw"
    for year in (2022, 2023, 2024):
        for k, region in enumerate(REGIONS):
            write(folder, region, year, 100 + year - 2000 + k)
    flow.run(folder, tmp_path / "out")
    return folder


def write(folder: Path, region: str, year: int, students: int) -> None:
    path = folder / str(year) / f"{region}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report(region, year, students))


def inodes(out: Path) -> dict[str, int]:
    return {
        path.relative_to(out).as_posix(): path.stat().st_ino
        for name in ARCHIVE_DATASETS
        for path in sorted((out / name).rglob("part-[!0]*.parquet"))  # but for what is empty
    }


def rerun(raw: Path, out: Path, rules: Path | None = None) -> tuple[set[str], dict[str, int]]:
    """The files that a run writes anew, and how many pieces of each step it makes."""
    before, steps = inodes(out), dict[str, int]()

    def told(step: Step) -> None:
        steps[step.name] = steps.get(step.name, 0) + 1

    flow.run(raw, out, rules_folder=rules, told=told)
    return {path for path, inode in inodes(out).items() if before.get(path) != inode}, steps


def test_a_changed_report_makes_its_facts_its_stretch_and_its_year(raw: Path, tmp_path: Path) -> None:
    write(raw, "宁波市鄞州区", 2024, 777)
    written, steps = rerun(raw, tmp_path / "out")
    assert written == {
        "yoy/report_year=2023/part-33-2-00.parquet",
        "yoy/report_year=2024/part-33-2-00.parquet",
        f"districts/report_year=2024/part-{DISTRICTS_2024}.parquet",
    }
    # Of its stretch yoy and findings, and its year.
    assert [steps[n] for n in ("facts", "stating", "checking", "comparing")] == [1, 1, 1, 2]
    assert_as_clean(raw, tmp_path / "out")


def test_a_changed_report_leaves_the_ranks_of_reports_of_another_kind(raw: Path, tmp_path: Path) -> None:
    write(raw, "宁波市", 2024, 500)
    rerun(raw, tmp_path / "out")
    write(raw, "宁波市", 2024, 501)
    written, _ = rerun(raw, tmp_path / "out")
    cities = league(2024, "city", "职业教育").replace("/", "-")
    assert {w for w in written if w.startswith("districts")} == {
        f"districts/report_year=2024/part-{cities}.parquet"
    }
    assert_as_clean(raw, tmp_path / "out")


def test_a_report_that_states_nothing_still_counts_among_those_filed(raw: Path, tmp_path: Path) -> None:
    path = raw / "2024" / "杭州市余杭区.docx"
    path.write_bytes(docx(p("杭州市余杭区职业教育质量年度报告（2024年度）") + p("以下从略。")))
    written, _ = rerun(raw, tmp_path / "out")
    assert f"districts/report_year=2024/part-{DISTRICTS_2024}.parquet" in written
    ranked = pd.read_parquet(tmp_path / "out" / "districts")
    assert set(ranked[ranked.year == 2024].valid_share) == {80.0}
    assert_as_clean(raw, tmp_path / "out")


def test_a_report_that_only_has_another_name_leaves_all_ranks(raw: Path, tmp_path: Path) -> None:
    path = raw / "2024" / "宁波市鄞州区.docx"
    path.rename(path.with_name("改名.docx"))
    written, steps = rerun(raw, tmp_path / "out")
    assert not {w for w in written if w.startswith("districts")}
    assert steps["checking"] == 1
    assert_as_clean(raw, tmp_path / "out")


def test_what_a_later_report_repeats_of_a_year_leaves_the_ranks_of_that_year(
    raw: Path, tmp_path: Path
) -> None:
    def write_with(students: int) -> None:
        path = raw / "2024" / "宁波市鄞州区.docx"
        path.write_bytes(
            docx(
                p("宁波市鄞州区职业教育质量年度报告（2024年度）")
                + p(f"2023年，全区中职在校生{students}人。2024年，全区中职在校生127人。")
            )
        )

    write_with(700)
    rerun(raw, tmp_path / "out")
    write_with(701)
    written, _ = rerun(raw, tmp_path / "out")
    facts = pd.read_parquet(tmp_path / "out" / "facts")
    assert ((facts.report_year == 2024) & (facts.year == 2023) & (facts.value == 701)).sum() == 1
    assert {w.partition("/part")[0] for w in written if w.startswith("districts")} == {
        "districts/report_year=2024"
    }
    assert_as_clean(raw, tmp_path / "out")


def test_a_report_taken_away_takes_its_rows_out_of_every_piece(raw: Path, tmp_path: Path) -> None:
    for year in (2022, 2023, 2024):
        (raw / str(year) / "成都市武侯区.docx").unlink()
    rerun(raw, tmp_path / "out")
    assert not list((tmp_path / "out" / "yoy").rglob("part-51.parquet"))
    assert_as_clean(raw, tmp_path / "out")


def test_a_new_report_can_double_the_stretches_of_its_province(raw: Path, tmp_path: Path) -> None:
    for year in (2022, 2023, 2024):
        write(raw, "温州市鹿城区", year, 90)
        write(raw, "嘉兴市南湖区", year, 95)
    rerun(raw, tmp_path / "out")
    shares = {path.stem for path in (tmp_path / "out" / "yoy").rglob("part-33-*.parquet")}
    assert shares == {"part-33-4-00", "part-33-4-01", "part-33-4-02", "part-33-4-03"}
    assert_as_clean(raw, tmp_path / "out")


def test_a_changed_check_compares_anew_and_reads_nothing(raw: Path, tmp_path: Path) -> None:
    rules = rules_with(tmp_path / "rules", "checks.yaml", "severity: warning", "severity: info")
    written, steps = rerun(raw, tmp_path / "out", rules)
    assert written == set(inodes(tmp_path / "out"))
    assert steps["facts"] == 3 and "merging" not in steps
    assert_as_clean(raw, tmp_path / "out", rules)


@pytest.fixture
def stretch(tmp_path: Path) -> Path:
    """Two years of four prefectures in one stretch, and a report of nowhere; each year restates the one before."""
    folder = tmp_path / "together"
    for k, region in enumerate((*REGIONS, "")):
        for year in (2023, 2024):
            restating(folder, region, year, 300 + 10 * k)
    flow.run(folder, tmp_path / "out")
    findings = pd.read_parquet(tmp_path / "out" / "findings")
    assert findings.groupby("region_code").size().gt(0).sum() == len(REGIONS)
    assert len(list((tmp_path / "out").glob("yoy/report_year=2024/*.parquet"))) == 1
    return folder


def restating(folder: Path, region: str, year: int, students: int) -> None:
    path = folder / str(year) / f"{region or '某地'}.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = (
        f"{year}年，全区中职在校生{students + year}人。{year - 1}年，全区中职在校生{students + year + 7}人。"
    )
    path.write_bytes(docx(p(f"{region}职业教育质量年度报告（{year}年度）") + p(said)))


def compared(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...] | None]:
    """By kind, the regions that pieces are made of from now on (None is all)."""
    regions: dict[str, tuple[str, ...] | None] = {}
    make = comparing.derive

    def watched(kind: Kind, folder: Path, given: Given, *others: Any) -> Any:
        regions[kind] = given.regions
        return make(kind, folder, given, *others)

    monkeypatch.setattr(comparing, "derive", watched)
    return regions


@pytest.mark.parametrize(("region", "code"), [("宁波市鄞州区", "330212"), ("", "")])
def test_what_other_prefectures_of_a_stretch_say_is_not_compared_again(
    stretch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, region: str, code: str
) -> None:
    regions = compared(monkeypatch)
    restating(stretch, region, 2024, 777)
    flow.run(stretch, tmp_path / "out")
    assert (regions["findings"], regions["yoy"]) == ((code,), (code,))
    assert_as_clean(stretch, tmp_path / "out")


def test_a_prefecture_that_is_gone_needs_no_comparison(
    stretch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = compared(monkeypatch)
    for year in (2023, 2024):
        (stretch / str(year) / "成都市武侯区.docx").unlink()
    flow.run(stretch, tmp_path / "out")
    assert "findings" not in regions and "yoy" not in regions
    assert_as_clean(stretch, tmp_path / "out")


def test_where_the_rows_of_others_cannot_be_read_all_are_compared_again(
    stretch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = compared(monkeypatch)
    restating(stretch, "宁波市鄞州区", 2024, 777)
    for name in ("findings", "yoy"):
        (old,) = (tmp_path / "out").glob(f"{name}/report_year=2024/*.parquet")
        old.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    flow.run(stretch, tmp_path / "out")
    assert regions["findings"] is None and regions["yoy"] is None
    assert_as_clean(stretch, tmp_path / "out")


def test_processes_make_the_same_bytes(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    flow.run(raw, tmp_path / "here")
    flow.run(raw, tmp_path / "two", workers=2)
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "here")


def test_a_piece_looks_at_no_file_that_another_may_be_writing(raw: Path, tmp_path: Path) -> None:
    version = (tmp_path / "out" / ".current").resolve()
    (version / "facts/report_year=1999").mkdir()
    (version / "facts/report_year=1999/part-0.parquet").write_bytes(b"half of a file")
    files = {
        "claims": ["claims/report_year=2024/part-0.parquet"],
        "documents": ["documents/part-2024-0.parquet"],
    }
    made = {
        name: sum(batch.num_rows for batch in rows)
        for name, rows in derive("facts", version, Given(files), load(), "0")
    }
    assert made == {"facts": pq.read_metadata(version / "facts/report_year=2024/part-0.parquet").num_rows}


def test_a_piece_whose_process_is_killed_is_made_here(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with engine(2, None, load().batch) as opened:
        folders = Folders(tmp_path, None, tmp_path)
        made = Pieces(opened, folders, [Piece("facts x", "digest", Deadly(mark))], {}).done()
    assert made == {"facts x": Built("digest", {"facts": 1})}
    assert mark.exists()


def test_a_piece_whose_files_are_gone_is_made_again(tmp_path: Path) -> None:
    same = Built("digest", {"facts": 1}, {"facts/part-0.parquet": 4})
    folders = Folders(tmp_path, tmp_path / "old", tmp_path / "new")
    with engine(0, None, load().batch) as opened:
        again = Piece("facts x", "digest", lambda: Built("made"))
        made = Pieces(opened, folders, [again], {"facts x": same}).done()
    assert made["facts x"].digest == "made"
