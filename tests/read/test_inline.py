"""What a reader sees of a paragraph, and what not."""

from __future__ import annotations

import pytest

from tests.building import NS, docx, p, r

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText> {} </w:instrText></w:r>"
BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"

CASES = {
    "runs are joined": (r("专任教师") + r("345") + r("人"), "专任教师345人"),
    "an insertion is in, a deletion out": (
        f"<w:ins>{r('新增')}</w:ins><w:del><w:r><w:delText>旧有</w:delText></w:r></w:del>{r('12所')}",
        "新增12所",
    ),
    "text moved here is in, moved away is out": (
        f"<w:moveTo>{r('来')}</w:moveTo><w:moveFrom>{r('去')}</w:moveFrom>",
        "来",
    ),
    "a field shows its result, not its code": (
        FIELD.format("begin")
        + CODE.format("SEQ 表")
        + FIELD.format("separate")
        + r("7")
        + FIELD.format("end"),
        "7",
    ),
    "a field in the code of a field shows nothing": (
        FIELD.format("begin")
        + CODE.format("IF")
        + FIELD.format("begin")
        + CODE.format("PAGE")
        + FIELD.format("separate")
        + r("3")
        + FIELD.format("end")
        + FIELD.format("separate")
        + r("好")
        + FIELD.format("end"),
        "好",
    ),
    "a simple field": ('<w:fldSimple w:instr=" PAGE ">' + r("12") + "</w:fldSimple>", "12"),
    "a content control is opened": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>",
        "控件",
    ),
    "a hyperlink and a smart tag are opened": (
        f"<w:hyperlink><w:smartTag>{r('官网')}</w:smartTag></w:hyperlink>",
        "官网",
    ),
    "a tab, a line break, a page break": (
        '<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type="page"/><w:t>丁</w:t></w:r>',
        "甲\t乙\n丙丁",
    ),
    "a non-breaking hyphen is a hyphen": ("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t></w:r>", "3-5"),
    "a symbol is what its font shows": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
    "hidden text is out": (r("见") + r("不见", "<w:vanish/>") + r("仍见", '<w:vanish w:val="0"/>'), "见仍见"),
    "text in a hidden character style is out": (r("见") + r("不见", '<w:rStyle w:val="ghost"/>'), "见"),
    "a comment mark is out": (
        '<w:commentRangeStart w:id="0"/>' + r("正文") + '<w:r><w:commentReference w:id="0"/></w:r>',
        "正文",
    ),
    "ruby shows its base": (
        f"<w:r><w:ruby><w:rt>{r('nián')}</w:rt><w:rubyBase>{r('年')}</w:rubyBase></w:ruby></w:r>",
        "年",
    ),
    "a formula shows its characters": ("<m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath>", "x=3"),
}


@pytest.mark.parametrize(("content", "seen"), CASES.values(), ids=CASES.keys())
def test_what_a_reader_sees(parse, content: str, seen: str) -> None:
    assert [b.text for b in parse(docx(f"<w:p>{content}</w:p>")).blocks] == [seen]


def test_a_text_box_is_read_once_after_its_paragraph(parse) -> None:
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    blocks = parse(docx(f"<w:p>{r('框外')}{box}</w:p>" + p("之后"))).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("paragraph", "框外"),
        ("paragraph", "框内"),
        ("paragraph", "之后"),
    ]


def test_a_text_box_that_only_the_fallback_has(parse) -> None:
    box = f"<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert [b.text for b in parse(docx(f"<w:p>{box}</w:p>")).blocks] == ["框内"]


def test_a_picture_is_a_block_beside_its_text(parse) -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    blocks = parse(
        docx(f"<w:p>{picture}{r('图1 实训楼')}</w:p><w:p>{r('文前')}{picture}</w:p><w:p>{picture}</w:p>")
    ).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("image", ""), ("caption", "图1 实训楼"), ("paragraph", "文前"), ("image", ""), ("image", ""),
    ]  # fmt: skip


def test_notes_follow_the_paragraph_that_refers_to_them(parse) -> None:
    notes = f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2">{p("不含技工学校。")}</w:footnote></w:footnotes>'
    body = f'<w:p>{r("巩固率93.4%")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("下一段")
    blocks = parse(docx(body, extra={"footnotes": notes})).blocks
    assert [b.text for b in blocks] == ["巩固率93.4%", "不含技工学校。", "下一段"]


def test_what_only_a_note_hides_is_hidden_there(parse) -> None:
    """Whether anything is hidden is asked once for the body and its notes."""
    hidden = f"<w:p>{r('见')}{r('不见', '<w:vanish/>')}</w:p>"
    notes = f'<w:footnotes {NS}><w:footnote w:id="2">{hidden}</w:footnote></w:footnotes>'
    body = f'<w:p>{r("巩固率93.4%")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    blocks = parse(docx(body, extra={"footnotes": notes})).blocks
    assert [b.text for b in blocks] == ["巩固率93.4%", "见"]


def test_a_paragraph_whose_mark_was_deleted_runs_on(parse) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('在校生')}</w:p>"
    assert [b.text for b in parse(docx(first + p("6117人"))).blocks] == ["在校生6117人"]


def test_a_body_inside_content_controls_and_insertions(parse) -> None:
    body = f"<w:sdt><w:sdtContent>{p('甲')}<w:sdt><w:sdtContent>{p('乙')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    assert [b.text for b in parse(docx(body)).blocks] == ["甲", "乙"]
