"""The plan of the archive: which report is written how, and each one's bytes by its path."""

from __future__ import annotations

from dataclasses import dataclass

from . import voice_a, voice_b, voice_c
from .facts import Facts
from .forms import FORMS, form
from .inline import bold
from .own import college_body, school_body
from .places import BEILUN, COLLEGE, JIANGXIA, PIDU, SCHOOL, YINZHOU, Region, School
from .planted import PLANTED
from .prints import Planted, Printer
from .styles import C_AUTO, C_TYPED, A, B, House
from .writer import Writer

_BODIES = {"A": voice_a.body, "B": voice_b.body, "C": voice_c.body}


@dataclass(frozen=True, slots=True)
class Report:
    """One file: its cover lines (the title first), whom it is about, the house, and the rare markup it shows."""

    path: str
    year: int
    cover: tuple[str, ...]
    house: House
    date: str
    region: Region | None = None
    school: School | None = None
    extras: frozenset[str] = frozenset()


def _pidu(year: int, *extras: str) -> Report:
    cover = ("四川省成都市郫都区职业教育质量年度报告", f"（{year}年度）", PIDU.publisher, f"{year}年12月")
    return Report(
        f"{year}/成都市郫都区职业教育质量年度报告（{year}年度）.docx",
        year,
        cover,
        A,
        f"{year}-12-20",
        PIDU,
        extras=frozenset(extras),
    )


def _yinzhou(year: int, printed: str, *extras: str) -> Report:
    cover = (f"{year}年宁波市鄞州区中等职业教育质量年报", YINZHOU.publisher, printed)
    return Report(
        f"{year}/{year}年宁波市鄞州区中等职业教育质量年报.docx",
        year,
        cover,
        B,
        f"{year + 1}-01-15",
        YINZHOU,
        extras=frozenset(extras),
    )


def _beilun(year: int, house: House, *extras: str) -> Report:
    cover = (
        "宁波市北仑区职业教育质量报告",
        f"({year})",
        f"发布单位：{BEILUN.publisher}",
        f"{year + 1} 年 1 月 10 日",
    )
    return Report(
        f"{year}/宁波市北仑区职业教育质量报告({year}).docx",
        year,
        cover,
        house,
        f"{year + 1}-01-10",
        BEILUN,
        extras=frozenset(extras),
    )


def _jiangxia(year: int, *extras: str) -> Report:
    cover = ("武汉市江夏区中等职业教育质量年度报告", f"{year}年", JIANGXIA.publisher, f"{year}.12")
    return Report(
        f"{year}/武汉市江夏区{year}年度中等职业教育质量报告.docx",
        year,
        cover,
        B,
        f"{year}-12-28",
        JIANGXIA,
        extras=frozenset(extras),
    )


REPORTS = (
    _pidu(2022, "shifted", "control"), _pidu(2023, "box"), _pidu(2024, "revisions", "control"),
    _yinzhou(2022, "二〇二三年一月", "note"), _yinzhou(2023, "二〇二四年元月", "revisions"), _yinzhou(2024, "二〇二五年一月", "box"),
    _beilun(2022, C_AUTO, "control"), _beilun(2023, C_TYPED, "box"), _beilun(2024, C_AUTO, "shifted"),
    _jiangxia(2022, "box"), _jiangxia(2023, "control", "note"), _jiangxia(2024, "nested", "note"),
    Report(f"2023/{SCHOOL.name}教育质量年度报告（2022—2023学年）.docx", 2023,
           (f"{SCHOOL.name}", "教育质量年度报告", "（2022—2023学年）", "2023年11月"), A, "2023-11-30", school=SCHOOL),
    Report(f"2024/{COLLEGE.name}高等职业教育质量年度报告.docx", 2024,
           (f"{COLLEGE.name}高等职业教育质量年度报告（2024年度）", COLLEGE.name, "2024年12月"), C_AUTO, "2024-12-18", school=COLLEGE),
)  # fmt: skip
# The same bytes handed in twice under two names.
DUPLICATES = {"2024/江夏区质量报告（报送稿）.docx": "2024/武汉市江夏区2024年度中等职业教育质量报告.docx"}


def write(report: Report, planted: tuple[Planted, ...] = PLANTED) -> tuple[bytes, dict[str, str]]:
    """A report's bytes, and for each contradiction that was printed in it the value that it contradicts, by place."""
    show = Printer({p.place: p for p in planted if p.file == report.path})
    facts = Facts(report.year, show, report.region, report.school)
    author = report.region.publisher if report.region else report.cover[0]
    w = Writer(report.house, report.cover[0], author, report.date)
    _cover(w, report)
    w.toc()
    w.page_break()
    if report.region:
        _BODIES[report.house.name[0]](w, facts, report.region, report.extras)
    elif facts.is_college:
        college_body(w, facts)
    else:
        school_body(w, facts)
    _annex(w, facts, report.house)
    if unused := set(show.planted) - set(show.used):
        raise ValueError(f"{report.path}: no figure is printed at {sorted(unused)}")
    return w.bytes(), show.used


def archive(planted: tuple[Planted, ...] = PLANTED) -> dict[str, bytes]:
    """Every file of the archive by its path."""
    files = {r.path: write(r, planted)[0] for r in REPORTS}
    return files | {copy: files[original] for copy, original in DUPLICATES.items()}


def _cover(w: Writer, report: Report) -> None:
    title, *lines = report.cover
    if report.house is B:
        w.centred(bold(title, 44))
    else:
        w.centred(title, style="title")
    for line in lines:
        w.centred(line)
    w.page_break()


def _annex(w: Writer, facts: Facts, house: House) -> None:
    """The six forms: a column for two years in house C, a column left empty in house B."""
    two = house.name.startswith("C")
    years = [facts.year - 1, facts.year] if two else [facts.year]
    w.title_line(1, "附表" if not two else "附  表")
    for n, name in enumerate(FORMS, 1):
        label = {"A": f"附表{n} {name}", "B": f"表{n} {name}", "C": f"附表{n}：{name}"}[house.name[0]]
        w.annex_table(label, form(facts, name, years, spare=house is B and name != "教学资源表"))
