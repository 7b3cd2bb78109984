"""The samples' figures: totals add up and stocks match flows, in the code and in the printed tables."""

from __future__ import annotations

import csv
import difflib
import io
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from raw.facts import Facts
from raw.figures import Figures, by_field, of_region, of_school, split
from raw.forms import values
from raw.listing import listing
from raw.places import COLLEGE, REGIONS, YEARS, Region, School
from raw.planted import PLANTED
from raw.prints import Printer
from raw.reports import REPORTS, Report, write

SCHOOLS = [*(s for r in REGIONS for s in r.schools), COLLEGE]


def name(report: Report) -> str:
    return f"{report.region.code if report.region else report.school.code}-{report.year}"  # type: ignore[union-attr]


def figures() -> list[Figures]:
    return [of_school(s, y) for s in SCHOOLS for y in YEARS]


@pytest.mark.parametrize("f", figures(), ids=lambda f: str(f.students))
def test_parts_stay_within_their_wholes(f: Figures) -> None:
    assert f.graduates >= f.placed == f.further + f.direct
    assert f.direct == f.primary + f.secondary + f.tertiary
    assert f.bachelor < f.further
    assert max(f.matched, f.local, f.west + f.large) < f.direct
    assert f.passed < f.tested < f.students
    assert max(f.dual, f.senior, f.master) < f.teachers < f.staff
    assert f.public_hours < f.training_hours
    assert f.spending < f.income


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda s: s.short)
@pytest.mark.parametrize("year", YEARS)
def test_pupils_at_school_follow_from_those_who_came_and_left(school: School, year: int) -> None:
    before, now = of_school(school, year - 1), of_school(school, year)
    dropped = before.students + now.new - now.graduates - now.students
    assert 0 <= dropped <= now.students * 0.012


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.district)
@pytest.mark.parametrize("what", ["students", "new", "graduates"])
def test_fields_add_up_to_the_district_and_the_district_to_its_schools(region: Region, what: str) -> None:
    whole = getattr(of_region(region, 2023), what)
    assert (
        sum(by_field(region, 2023, what).values())
        == whole
        == sum(getattr(of_school(s, 2023), what) for s in region.schools)
    )


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [0, 2, 1], [0, 5, 2]), (0, [3, 4], [0, 0])],
)
def test_a_total_is_split_by_largest_remainders(total: int, weights: list[int], parts: list[int]) -> None:
    assert split(total, weights) == parts


@pytest.mark.parametrize("region", REGIONS, ids=lambda r: r.district)
def test_the_forms_of_a_district_have_plausible_rates(region: Region) -> None:
    for year in YEARS:
        form = values(Facts(year, Printer(), region), year)
        rates = ["sat", "sat6", "sat9", "province", "passed", "dual", "senior"]
        assert all(0 < float(form[k]) <= 100 for k in rates)
        assert 10 < float(form["ratio"]) < 20
        assert form["counsellors"] == "高职填报"


def texts(data: bytes) -> list[str]:
    """Every paragraph, also those in cells and content controls, in reading order."""
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(f"{tag}t")) for p in body.iter(f"{tag}p")]


@pytest.mark.parametrize("report", REPORTS, ids=name)
def test_a_report_differs_from_its_faultless_self_only_where_a_contradiction_is_listed(
    report: Report,
) -> None:
    printed, meant = texts(write(report)[0]), texts(faultless(report))
    changed = [line for line in difflib.ndiff(meant, printed) if line.startswith("+ ")]
    mine = [p.printed for p in PLANTED if p.file == report.path]
    assert len(changed) == len(mine)
    assert all(any(value in line for line in changed) for value in mine)


@cache
def faultless(report: Report) -> bytes:
    return write(report, ())[0]


def table_headed(report: Report, corner: str) -> list[list[str]]:
    """The grid of the faultless report's first table whose first cell says this."""
    for table in docx.Document(io.BytesIO(faultless(report))).element.body.iter(qn("w:tbl")):
        rows = [[c.text for c in row.cells] for row in Table(table, None).rows]  # type: ignore[arg-type]
        if rows[0][0] == corner:
            return rows
    raise LookupError(corner)


@pytest.mark.parametrize("report", [r for r in REPORTS if r.region], ids=name)
def test_the_printed_table_of_fields_adds_up_in_every_column(report: Report) -> None:
    table = table_headed(report, "专业大类")
    columns = list(zip(*table[2:], strict=True))[1:]
    assert len(columns) == 9
    assert [sum(map(int, c[:-1])) for c in columns] == [int(c[-1]) for c in columns]


def test_a_year_is_told_alike_by_the_report_of_the_next_year() -> None:
    told: dict[tuple[str, str, str], set[str]] = {}
    for report in [r for r in REPORTS if r.region]:
        table = table_headed(report, "专业大类")
        for label, year, total in zip(table[0][1:], table[1][1:], table[-1][1:], strict=True):
            told.setdefault((report.region.code if report.region else "", label, year), set()).add(total)
    assert max(map(len, told.values())) == 1
    assert len(told) == 4 * 3 * 5


def test_at_least_twelve_contradictions_of_ten_kinds_are_planted_each_against_another_value() -> None:
    rows = list(csv.DictReader(io.StringIO(listing().decode())))
    assert len(rows) == len(PLANTED) >= 12
    assert len({r["check"] for r in rows}) >= 10
    assert [r for r in rows if r["printed"] == r["other"]] == []
