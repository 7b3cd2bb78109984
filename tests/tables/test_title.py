"""A title inside the first row of a table is its caption, where it has no other."""

from __future__ import annotations

from pipeline.normalize.context import Context
from pipeline.read.blocks import structure
from pipeline.read.body import read_body
from pipeline.read.package import open_package
from pipeline.rules import Rules
from pipeline.tables import observe
from tests.building import docx, p, tbl

TITLED = """
青石区专任教师职称结构 | < | <
学校 | 高级 | 中级
海棠职校 | 12 | 30
青石工贸学校 | 9 | 21
"""


def caption(body: str, rules: Rules) -> str | None:
    found = structure(read_body(open_package(docx(body), rules.limits), rules), rules.reading)
    observe(found.tables, found.cells, Context(report_year=2023), rules)
    return found.tables[0].caption


def test_the_title_row_is_the_caption(rules: Rules) -> None:
    assert caption(p("各校师资稳定。") + tbl(TITLED), rules) == "青石区专任教师职称结构"


def test_a_caption_outside_the_table_stays(rules: Rules) -> None:
    assert caption(p("表3 师资") + tbl(TITLED), rules) == "表3 师资"
