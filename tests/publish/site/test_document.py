"""One report → HTML: what stands where, and what a mark carries."""

from __future__ import annotations

from typing import Any

from pipeline.publish.site.document import body
from pipeline.publish.site.reports import Report


def block(number: int, text: str, kind: str = "paragraph", level: int | None = None) -> dict[str, Any]:
    return {"block_no": number, "kind": kind, "text": text, "level": level}


def value(origin: str, anchor: str, print_: str, **other: Any) -> dict[str, Any]:
    return {"origin": origin, "origin_no": 0, "anchor": anchor, "print": print_, "confidence": 0.95,
            "indicator_id": "graduates", "block_no": None, "start": None, "end": None} | other  # fmt: skip


def note(**place: Any) -> dict[str, Any]:
    return {"table_no": None, "row": None, "col": None, "block_no": None, "start": None, "end": None} | place


def cell(
    row: int, col: int, text: str, role: str = "value", rowspan: int = 1, colspan: int = 1
) -> dict[str, Any]:
    return {"row": row, "col": col, "text": text, "role": role, "rowspan": rowspan, "colspan": colspan}


def test_a_number_in_prose_and_one_that_was_not_taken() -> None:
    report = Report({}, blocks=[block(3, "2023年毕业生431人")],
                    values=[value("prose", "b3-8", "431人", block_no=3, start=8, end=12)],
                    notes=[note(block_no=3, start=0, end=5)])  # fmt: skip
    assert body(report) == (
        '<p id="b3" class="paragraph"><span id="b3-0" class="n" tabindex="-1" data-n="0">2023年</span>毕业生'
        '<mark id="b3-8" class="v" tabindex="-1" data-v="0">431人</mark></p>'
    )


def test_a_heading_stands_below_the_title_of_the_page() -> None:
    assert body(Report({}, blocks=[block(0, "一、规模", "heading", 1)])) == '<h2 id="b0">一、规模</h2>'


def test_a_table_keeps_its_merges_and_a_composite_cell_carries_all_its_values() -> None:
    report = Report({}, blocks=[block(1, "", "table")],
                    tables=[{"table_no": 2, "block_no": 1, "n_rows": 2, "caption": None}],
                    values=[value("table", "t2r1c1", "22人"), value("table", "t2r1c1", "10天", indicator_id=None)],
                    notes=[note(table_no=2, row=1, col=1), note(table_no=2, row=1, col=0)])  # fmt: skip
    report.cells[2] = [
        cell(0, 0, "培训", "header", colspan=2),
        cell(1, 0, "1", "stub"),
        cell(1, 1, "22人\n10天"),
    ]
    assert body(report) == (
        '<div class="table" id="t2" role="region" tabindex="0" aria-label="第2个表"><table>'
        '<tr><th colspan="2">培训</th></tr>\n'
        '<tr><th><span id="t2r1c0" class="n" tabindex="-1" data-n="1">1</span></th>'
        '<td><mark id="t2r1c1" class="v" tabindex="-1" data-v="0 1" data-n="0">22人<br>10天</mark></td></tr>'
        "</table></div>"
    )


def test_text_that_looks_like_markup_is_text_everywhere() -> None:
    evil = '<b onclick="x">\'&\n'
    report = Report({}, blocks=[block(0, evil), block(1, "", "table")],
                    tables=[{"table_no": 1, "block_no": 1, "n_rows": 1, "caption": evil}],
                    values=[value("table", "t1r0c0", evil)])  # fmt: skip
    report.cells[1] = [cell(0, 0, evil), cell(0, 1, evil, "header")]
    made = body(report)
    assert "<b" not in made.replace("<br>", "")
    assert made.count("&lt;b onclick=&quot;x&quot;&gt;&#x27;&amp;") == 4


def test_a_mark_says_the_gravest_finding_and_doubt() -> None:
    report = Report({}, blocks=[block(0, "9人")],
                    values=[value("prose", "b0-0", "9人", block_no=0, start=0, end=2, confidence=0.5, indicator_id=None)])  # fmt: skip
    report.findings["prose", 0] = [{"severity": "info"}, {"severity": "error"}]
    assert 'class="v f-error low unknown"' in body(report)
