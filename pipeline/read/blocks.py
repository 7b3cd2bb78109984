"""Items of the body, headings and captions → blocks, tables and cells: what the datasets hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pipeline.read.body import BodyTable, Item, Paragraph
from pipeline.read.captions import Captions, find_captions
from pipeline.read.headings import Candidate, find_headings
from pipeline.rules.reading import ReadingRules
from pipeline.schema import Block, Cell, Note, Table
from pipeline.schema.rows import Kind

# A typed contents line ends in a page number after a tab or leaders.
_CONTENTS_LINE: Final = re.compile(r".*(?:\t|[.．·…‥\-—_]{3,}|\s{3,})\s*\(?\d{1,3}\)?\s*$")


@dataclass(slots=True)
class Structure:
    """The blocks, tables and cells of a document in order, and what was noted on the way."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def structure(items: list[Item], rules: ReadingRules) -> Structure:
    """Return the blocks of the body; nested tables are numbered after the body's."""
    _mark_contents(items, rules)
    headings = find_headings(items, rules)
    captions = find_captions(items, set(headings), rules)
    texts = {i: x.text.strip() for i in captions.of_table.values() if isinstance(x := items[i], Paragraph)}
    build = _Builder(headings, captions, texts, rules, _table_numbers(items))
    for index, item in enumerate(items):
        if isinstance(item, BodyTable):
            build.table(index, item)
        else:
            build.paragraph(index, item)
    build.nested()
    return build.out


class _Builder:
    """Appends blocks and tables, keeping the section that is open."""

    def __init__(
        self,
        headings: dict[int, Candidate],
        captions: Captions,
        caption_texts: dict[int, str],
        rules: ReadingRules,
        numbers: dict[int, int],
    ) -> None:
        self.out = Structure()
        self.headings = headings
        self.captions = captions
        self.caption_texts = caption_texts
        self.rules = rules
        self.numbers = numbers
        self.tied = {caption: numbers[table] for table, caption in captions.of_table.items()}
        self.open: list[tuple[int, str]] = []
        self.section = ""
        self.annex = False
        self.inner: list[tuple[int, str, bool, BodyTable]] = []

    def paragraph(self, index: int, item: Paragraph) -> None:
        """Append the block of a paragraph, and image blocks for the pictures before and after its text."""
        if item.image_before:
            self._add("image", "")
        if item.text.strip():
            if index in self.headings:
                self._heading(self.headings[index], item.text)
            else:
                self._text(index, item)
        if item.image_after:
            self._add("image", "")

    def _heading(self, heading: Candidate, text: str) -> None:
        while self.open and self.open[-1][0] >= heading.level:
            self.open.pop()
        self.open.append((heading.level, " ".join(text.split())))
        self.section = " > ".join(t for _, t in self.open)
        if heading.level == 1:
            self.annex = heading.title.startswith(self.rules.annex) or text.strip().startswith(
                self.rules.annex
            )
        self._add("heading", text, heading.level, heading.number)

    def _text(self, index: int, item: Paragraph) -> None:
        number = (item.number or "").strip() or None
        if item.number is None:
            self._note(
                "numbering_missing", item.text[:40], "the numbering it refers to is not defined in the file"
            )
        if index in self.captions.number:
            block = self._add("caption", item.text, number=self.captions.number[index])
            block.table_no = self.tied.get(index)
            if block.table_no is None and "表" in (block.number or ""):
                self._note("caption_untied", item.text[:40], "no table stands beside this caption")
        else:
            self._add(_kind(item), item.text, number=number)

    def table(self, index: int, item: BodyTable) -> None:
        """Append the block, the table and the cells of a body table; its inner tables wait."""
        table_no = self.numbers[index]
        block = self._add("table", "")
        block.table_no = table_no
        caption = self.captions.of_table.get(index)
        table = self._table(table_no, block.block_no, item, self.section, self.annex)
        if caption is not None:
            table.caption, table.number = self.caption_texts[caption], self.captions.number[caption]
            table.annex |= table.caption.startswith(self.rules.annex)
        table.unit_note = self.captions.unit_note.get(index)

    def nested(self) -> None:
        """Append the tables inside tables, outermost first, numbered after the body's."""
        number = len(self.numbers)
        while self.inner:
            block_no, section, annex, item = self.inner.pop(0)
            number += 1
            self._table(number, block_no, item, section, annex)

    def _table(self, table_no: int, block_no: int, item: BodyTable, section: str, annex: bool) -> Table:
        grid = item.grid
        table = Table(table_no, block_no, grid.n_rows, grid.n_cols, section=section, annex=annex)
        self.out.tables.append(table)
        self.out.cells += [
            Cell(table_no, c.row, c.col, c.rowspan, c.colspan, c.text, is_header_row=c.header_row)
            for c in grid.cells
        ]
        for row, col, fault in grid.faults:
            self._note("grid_repaired", "", fault, table_no, row, col)
        self.inner += [(block_no, section, annex, inner) for inner in item.nested]
        return table

    def _add(self, kind: Kind, text: str, level: int | None = None, number: str | None = None) -> Block:
        block = Block(len(self.out.blocks), kind, text, level, number, self.section)
        self.out.blocks.append(block)
        return block

    def _note(
        self, code: str, text: str, message: str,
        table_no: int | None = None, row: int | None = None, col: int | None = None,
    ) -> None:  # fmt: skip
        block = None if table_no is not None else len(self.out.blocks) - 1
        self.out.notes.append(Note(code, text, message, block, table_no=table_no, row=row, col=col))


def _kind(item: Paragraph) -> Kind:
    if item.contents or item.style.kind == "toc":
        return "toc"
    return "list" if item.style.kind == "list" or item.number else "paragraph"


def _table_numbers(items: list[Item]) -> dict[int, int]:
    tables = [i for i, item in enumerate(items) if isinstance(item, BodyTable)]
    return {index: n + 1 for n, index in enumerate(tables)}


def _mark_contents(items: list[Item], rules: ReadingRules) -> None:
    """Mark the title of the contents, and the lines of contents that were typed by hand, as contents."""
    for index, item in enumerate(items):
        if isinstance(item, Paragraph) and "".join(item.text.split()).lower() in rules.toc_titles:
            following = [x for x in items[index + 1 : index + 400] if isinstance(x, Paragraph)]
            lines = 0
            for line in following:
                typed = bool(_CONTENTS_LINE.match(line.text)) and line.style.kind != "heading"
                if line.text.strip() and not (line.contents or typed):
                    break
                line.contents |= typed
                lines += bool(line.text.strip())
            item.contents |= lines > 0
            return
