"""Texts → runs and what stands among them: fields, revisions, links, hidden text, pictures, text boxes."""

from __future__ import annotations

from xml.sax.saxutils import escape

_WHEN = 'w:author="审核员" w:date="2024-12-01T09:00:00Z"'


class Xml(str):
    """A piece of WordprocessingML, as against plain text."""

    __slots__ = ()


def run(text: str, props: str = "") -> Xml:
    """A run; line breaks and tabs in the text become w:br and w:tab."""
    inner = []
    for n, line in enumerate(text.split("\n")):
        inner.append("<w:br/>" if n else "")
        inner.append(
            "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in line.split("\t"))
        )
    return Xml(f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(inner)}</w:r>")


def bold(text: str, size: int = 0) -> Xml:
    """A bold run, of `size` half-points if given."""
    return run(text, "<w:b/>" + (f'<w:sz w:val="{size}"/>' if size else ""))


def pieces(text: str) -> Xml:
    """One text in several runs with a proofing mark in between, as Word saves what was typed in bits."""
    third = max(1, len(text) // 3)
    cut = [text[:third], text[third : 2 * third], text[2 * third :]]
    return Xml('<w:proofErr w:type="spellStart"/>'.join(run(c) for c in cut if c))


def inserted(text: str) -> Xml:
    """A tracked insertion: part of the text."""
    return Xml(f'<w:ins w:id="901" {_WHEN}>{run(text)}</w:ins>')


def deleted(text: str) -> Xml:
    """A tracked deletion: no part of the text."""
    return Xml(
        f'<w:del w:id="902" {_WHEN}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def hidden(text: str) -> Xml:
    """Text that no reader sees."""
    return run(text, "<w:vanish/>")


def field(code: str, result: str) -> Xml:
    """A complex field: code and what it shows (§17.16.18)."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return Xml(
        f'{mark.format("begin")}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f"{mark.format('separate')}{run(result)}{mark.format('end')}"
    )


def simple_field(code: str, result: str) -> Xml:
    """The short form of a field (§17.16.19)."""
    return Xml(f'<w:fldSimple w:instr=" {escape(code)} ">{run(result)}</w:fldSimple>')


def paragraph(*content: str, style: str | None = None, props: str = "") -> Xml:
    """A paragraph of texts and pieces of markup."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{named}{props}</w:pPr>" if named or props else ""
    return Xml(f"<w:p>{ppr}{''.join(c if isinstance(c, Xml) else run(c) for c in content)}</w:p>")


def picture(number: int, name: str) -> Xml:
    """An inline picture of the document's relation rImage<number>."""
    size = 'cx="1828800" cy="1219200"'
    return Xml(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="图片 {number}" descr="{escape(name)}"/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(text: str) -> Xml:
    """A text box, once as a shape and once as the fallback for old readers; it is to be read once."""
    inside = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return Xml(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" '
        'distR="0"><wp:extent cx="3600000" cy="720000"/><wp:docPr id="77" name="文本框 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:280pt;height:56pt">'
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
