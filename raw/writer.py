"""Calls in reading order (cover, heading, paragraph, table …) → the bytes of one report in its house style."""

from __future__ import annotations

from .grids import Rows, controlled, table
from .inline import Xml, bold, field, paragraph, picture, run, simple_field
from .ooxml import package, part, png
from .styles import BULLETS, CIRCLES, HEADINGS, LIST, House, numbering, styles

_CENTRED = '<w:jc w:val="center"/>'
__all__ = ["BULLETS", "CIRCLES", "LIST", "Writer"]


class Writer:
    """One report while it is written; `bytes` at the end."""

    def __init__(self, house: House, title: str, author: str, date: str) -> None:
        self.house, self.title, self.author, self.date = house, title, author, date
        self._body: list[str] = []
        self._counts: list[int] = []
        self._toc: list[tuple[int, str, str]] = []
        self._toc_at: int | None = None
        self._notes: list[str] = []
        self._links: list[str] = []
        self._images: list[bytes] = []
        self._captions = 0

    def add(self, xml: str) -> None:
        """Markup of whole paragraphs or tables."""
        self._body.append(xml)

    def para(self, *content: str) -> None:
        """A paragraph of body text."""
        self.add(paragraph(*content, props='<w:ind w:firstLineChars="200" w:firstLine="560"/>'))

    def centred(self, *content: str, style: str | None = None) -> None:
        """A line of the cover."""
        self.add(paragraph(*content, style=style, props=_CENTRED))

    def page_break(self) -> None:
        self.add(paragraph(Xml('<w:r><w:br w:type="page"/></w:r>')))

    def heading(self, level: int, text: str) -> None:
        """A numbered heading of level 1–3."""
        above, here = self._counts[: level - 1], self._counts[level - 1 : level] or [0]
        self._counts = [*above, here[0] + 1]
        number = self.house.number(self._counts)
        style = self.house.headings[level - 1]
        if self.house.automatic:
            self._heading(
                level,
                number + text,
                run(text),
                style,
                f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>',
            )
        else:
            self._heading(level, number + text, self._printed(number + text, level), style)

    def title_line(self, level: int, text: str) -> None:
        """A heading without a number of its own: 前言, 案例1：…, 附表."""
        style = self.house.headings[level - 1]
        props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' if self.house.automatic else ""
        self._heading(level, text, self._printed(text, level), style, props)

    def _printed(self, text: str, level: int) -> Xml:
        return run(text) if self.house.headings[level - 1] else bold(text, 34 - 2 * level)

    def _heading(self, level: int, full: str, shown: Xml, style: str | None, props: str = "") -> None:
        mark = len(self._toc) + 1
        if level < 3:
            self._toc.append((level, full, f"_Toc{9000 + mark}"))
        start = f'<w:bookmarkStart w:id="{mark}" w:name="_Toc{9000 + mark}"/>'
        self.add(
            paragraph(Xml(start), shown, Xml(f'<w:bookmarkEnd w:id="{mark}"/>'), style=style, props=props)
        )

    def toc(self) -> None:
        """The table of contents, filled in when everything is known."""
        self.centred(bold("目    录", 32))
        self._toc_at = len(self._body)
        self.add("")

    def _contents(self) -> str:
        lines = []
        for n, (level, text, mark) in enumerate(self._toc):
            page = field(f"PAGEREF {mark} \\h", str(1 + n // 2))
            inner = Xml(f'<w:hyperlink w:anchor="{mark}">{run(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>')
            first = Xml('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h </w:instrText>'
                        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>') if n == 0 else ""  # fmt: skip
            lines.append(paragraph(first, inner, style=f"toc{level}"))
        lines.append(paragraph(Xml('<w:r><w:fldChar w:fldCharType="end"/></w:r>')))
        return "".join(lines)

    def table(self, caption: str, rows: Rows, header: int = 1, note: str = "") -> None:
        """A table with its caption where the house puts it; `note` is a line of its own such as 单位：人."""
        self._set(table(rows, header), self._caption(caption), note)

    def controlled_table(self, caption: str, rows: Rows, header: int = 1) -> None:
        """A table inside a content control (w:sdt)."""
        self._set(controlled(table(rows, header)), self._caption(caption), "")

    def continued(self, caption: str, rows: Rows, header: int = 1) -> None:
        """The rest of the table before, under 续表 and the same number."""
        line = paragraph(f"续表{self._captions} {caption}", style=self.house.caption_style, props=_CENTRED)
        self._set(table(rows, header), line, "")

    def _set(self, drawn: Xml, caption: Xml, note: str) -> None:
        if self.house.captions_below:
            self.add(drawn + caption)
        else:
            self.add(caption + (paragraph(note, props='<w:jc w:val="right"/>') if note else "") + drawn)
        self.add("<w:p/>")

    def _caption(self, text: str) -> Xml:
        self._captions += 1
        shown = str(self._captions)
        number = simple_field("SEQ 表 \\* ARABIC", shown) if self.house.sequence else run(shown)
        return paragraph("表", number, f" {text}", style=self.house.caption_style, props=_CENTRED)

    def annex_table(self, caption: str, rows: Rows, header: int = 1) -> None:
        """A form of the annex: its own number is in the caption, always above."""
        self.add(paragraph(caption, style=self.house.caption_style, props=_CENTRED) + table(rows, header))
        self.add("<w:p/>")

    def items(self, kind: int, texts: list[str]) -> None:
        """A list whose marks Word computes: LIST, BULLETS or CIRCLES."""
        props = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{kind}"/></w:numPr>'
        for text in texts:
            self.add(paragraph(text, props=props))

    def figure(self, seed: int, name: str) -> None:
        """A picture with its legend below."""
        self._images.append(png(seed))
        self.centred(picture(len(self._images), name))
        self.centred(name)

    def footnote(self, text: str) -> Xml:
        """The mark of a new footnote, to be put into a paragraph."""
        self._notes.append(text)
        return Xml(
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self._notes)}"/></w:r>'
        )

    def link(self, text: str, address: str) -> Xml:
        """A link to the outside, to be put into a paragraph."""
        self._links.append(address)
        return Xml(f'<w:hyperlink r:id="rLink{len(self._links)}">{run(text)}</w:hyperlink>')

    def bytes(self) -> bytes:
        """The finished .docx."""
        if self._toc_at is not None:
            self._body[self._toc_at] = self._contents()
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="rPartheader"/>'
            '<w:footerReference w:type="default" r:id="rPartfooter"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        )
        parts = {
            "document": part("document", f"<w:body>{''.join(self._body)}{section}</w:body>"),
            "styles": styles(),
            "numbering": numbering(),
            "footnotes": part("footnotes", self._footnotes()),
            "header": part("hdr", paragraph(self.title)),
            "footer": part("ftr", paragraph("第 ", field("PAGE", "1"), " 页")),
        }
        return package(parts, self._images, self._links, self.title, self.author, self.date)

    def _footnotes(self) -> str:
        marks = "".join(
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        notes = (
            f'<w:footnote w:id="{n}">{paragraph(Xml("<w:r><w:footnoteRef/></w:r>"), text)}</w:footnote>'
            for n, text in enumerate(self._notes, 1)
        )
        return marks + "".join(notes)
