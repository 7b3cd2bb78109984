"""The number that Word prints before a paragraph."""

from __future__ import annotations

import pytest

from pipeline.read.numerals import printed
from tests.building import NS, docx, p


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    lvls = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n, level in enumerate(levels))
    return f'<w:numbering {NS}><w:abstractNum w:abstractNumId="0">{lvls}</w:abstractNum>{nums}</w:numbering>'


def level(form: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def item(ilvl: int, num: int = 1) -> str:
    return p("条", props=f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>')


def labels(parse, part: str, *items: str) -> list[str | None]:
    return [b.number for b in parse(docx("".join(items), extra={"numbering": part})).blocks]


def test_levels_count_and_start_again_below(parse) -> None:
    part = numbering(level("decimal", "%1"), level("decimal", "%1.%2"), level("decimal", "%1.%2.%3"))
    got = labels(parse, part, item(0), item(1), item(1), item(2), item(0), item(1))
    assert got == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]


def test_chinese_counting_above_arabic(parse) -> None:
    part = numbering(level("chineseCountingThousand", "%1、"), level("chineseCounting", "（%2）"))
    assert labels(parse, part, item(0), item(1), item(1), item(0)) == ["一、", "（一）", "（二）", "二、"]


def test_a_legal_level_prints_the_upper_ones_as_arabic(parse) -> None:
    part = numbering(level("chineseCounting", "第%1章"), level("decimal", "%1.%2", more="<w:isLgl/>"))
    assert labels(parse, part, item(0), item(1)) == ["第一章", "1.1"]


def test_a_level_that_never_restarts(parse) -> None:
    part = numbering(level("decimal", "%1"), level("decimal", "案例%2", more='<w:lvlRestart w:val="0"/>'))
    assert labels(parse, part, item(0), item(1), item(0), item(1)) == ["1", "案例1", "2", "案例2"]


def test_an_override_of_the_start_counts_once(parse) -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    part = numbering(level("decimal", "%1."), nums=nums)
    assert labels(parse, part, item(0), item(0), item(0, 2), item(0, 2)) == ["1.", "2.", "1.", "2."]


def test_two_numberings_of_one_list_count_on(parse) -> None:
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in (1, 2))
    assert labels(parse, numbering(level("decimal", "%1."), nums=nums), item(0), item(0, 2)) == ["1.", "2."]


def test_numbering_switched_off_and_numbering_that_is_missing(parse) -> None:
    found = parse(docx(item(0, 0) + item(0, 9), extra={"numbering": numbering(level("decimal", "%1"))}))
    assert [b.number for b in found.blocks] == [None, None]
    assert [n.code for n in found.notes] == ["numbering_missing"]


def test_an_automatic_serial_number_is_the_text_of_its_cell(parse) -> None:
    row = f"<w:tr><w:tc>{item(0).replace('条', '')}</w:tc><w:tc>{p('甲校')}</w:tc></w:tr>"
    found = parse(docx(f"<w:tbl>{row}{row}</w:tbl>", extra={"numbering": numbering(level("decimal", "%1"))}))
    assert [c.text for c in found.cells] == ["1", "甲校", "2", "甲校"]


@pytest.mark.parametrize(
    ("n", "form", "expected"),
    [
        (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十"), (105, "chineseCountingThousand", "一百〇五"),
        (1010, "chineseCountingThousand", "一千〇一十"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"), (11, "ideographTraditional", "11"), (3, "decimalEnclosedCircle", "③"),
        (14, "upperRoman", "XIV"), (4, "lowerRoman", "iv"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"), (2024, "ideographDigital", "二〇二四"), (5, "none", ""), (5, "unheard of", "5"),
    ],
)  # fmt: skip
def test_number_formats(n: int, form: str, expected: str) -> None:
    assert printed(n, form) == expected
