"""The body of a document → its paragraphs and tables in reading order, in one walk.

What a paragraph *is* (heading, caption, list …) is decided later, from the evidence gathered here.
Notes and text boxes follow the paragraph they hang on; tables inside tables are numbered after the body's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.notes import Failure
from pipeline.read.grid import DELETED, Grid, read_grid
from pipeline.read.inline import (
    ALTERNATE,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    TBL,
    TRANSPARENT,
    VANISH,
    Element,
    Inline,
    P,
    R,
    T,
    chosen,
)
from pipeline.read.numbering import Numbering, read_numbering
from pipeline.read.package import Package, W, first_child, natural
from pipeline.read.styles import Style, Styles, is_on, numbering_of, outline_level, read_styles
from pipeline.rules import Rules

_VAL: Final = f"{W}val"
_GALLERY: Final = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"
_STYLE: Final = f"{W}pStyle"
_JC: Final = f"{W}jc"
_OUTLINE: Final = f"{W}outlineLvl"
_NUM: Final = f"{W}numPr"
_BOLD: Final = f"{W}b"
_SIZE: Final = f"{W}sz"
_TCPR: Final = f"{W}tcPr"
_PLAIN: Final = Style()


@dataclass(slots=True)
class Paragraph:
    """One paragraph with the evidence of what it is. `number` is the automatic number, '' for none."""

    text: str
    style: Style = _PLAIN
    number: str | None = ""
    bold: bool = False
    size: int | None = None
    centered: bool = False
    contents: bool = False
    image_before: bool = False
    image_after: bool = False


@dataclass(slots=True)
class BodyTable:
    """One table, with the tables inside its cells in reading order."""

    grid: Grid
    nested: list[BodyTable] = field(default_factory=list)


Item = Paragraph | BodyTable


def read_body(package: Package, rules: Rules) -> list[Item]:
    """Return the paragraphs (also empty ones) and tables of the document. Failure: TOO_LARGE, TOO_DEEP."""
    styles = read_styles(package.parts.get("styles"), rules.reading)
    walk = _Walk(package, rules, styles, read_numbering(package.parts.get("numbering")))
    try:
        walk.blocks(package.document.find(f"{W}body"), False)
    except RecursionError as e:
        raise Failure("TOO_DEEP", "elements nested beyond the limit") from e
    return walk.items


class _Walk:
    """The one walk: where we are, and what has been read so far."""

    def __init__(self, package: Package, rules: Rules, styles: Styles, numbering: Numbering) -> None:
        self.items: list[Item] = []
        self.styles = styles
        self.numbering = numbering
        hides = bool(styles.hidden_runs) or _holds(package, VANISH)
        self.inline = Inline(rules.reading.symbols, styles.hidden_runs, hides)
        self.deletes = _holds(package, *DELETED)
        self.max_positions = rules.limits.cells
        self.evidence_chars = 2 * rules.reading.heading_max_chars
        self.notes = {kind: _by_id(package.parts.get(kind)) for kind in ("footnotes", "endnotes")}
        self.nested: list[BodyTable] = []
        self.joined: Paragraph | None = None
        self.mark_gone = False

    def blocks(self, parent: Element | None, contents: bool) -> None:
        """Read the paragraphs and tables below `parent`; `contents` marks a table of contents."""
        for child in parent if parent is not None else ():
            tag = child.tag
            if tag == P:
                self.paragraph(child, contents)
            elif tag == TBL:
                self.items.append(self.table(child))
            elif tag == SDT:
                gallery = child.find(_GALLERY)
                toc = gallery is not None and gallery.get(_VAL) == "Table of Contents"
                self.blocks(child.find(SDT_CONTENT), contents or toc)
            elif tag in TRANSPARENT:
                self.blocks(child, contents)
            elif tag == ALTERNATE:
                self.blocks(chosen(child), contents)

    def paragraph(self, p: Element, contents: bool) -> None:
        """Read one paragraph, then the notes and text boxes that hang on it."""
        inline = self.inline
        before = inline.contents
        text = inline.text(p)
        para = self._described(p, text)
        para.contents = contents or bool(before or inline.contents)
        if inline.images:
            para.image_before = any(at == 0 for at in inline.images) or not text.strip()
            para.image_after = any(at > 0 for at in inline.images) and bool(text.strip())
        self._append(para)
        if inline.boxes or inline.notes or inline.images:
            boxes, notes = inline.boxes, inline.notes
            inline.forget()
            for box in boxes:
                self.blocks(box, contents)
            for kind, note_id in notes:
                self.blocks(self.notes[kind].get(note_id), contents)

    def _append(self, para: Paragraph) -> None:
        """Add a paragraph; one whose mark was deleted runs on into the next (§17.13.5.15)."""
        if self.joined is not None:
            self.joined.text += para.text
            self.joined.image_after |= para.image_before or para.image_after
            para = self.joined
        else:
            self.items.append(para)
        self.joined = para if self.mark_gone else None

    def _described(self, p: Element, text: str) -> Paragraph:
        """The paragraph with style, number and, where it is short, the look of its characters."""
        style, centered = self.styles.default, None
        number: str | None = ""
        self.mark_gone = False
        for ppr in p:
            if ppr.tag == PPR:
                style, centered = self._style(ppr)
                number = self._number(ppr, style) if text.strip() else ""
            break
        if style.hidden:
            text = ""
        para = Paragraph(text, style, number)
        para.centered = bool(style.centered if centered is None else centered)
        # How the characters look matters only where the style does not say what the paragraph is.
        if text and not style.kind and not self.inline.contents:
            if len(text) > self.evidence_chars:
                para.size = _first_size(p) or style.size or self.styles.default.size
            else:
                para.bold, para.size = _look(p, style, self.styles.default)
        return para

    def _style(self, ppr: Element) -> tuple[Style, bool | None]:
        style, centered = self.styles.default, None
        outline: int | None = None
        for prop in ppr:
            tag = prop.tag
            if tag == _STYLE:
                style = self.styles.of(prop.get(_VAL))
            elif tag == _JC:
                centered = prop.get(_VAL) == "center"
            elif tag == _OUTLINE:
                outline = outline_level(ppr)
            elif tag == RPR and self.deletes:
                self.mark_gone = any(mark.tag in DELETED for mark in prop)
        if outline is not None and outline <= 9 and not style.kind:
            style = replace(style, kind="heading", level=outline)
        return style, centered

    def _number(self, ppr: Element, style: Style) -> str | None:
        num = first_child(ppr, _NUM)
        num_id, ilvl = numbering_of(num) if num is not None else (None, style.ilvl)
        num_id = num_id or style.num_id
        return self.numbering.next_label(num_id, ilvl) if num_id else ""

    def table(self, tbl: Element) -> BodyTable:
        """Read a table; the tables inside its cells are kept with it."""
        outer, self.nested = self.nested, []
        grid = read_grid(tbl, self.cell_text, self.max_positions)
        table = BodyTable(grid, self.nested)
        self.nested = outer
        return table

    def cell_text(self, tc: Element) -> str:
        """The text of a cell: its paragraphs, and the rows of tables inside it, a line each."""
        lines: list[str] = []
        self._cell_lines(tc, lines)
        return lines[0] if len(lines) == 1 else "\n".join(lines)

    def _cell_lines(self, parent: Element, lines: list[str]) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                lines.append(self._cell_paragraph(child))
            elif tag == _TCPR:
                continue
            elif tag == TBL:
                table = self.table(child)
                self.nested.append(table)
                lines.extend(_row_lines(table.grid))
            elif tag == SDT and (content := child.find(SDT_CONTENT)) is not None:
                self._cell_lines(content, lines)
            elif tag in TRANSPARENT:
                self._cell_lines(child, lines)
            elif tag == ALTERNATE:
                self._cell_lines(chosen(child), lines)

    def _cell_paragraph(self, p: Element) -> str:
        """A paragraph of a cell, with its automatic number (often the only content of a 序号 column)."""
        inline = self.inline
        text = inline.text(p)
        if len(p) and p[0].tag == PPR:
            text = self._cell_numbered(p[0], text)
        if inline.boxes or inline.notes or inline.images:
            boxes = inline.boxes
            inline.forget()
            for box in boxes:
                lines: list[str] = [text] if text else []
                self._cell_lines(box, lines)
                text = "\n".join(lines)
        return text

    def _cell_numbered(self, ppr: Element, text: str) -> str:
        style, _ = self._style(ppr)
        if style.hidden:
            return ""
        number = self._number(ppr, style)
        return " ".join(filter(None, (number, text)))


def _row_lines(grid: Grid) -> list[str]:
    """The rows of a table as lines, its cells parted by tabs."""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return ["\t".join(texts) for _, texts in sorted(rows.items())]


def _look(p: Element, style: Style, default: Style) -> tuple[bool, int | None]:
    """(all its characters are bold, their largest size in half points)."""
    bold, size, any_text = True, style.size or default.size, False
    for run in p.iter(R):
        if (t := first_child(run, T)) is None or not (t.text or "").strip():
            continue
        any_text = True
        rpr = first_child(run, RPR)
        mark = first_child(rpr, _BOLD) if rpr is not None else None
        bold &= is_on(mark) if mark is not None else bool(style.bold)
        if rpr is not None:
            size = max(size or 0, _half_points(first_child(rpr, _SIZE))) or None
    return bold and any_text, size


def _first_size(p: Element) -> int:
    """The first size that a run of the paragraph names, in half points; 0 for none."""
    for run in p:
        rpr = first_child(run, RPR) if run.tag == R else None
        size = first_child(rpr, _SIZE) if rpr is not None else None
        if size is not None:
            return _half_points(size)
    return 0


def _holds(package: Package, *tags: str) -> bool:
    """The text of the document or its notes has such an element somewhere: one search for all paragraphs."""
    stories = (package.document, package.parts.get("footnotes"), package.parts.get("endnotes"))
    return any(next(story.iter(*tags), None) is not None for story in stories if story is not None)


def _half_points(size: Element | None) -> int:
    return (natural(size.get(_VAL)) if size is not None else None) or 0


def _by_id(part: Element | None) -> dict[str, Element]:
    """The notes of a footnotes or endnotes part by id; separators left out."""
    if part is None:
        return {}
    return {n.get(f"{W}id", ""): n for n in part if n.get(f"{W}type", "normal") == "normal"}
