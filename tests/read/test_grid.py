"""Tables: whatever Word tolerates, each position of the grid is in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.blocks import Structure, structure
from pipeline.read.body import read_body
from pipeline.read.package import open_package
from pipeline.rules import load
from tests.building import docx, p, r, tbl


def cells(found: Structure, table_no: int = 1) -> list[tuple]:
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in found.cells if c.table_no == table_no]


DRAWN = {
    "plain": ("学校 | 人数\n甲校 | 12", [(0, 0, 1, 1, "学校"), (0, 1, 1, 1, "人数"), (1, 0, 1, 1, "甲校"), (1, 1, 1, 1, "12")]),
    "header over two columns": (
        "学校 | 2022 | <\n^ | 男 | 女\n甲校 | 5 | 7",
        [
            (0, 0, 2, 1, "学校"), (0, 1, 1, 2, "2022"), (1, 1, 1, 1, "男"), (1, 2, 1, 1, "女"),
            (2, 0, 1, 1, "甲校"), (2, 1, 1, 1, "5"), (2, 2, 1, 1, "7"),
        ],
    ),
    "block merged both ways": (
        "合 | < | 1\n^ | < | 2",
        [(0, 0, 2, 2, "合"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2")],
    ),
    "row shifted to the right and cut short": (
        "甲 | 乙 | 丙\n~ | 1 | ~",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (0, 2, 1, 1, "丙"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "")],
    ),
    "row shorter than the others": (
        "甲 | 乙\n1",
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("drawing", "expected"), DRAWN.values(), ids=DRAWN.keys())
def test_drawn_table(parse, drawing: str, expected: list[tuple]) -> None:
    assert cells(parse(docx(tbl(drawing)))) == expected


def tc(text: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> bytes:
    return docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")


CONTINUE, RESTART = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'


def test_a_continuation_that_does_not_fit_the_cell_above_is_a_cell_of_its_own(parse) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    found = parse(table(tc("甲", wide + RESTART), tc("乙", CONTINUE) + tc("丙")))
    assert cells(found) == [(0, 0, 1, 2, "甲"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "丙")]


def test_a_continuation_in_the_first_row_is_a_cell_of_its_own(parse) -> None:
    assert cells(parse(table(tc("甲", CONTINUE), tc("", CONTINUE)))) == [(0, 0, 2, 1, "甲")]


def test_text_in_a_merged_away_cell_is_noted(parse) -> None:
    found = parse(table(tc("甲", RESTART), tc("遗留12", CONTINUE)))
    assert cells(found) == [(0, 0, 2, 1, "甲")]
    assert [(n.code, n.table_no, n.row, n.col) for n in found.notes] == [("grid_repaired", 1, 0, 0)]
    assert "遗留12" in found.notes[0].message


def test_the_old_horizontal_merge(parse) -> None:
    found = parse(table(tc("甲", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>") + tc("乙")))
    assert cells(found) == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


def test_a_tracked_insertion_in_a_cell_is_in_and_a_deleted_row_out(parse) -> None:
    inserted = (
        f"<w:tc><w:p><w:ins>{r('34')}</w:ins><w:del><w:r><w:delText>33</w:delText></w:r></w:del></w:p></w:tc>"
    )
    body = f"<w:tbl><w:tr>{tc('人数')}{inserted}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{tc('旧')}{tc('1')}</w:tr></w:tbl>"
    assert cells(parse(docx(body))) == [(0, 0, 1, 1, "人数"), (0, 1, 1, 1, "34")]


def test_rows_and_cells_in_content_controls(parse) -> None:
    sdt = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = sdt.format("<w:tbl>" + sdt.format(f"<w:tr>{sdt.format(tc('甲'))}{tc('1')}</w:tr>") + "</w:tbl>")
    assert cells(parse(docx(body))) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]


def test_a_nested_table_is_text_of_its_cell_and_a_table_after_the_bodys(parse) -> None:
    inner = tbl("男 | 女\n5 | 7")
    nested = f"<w:tc>{p('其中')}{inner}{p('（人）')}</w:tc>"
    found = parse(docx(f"<w:tbl><w:tr>{tc('甲校')}{nested}</w:tr></w:tbl>" + p("文") + tbl("乙 | 1")))
    assert cells(found, 1) == [(0, 0, 1, 1, "甲校"), (0, 1, 1, 1, "其中\n男\t女\n5\t7\n（人）")]
    assert cells(found, 2) == [(0, 0, 1, 1, "乙"), (0, 1, 1, 1, "1")]
    assert cells(found, 3) == [(0, 0, 1, 1, "男"), (0, 1, 1, 1, "女"), (1, 0, 1, 1, "5"), (1, 1, 1, 1, "7")]
    assert [t.block_no for t in found.tables] == [0, 2, 0]


def test_breaks_in_a_cell_are_line_breaks(parse) -> None:
    cell = f"<w:tc>{p('在校')}<w:p><w:r><w:t>生</w:t><w:br/><w:t>（人）</w:t></w:r></w:p></w:tc>"
    assert cells(parse(docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))) == [(0, 0, 1, 1, "在校\n生\n（人）")]


def test_a_repeated_header_row_is_marked(parse) -> None:
    body = f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{tc('学校')}</w:tr><w:tr>{tc('甲')}</w:tr></w:tbl>"
    assert [c.is_header_row for c in parse(docx(body)).cells] == [True, False]


@st.composite
def wild_rows(draw: st.DrawFn) -> str:
    """Rows with any mix of spans, merges and shifts, also ones that contradict each other."""
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        shift = f'<w:trPr><w:gridBefore w:val="{draw(st.integers(0, 2))}"/><w:gridAfter w:val="{draw(st.integers(0, 2))}"/></w:trPr>'
        row = []
        for _ in range(draw(st.integers(0, 5))):
            span = f'<w:gridSpan w:val="{draw(st.integers(0, 3))}"/>'
            merge = draw(
                st.sampled_from(["", "", CONTINUE, RESTART, "<w:hMerge/>", '<w:hMerge w:val="restart"/>'])
            )
            row.append(tc("格", span + merge))
        rows.append(f"<w:tr>{draw(st.sampled_from(['', shift]))}{''.join(row)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


@given(wild_rows())
def test_every_position_is_covered_exactly_once(body: str) -> None:
    rules = load()
    found = structure(read_body(open_package(docx(body), rules.limits), rules), rules.reading)
    table = found.tables[0]
    covered = sorted(
        (row, col)
        for c in found.cells
        for row in range(c.row, c.row + c.rowspan)
        for col in range(c.col, c.col + c.colspan)
    )
    assert covered == [(row, col) for row in range(table.n_rows) for col in range(table.n_cols)]
