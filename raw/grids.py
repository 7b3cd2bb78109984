"""Drawn rows → a table in WordprocessingML: spans, vertical merges, shifted rows, header rows, content controls.

A cell is its text; `<` is covered by the cell to its left, `^` by the one above, `~` is left out of the row.
"""

from __future__ import annotations

from .inline import Xml, paragraph

Rows = list[list[str]]


def table(rows: Rows, header: int = 1) -> Xml:
    """The table of drawn rows, the first `header` of them repeated on every page."""
    width = len(rows[0])
    cols = "".join(f'<w:gridCol w:w="{9000 // width}"/>' for _ in range(width))
    body = "".join(_row(rows, n, n < header, 9000 // width) for n in range(len(rows)))
    return Xml(
        '<w:tbl><w:tblPr><w:tblStyle w:val="grid"/><w:tblW w:w="9000" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{cols}</w:tblGrid>{body}</w:tbl>"
    )


def controlled(inner: Xml) -> Xml:
    """A table or paragraph inside a content control (w:sdt)."""
    return Xml(
        f'<w:sdt><w:sdtPr><w:alias w:val="数据区"/><w:id w:val="77001"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )


def _row(rows: Rows, n: int, header: bool, unit: int) -> str:
    row = rows[n]
    if len(row) != len(rows[0]):
        raise ValueError(f"row {n} has {len(row)} cells, the table {len(rows[0])}: {row}")
    inner = row[:]
    before = next((i for i, c in enumerate(inner) if c != "~"), 0)
    after = next((i for i, c in enumerate(reversed(inner)) if c != "~"), 0)
    props = f'<w:gridBefore w:val="{before}"/>' if before else ""
    props += f'<w:gridAfter w:val="{after}"/>' if after else ""
    props += "<w:tblHeader/>" if header else ""
    cells = []
    for col in range(before, len(inner) - after):
        if inner[col] == "<":
            continue
        span = 1
        while col + span < len(inner) and inner[col + span] == "<":
            span += 1
        below = n + 1 < len(rows) and rows[n + 1][col] == "^"
        cells.append(_cell(inner[col], span, below, unit))
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{''.join(cells)}</w:tr>"


def _cell(text: str, span: int, below: bool, unit: int) -> str:
    props = f'<w:tcW w:w="{span * unit}" w:type="dxa"/>' + (
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    )
    if text == "^":
        return f"<w:tc><w:tcPr>{props}<w:vMerge/></w:tcPr><w:p/></w:tc>"
    props += '<w:vMerge w:val="restart"/>' if below else ""
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{_content(text)}</w:tc>"


def _content(text: str) -> str:
    """A cell's paragraphs; markup of whole paragraphs or tables stands as it is."""
    if isinstance(text, Xml):
        return text if text.startswith(("<w:p>", "<w:tbl>")) else paragraph(text)
    return paragraph(text)
