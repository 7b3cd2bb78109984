"""Small real .docx files for the tests: WordprocessingML in, bytes out; tables are drawn.

A drawn table has a row a line and cells parted by `|`. `<` is covered by the cell to its left, `^` by the
cell above, `~` is left out of the row (gridBefore, gridAfter).
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

STYLES = f"""<w:styles {NS}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="标题 3"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的二级"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="outline"><w:name w:val="正文大纲"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="character" w:styleId="ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def docx(body: str, *, styles: str | None = STYLES, extra: dict[str, str] | None = None) -> bytes:
    """The bytes of a document with `body` in w:body; `extra` adds parts by kind (numbering, footnotes …)."""
    parts = dict(extra or {})
    if styles is not None:
        parts["styles"] = styles
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({k: f"{k}.xml" for k in parts}),
        "word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>",
    }
    files |= {f"word/{kind}.xml": xml for kind, xml in parts.items()}
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip with these files: the same bytes whenever it is made, so that what stands on them is known before."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def p(text: str = "", style: str = "", props: str = "", run: str = "") -> str:
    """A paragraph of one run. `props` goes into w:pPr, `run` into w:rPr."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{styled}{props}</w:pPr>" if styled or props else ""
    return f"<w:p>{ppr}{r(text, run) if text else ''}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run."""
    rpr = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


BOLD = "<w:b/>"
CENTERED = '<w:jc w:val="center"/>'


def tbl(drawing: str) -> str:
    """The w:tbl of a drawn table."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(_row(rows, k) for k in range(len(rows)))}</w:tbl>"


def _row(rows: list[list[str]], k: int) -> str:
    row = rows[k]
    before = next((i for i, c in enumerate(row) if c != "~"), len(row))
    after = next((i for i, c in enumerate(reversed(row)) if c != "~"), 0)
    shift = f'<w:gridBefore w:val="{before}"/>' if before else ""
    shift += f'<w:gridAfter w:val="{after}"/>' if after else ""
    cells = []
    col = before
    while col < len(row) - after:
        span = 1
        while col + span < len(row) and row[col + span] == "<":
            span += 1
        down = k + 1 < len(rows) and col < len(rows[k + 1]) and rows[k + 1][col] == "^"
        cells.append(_cell(row[col], span, down))
        col += span
    trpr = f"<w:trPr>{shift}</w:trPr>" if shift else ""
    return f"<w:tr>{trpr}{''.join(cells)}</w:tr>"


def _cell(text: str, span: int, starts: bool) -> str:
    props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if text == "^":
        props += "<w:vMerge/>"
    elif starts:
        props += '<w:vMerge w:val="restart"/>'
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p('' if text == '^' else text)}</w:tc>"


def _relations(targets: dict[str, str]) -> str:
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
