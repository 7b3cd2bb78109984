"""The inside of a paragraph (w:p) → its text as a reader sees it (ECMA-376 part 1 §17.3).

In: insertions, moved-in text, results of fields, content controls, hyperlinks, symbols. Out: deletions,
moved-away text, field codes, hidden text, comments. Pictures and text boxes are reported by position,
notes by their id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from pipeline.read.package import W
from pipeline.read.styles import is_on

Element = etree._Element

P: Final = f"{W}p"
R: Final = f"{W}r"
T: Final = f"{W}t"
PPR: Final = f"{W}pPr"
RPR: Final = f"{W}rPr"
TBL: Final = f"{W}tbl"
SDT: Final = f"{W}sdt"
SDT_CONTENT: Final = f"{W}sdtContent"
_VAL: Final = f"{W}val"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE: Final = f"{_MC}AlternateContent"
_CHOICE: Final = f"{_MC}Choice"
_FALLBACK: Final = f"{_MC}Fallback"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT_BOX: Final = f"{W}txbxContent"
_FIELD: Final = f"{W}fldChar"
_INSTRUCTION: Final = f"{W}instrText"
_IMAGES: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)
# Elements that wrap content without changing what a reader sees.
_WRAPPERS: Final = "hyperlink ins moveTo smartTag fldSimple customXml dir bdo subDoc"
TRANSPARENT: Final = frozenset(f"{W}{name}" for name in _WRAPPERS.split())
_PRINTED: Final = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_BREAK: Final = f"{W}br"
_SYMBOL: Final = f"{W}sym"
_RUBY: Final = f"{W}ruby"
_RUBY_BASE: Final = f"{W}rubyBase"
VANISH: Final = f"{W}vanish"
_RUN_STYLE: Final = f"{W}rStyle"
_FIELD_KIND: Final = f"{W}fldCharType"
_TYPE: Final = f"{W}type"
_MATHS: Final = frozenset((f"{_MATH}oMath", f"{_MATH}oMathPara"))
_MATH_TEXT: Final = f"{_MATH}t"
# What stands between the runs of a paragraph and shows nothing.
_SILENT: Final = frozenset((PPR, f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr"))
_GRAPHICS: Final = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_NOTE_REFS: Final = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one story (body, note, text box) in order.

    After `text(p)`: `images` holds the offsets of pictures in the text, `boxes` the text boxes, `notes`
    (part, id) of the notes referred to. Fields may span paragraphs, so their state stays.
    """

    symbols: dict[str, dict[str, str]]
    hidden_runs: frozenset[str] = frozenset()
    hides: bool = True  # False where nothing in the document hides a run: then none is asked
    out: list[str] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)  # one an open field: True while in its code
    contents: int = 0  # depth at which a TOC field was opened, 0 outside
    in_code: bool = False

    def text(self, p: Element) -> str:
        """The text of a paragraph."""
        out = self.out
        out.clear()
        self._runs(p)
        return out[0] if len(out) == 1 else "".join(out)

    def forget(self) -> None:
        """Drop the pictures, boxes and notes seen so far."""
        self.images, self.boxes, self.notes = [], [], []

    def _runs(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child)
            elif tag in _SILENT:
                continue
            elif tag in TRANSPARENT:
                self._runs(child)
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    self._runs(content)
            elif tag == ALTERNATE:
                self._runs(chosen(child))
            elif tag in _MATHS:
                self.out.extend(t.text or "" for t in child.iter(_MATH_TEXT))

    def _run(self, run: Element) -> None:
        for child in run:
            tag = child.tag
            if tag == T:
                if not self.in_code and (text := child.text):
                    self.out.append(text)
            elif tag == RPR:
                if self.hides and self._hidden(child):
                    return self._fields_only(run)
            elif tag == _FIELD:
                self._field(child.get(_FIELD_KIND))
            elif tag == _INSTRUCTION:
                self._instruction(child.text)
            else:
                self._rare(tag, child)
        return None

    def _rare(self, tag: str, child: Element) -> None:
        if tag in _PRINTED:
            if not self.in_code:
                self.out.append(_PRINTED[tag])
        elif tag == _BREAK:
            # A page or column break is no character; a line break is.
            if child.get(_TYPE, "textWrapping") == "textWrapping":
                self.out.append("\n")
        elif tag == _SYMBOL:
            self.out.append(self._symbol(child))
        elif tag in _GRAPHICS:
            self._graphic(child)
        elif tag == ALTERNATE:
            for inner in chosen(child):
                self._rare(inner.tag, inner)
        elif tag in _NOTE_REFS:
            self.notes.append((_NOTE_REFS[tag], child.get(f"{W}id", "")))
        elif tag == _RUBY:
            base = child.find(_RUBY_BASE)
            if base is not None:
                self._runs(base)

    def _hidden(self, rpr: Element) -> bool:
        for prop in rpr:
            if prop.tag == VANISH:
                return is_on(prop)
            if prop.tag == _RUN_STYLE and self.hidden_runs and prop.get(_VAL) in self.hidden_runs:
                return True
        return False

    def _fields_only(self, run: Element) -> None:
        """A hidden run shows nothing, but its field marks still open and close fields."""
        for child in run:
            if child.tag == _FIELD:
                self._field(child.get(_FIELD_KIND))
            elif child.tag == _INSTRUCTION:
                self._instruction(child.text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.codes.append(True)
        elif kind == "separate" and self.codes:
            self.codes[-1] = False
        elif kind == "end" and self.codes:
            self.codes.pop()
            if len(self.codes) < self.contents:
                self.contents = 0
        self.in_code = True in self.codes

    def _instruction(self, code: str | None) -> None:
        if code and self.codes and not self.contents and code.split(None, 1)[:1] == ["TOC"]:
            self.contents = len(self.codes)

    def _symbol(self, sym: Element) -> str:
        """The character of a symbol font; the code point itself where no table knows it."""
        code = sym.get(f"{W}char", "").upper()
        known = self.symbols.get(sym.get(f"{W}font", "").lower(), {}).get(code)
        if known:
            return known
        try:
            return chr(int(code, 16))
        except ValueError:
            return ""

    def _graphic(self, graphic: Element) -> None:
        boxes = [box for box in graphic.iter(_TEXT_BOX) if _outermost(box, graphic)]
        self.boxes.extend(boxes)
        inside = {id(e) for box in boxes for e in box.iter(*_IMAGES)}
        if any(id(e) not in inside for e in graphic.iter(*_IMAGES)):
            self.images.append(sum(map(len, self.out)))


def chosen(alternate: Element) -> Element:
    """The branch of mc:AlternateContent that is read: the first choice, else the fallback (part 3 §7.6)."""
    for tag in (_CHOICE, _FALLBACK):
        branch = alternate.find(tag)
        if branch is not None and len(branch):
            return branch
    return etree.Element("empty")


def _outermost(box: Element, top: Element) -> bool:
    """Whether no other text box or unread fallback stands between `box` and `top`."""
    for parent in box.iterancestors():
        if parent is top:
            return True
        if parent.tag == _TEXT_BOX or (parent.tag == _FALLBACK and _has_choice(parent)):
            return False
    return True


def _has_choice(fallback: Element) -> bool:
    alternate = fallback.getparent()
    return alternate is not None and alternate.find(_CHOICE) is not None
