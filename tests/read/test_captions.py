"""Captions: above or below, styled or not, numbered by hand or by a field."""

from __future__ import annotations

from tests.building import CENTERED, docx, p, r, tbl

TABLE = tbl("学校 | 人数\n甲校 | 12")
PROSE = p("各校办学规模总体稳定，结构持续优化。")


def tied(parse, *body: str) -> list[tuple[str | None, str | None]]:
    """(number, caption) of each table."""
    return [(t.number, t.caption) for t in parse(docx("".join(body))).tables]


def test_a_caption_above(parse) -> None:
    assert tied(parse, PROSE, p("表1 学校规模", props=CENTERED), TABLE) == [("表1", "表1 学校规模")]


def test_a_caption_below(parse) -> None:
    assert tied(parse, PROSE, TABLE, p("表1 学校规模"), PROSE) == [("表1", "表1 学校规模")]


def test_captions_below_two_tables_in_a_row(parse) -> None:
    got = tied(parse, PROSE, TABLE, p("表1 甲"), TABLE, p("表2 乙"), PROSE)
    assert [n for n, _ in got] == ["表1", "表2"]


def test_captions_above_two_tables_in_a_row(parse) -> None:
    got = tied(parse, PROSE, p("表1 甲"), TABLE, p(), p("表2 乙"), TABLE, PROSE)
    assert [n for n, _ in got] == ["表1", "表2"]


def test_a_caption_whose_number_is_a_field(parse) -> None:
    caption = f'<w:p><w:pPr><w:pStyle w:val="cap"/></w:pPr>{r("表")}<w:fldSimple w:instr=" SEQ 表 ">{r("3")}</w:fldSimple>{r(" 师资")}</w:p>'
    assert tied(parse, caption, TABLE) == [("表3", "表3 师资")]


def test_a_line_for_the_unit_may_stand_between(parse) -> None:
    found = parse(docx(p("表1 经费") + p("单位：万元") + TABLE))
    assert [(t.caption, t.unit_note) for t in found.tables] == [("表1 经费", "单位：万元")]


def test_a_unit_in_the_caption(parse) -> None:
    assert parse(docx(p("表1 经费（单位：万元）") + TABLE)).tables[0].unit_note == "（单位：万元）"


def test_a_continued_table(parse) -> None:
    assert tied(parse, p("表9 分校人数"), TABLE, p("续表9", props=CENTERED), TABLE)[1] == ("续表9", "续表9")


def test_a_centred_title_without_number(parse) -> None:
    assert tied(parse, PROSE, p("专任教师年龄结构", props=CENTERED), TABLE) == [(None, "专任教师年龄结构")]


def test_prose_above_a_table_is_no_caption(parse) -> None:
    assert tied(parse, PROSE, TABLE) == [(None, None)]


def test_a_sentence_about_a_table_is_prose(parse) -> None:
    found = parse(docx(PROSE + p("表1显示，在校生规模逐年增长。") + PROSE))
    assert [b.kind for b in found.blocks] == ["paragraph"] * 3


def test_a_figure_caption_belongs_to_no_table(parse) -> None:
    found = parse(docx(p("图1 实训楼") + TABLE))
    assert [(b.kind, b.number, b.table_no) for b in found.blocks] == [
        ("caption", "图1", None),
        ("table", None, 1),
    ]
    assert found.tables[0].caption is None


def test_a_caption_without_a_table_is_noted(parse) -> None:
    found = parse(docx(p("表7 无表可依") + PROSE))
    assert [n.code for n in found.notes] == ["caption_untied"]


def test_tables_after_the_annex_heading_are_annex(parse) -> None:
    found = parse(
        docx(
            p("一、概况", "1") + TABLE + p("附表", "1") + p("表1 计分卡") + TABLE + p("附表2 满意度") + TABLE
        )
    )
    assert [t.annex for t in found.tables] == [False, True, True]


def test_an_annex_caption_outside_an_annex_section(parse) -> None:
    assert parse(docx(p("附表3 教学资源表") + TABLE)).tables[0].annex
