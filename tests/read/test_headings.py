"""Headings: by style, and by number and shape where the author used none."""

from __future__ import annotations

import pytest

from tests.building import BOLD, CENTERED, docx, p
from tests.read.test_numbering import level, numbering

PROSE = p("本区统筹推进职业教育与区域产业协同发展，办学条件持续改善，育人质量稳步提升。")


def outline(parse, *paragraphs: str, **parts: object) -> list[tuple[int | None, str | None, str]]:
    """(level, number, text) of the headings."""
    blocks = parse(docx("".join(paragraphs), **parts)).blocks
    return [(b.level, b.number, b.text) for b in blocks if b.kind == "heading"]


def test_styled_headings_by_name_localized_name_basis_and_outline_level(parse) -> None:
    got = outline(
        parse,
        p("发展概况", "1"), p("学生规模", "2"), p("专业结构", "3"), p("师资队伍", "mine"), p("办学条件", "outline"),
        p("直接大纲", props='<w:outlineLvl w:val="0"/>'), PROSE,
    )  # fmt: skip
    assert got == [
        (1, None, "发展概况"), (2, None, "学生规模"), (3, None, "专业结构"), (2, None, "师资队伍"),
        (2, None, "办学条件"), (1, None, "直接大纲"),
    ]  # fmt: skip


@pytest.mark.parametrize("look", ["", BOLD], ids=["plain", "bold"])
def test_a_dotted_number_says_the_level_whatever_the_look(parse, look: str) -> None:
    got = outline(
        parse,
        p("2.就业质量", "1"),
        PROSE,
        p("2.5毕业去向", "2"),
        PROSE,
        p("2.5.4技工学校毕业去向", run=look),
        PROSE,
    )
    assert got[-1] == (3, "2.5.4", "2.5.4技工学校毕业去向")


def test_typed_chinese_numbers_nest_as_they_stand(parse) -> None:
    got = outline(
        parse, p("一、基本情况"), PROSE, p("（一）学生规模"), PROSE, p("1.在校生"), PROSE, p("2.毕业生"), PROSE,
        p("（二）师资队伍"), PROSE, p("二、学生发展"), PROSE,
    )  # fmt: skip
    assert got == [
        (1, "一、", "一、基本情况"), (2, "（一）", "（一）学生规模"), (3, "1.", "1.在校生"), (3, "2.", "2.毕业生"),
        (2, "（二）", "（二）师资队伍"), (1, "二、", "二、学生发展"),
    ]  # fmt: skip


def test_a_series_that_begins_anew_inside_a_case_stands_below_it(parse) -> None:
    got = outline(
        parse, p("八、典型案例"), PROSE, p("案例1：以赛促教"), p("一、背景"), PROSE, p("二、做法"), PROSE,
        p("案例2：课堂革命"), p("一、背景"), PROSE, p("九、面临挑战"), PROSE,
    )  # fmt: skip
    assert [(lv, n) for lv, n, _ in got] == [
        (1, "八、"), (2, "案例1"), (3, "一、"), (3, "二、"), (2, "案例2"), (3, "一、"), (1, "九、"),
    ]  # fmt: skip


def test_chapters_and_sections(parse) -> None:
    got = outline(
        parse,
        p("第一章 概况", run=BOLD),
        PROSE,
        p("第一节 规模", run=BOLD),
        PROSE,
        p("第二章 教学", run=BOLD),
        PROSE,
    )
    assert [(lv, n) for lv, n, _ in got] == [(1, "第一章"), (2, "第一节"), (1, "第二章")]


def test_arabic_chapters_over_dotted_sections(parse) -> None:
    got = outline(
        parse, p("1.概况", run=BOLD), PROSE, p("1.1规模"), PROSE, p("2.教学", run=BOLD), p("2.1课程"), PROSE
    )
    assert [(lv, n) for lv, n, _ in got] == [(1, "1."), (2, "1.1"), (1, "2."), (2, "2.1")]


def test_a_bold_line_without_number_is_a_heading_below_the_open_one(parse) -> None:
    got = outline(parse, p("一、概况"), PROSE, p("特色做法", run=BOLD), PROSE, p("推广价值", run=BOLD), PROSE)
    assert got[1:] == [(2, None, "特色做法"), (2, None, "推广价值")]


def test_a_heading_that_lost_its_number_is_known_by_its_words(parse) -> None:
    case = [p("一、背景"), PROSE, p("二、成效"), PROSE]
    got = outline(
        parse,
        p("案例1：甲"),
        *case,
        p("案例2：乙"),
        *case,
        p("案例3：丙"),
        p("一、背景"),
        PROSE,
        p("成效"),
        PROSE,
    )
    assert got[-1] == (2 if got[0][0] == 1 else 3, None, "成效")


def test_the_automatic_number_is_the_number_of_the_heading(parse) -> None:
    part = numbering(level("chineseCounting", "%1、"), level("decimal", "%1.%2", more="<w:isLgl/>"))
    num = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    got = outline(
        parse,
        p("概况", "1", num.format(0)),
        PROSE,
        p("规模", "2", num.format(1)),
        PROSE,
        extra={"numbering": part},
    )
    assert got == [(1, "一、", "概况"), (2, "1.1", "规模")]


@pytest.mark.parametrize(
    "line",
    [
        "一是完善机制，二是加强保障。", "3．组织师生参加技能竞赛，激发教学热情。", "2024年5月举办开放日",
        "12人获得一等奖", "1.25万元用于设备更新", "第二届技能节", "案例3个入选省级名单", "表彰大会",
    ],
)  # fmt: skip
def test_lines_that_only_begin_with_a_number_are_no_headings(parse, line: str) -> None:
    assert outline(parse, p("一、概况", "1"), PROSE, p(line), PROSE) == [(1, "一、", "一、概况")]


def test_a_run_of_numbered_lines_is_a_list(parse) -> None:
    lines = [p(f"{n}.{text}") for n, text in enumerate(("完善制度", "优化课程", "改进评价"), 1)]
    assert outline(parse, p("一、举措", "1"), PROSE, *lines, PROSE) == [(1, "一、", "一、举措")]


def test_the_lines_of_the_cover_are_no_headings(parse) -> None:
    big = '<w:b/><w:sz w:val="44"/>'
    got = outline(
        parse,
        p("临江市职业教育质量年度报告", props=CENTERED, run=big),
        p("（2023年度）", run=big),
        p("一、概况"),
        PROSE,
    )
    assert got == [(1, "一、", "一、概况")]


def test_sections_are_the_headings_from_the_top(parse) -> None:
    blocks = parse(
        docx(p("一、概况", "1") + p("（一）规模", "2") + PROSE + p("二、教学", "1") + PROSE)
    ).blocks
    assert [b.section for b in blocks if b.kind == "paragraph"] == ["一、概况 > （一）规模", "二、教学"]


def test_a_heading_style_on_a_whole_paragraph_of_prose_is_prose(parse) -> None:
    long = "本校坚持立德树人，" * 20 + "成效明显。"
    assert outline(parse, p("一、概况", "1"), p(long, "2")) == [(1, "一、", "一、概况")]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def test_the_contents_field_is_contents_to_its_end(parse) -> None:
    begin = (
        FIELD.format("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + FIELD.format("separate")
    )
    body = (
        p("目  录") + f"<w:p>{begin}<w:r><w:t>一、概况</w:t><w:tab/><w:t>1</w:t></w:r></w:p>" + p("二、教学\t2")
        + f"<w:p>{FIELD.format('end')}</w:p>" + p("一、概况", "1") + PROSE
    )  # fmt: skip
    assert [b.kind for b in parse(docx(body)).blocks] == ["toc", "toc", "toc", "heading", "paragraph"]


def test_contents_typed_by_hand(parse) -> None:
    body = p("目录") + p("一、概况……………1") + p("（一）规模\t2") + p("一、概况") + PROSE
    assert [b.kind for b in parse(docx(body)).blocks] == ["toc", "toc", "toc", "heading", "paragraph"]


def test_cases_stand_below_the_section_that_gathers_them(parse) -> None:
    got = outline(
        parse, p("三、质量"), PROSE, p("（三）典型案例"), p("案例1：以赛促教"), PROSE, p("案例2：课堂革命"), PROSE,
        p("四、条件"), PROSE,
    )  # fmt: skip
    assert [(lv, n) for lv, n, _ in got] == [
        (1, "三、"),
        (2, "（三）"),
        (3, "案例1"),
        (3, "案例2"),
        (1, "四、"),
    ]


def test_a_year_glued_to_the_number_is_not_part_of_it(parse) -> None:
    got = outline(parse, p("7.亮点", "1"), PROSE, p("7.12023年新进展", run=BOLD), PROSE)
    assert got[-1] == (2, "7.1", "7.12023年新进展")
