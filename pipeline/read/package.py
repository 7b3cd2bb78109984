"""The bytes of a .docx → its XML parts, within limits (OPC: ECMA-376 part 2).

A report comes from a stranger: nothing is inflated beyond the limits, no entity is expanded, no name in
the package is ever used as a path. Strict documents are brought to the transitional namespaces on the
way in, so that the rest of the reader knows one vocabulary.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pipeline.notes import Failure
from pipeline.read.formats import ZIP_FAULTS
from pipeline.rules.reading import Limits

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# ECMA-376 part 1 (strict) → part 4 (transitional): the namespaces that a Word document uses.
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
# Table styles are nine tenths of a styles part and say nothing that the reader asks for.
_TABLE_STYLE: Final = b'<w:style w:type="table"'
_STYLE_END: Final = b"</w:style>"
_WATCH_RATIO_FROM: Final = 1 << 20
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of one document that are read: `parts` by kind (styles, numbering, footnotes …).

    `document` is the root of the main part. A part that the document does not have is absent.
    """

    document: etree._Element
    parts: dict[str, etree._Element]
    title: str | None
    charts: int


def natural(value: str | None) -> int | None:
    """The whole number in an attribute, None where there is none or it is absurdly long."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def first_child(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first child with this tag: what `find` gives, cheaper where there are only a few children."""
    for element in parent:
        if element.tag == tag:
            return element
    return None


def open_package(data: bytes, limits: Limits) -> Package:
    """Return the parts of `data`.

    Failure: TOO_LARGE, TRUNCATED, ZIP_BOMB, MISSING_PART, BAD_XML, UNSAFE_XML, TOO_DEEP.
    """
    if len(data) > limits.file_bytes:
        raise Failure("TOO_LARGE", f"{len(data)} bytes")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS as e:
        raise Failure("TRUNCATED", str(e)) from e
    with archive:
        return _Reader(archive, limits).package()


class _Reader:
    """Inflates parts of one archive and keeps count of what they cost."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.archive = archive
        self.limits = limits
        self.names = {n.replace("\\", "/").lstrip("/").lower(): n for n in archive.namelist()}
        self.inflated = 0
        if len(self.names) > limits.parts:
            raise Failure("ZIP_BOMB", f"{len(self.names)} parts")

    def package(self) -> Package:
        main = self._main_part()
        document = self._xml(main)
        if document.find(f"{W}body") is None:
            raise Failure("MISSING_PART", f"{main} has no body")
        targets = self._relations(main)
        parts = {
            kind: self._xml(name)
            for kind in ("styles", "numbering", "footnotes", "endnotes")
            if (name := targets.get(kind)) and name.lower() in self.names
        }
        return Package(
            document, parts, self._title(), sum(1 for n in self.names if n.startswith("word/charts/chart"))
        )

    def _main_part(self) -> str:
        name = self._relations("").get("officeDocument", "word/document.xml")
        if name.lower() not in self.names:
            raise Failure("MISSING_PART", name[:100])
        return name

    def _relations(self, part: str) -> dict[str, str]:
        """The targets of a part's internal relations, by the last word of their type; first one wins."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name.lower() not in self.names:
            return {}
        targets: dict[str, str] = {}
        for rel in self._xml(name).iter(f"{_RELS}Relationship"):
            if rel.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target", "")))
            targets.setdefault(rel.get("Type", "").rsplit("/", 1)[-1], target.lstrip("/"))
        return targets

    def _title(self) -> str | None:
        if "docprops/core.xml" not in self.names:
            return None
        title = self._xml("docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title")
        return title.strip() or None if title else None

    def _xml(self, name: str) -> etree._Element:
        raw = self._inflate(name)
        _refuse_declarations(name, raw)
        if _STRICT in raw:
            for strict, transitional in _TRANSITIONAL.items():
                raw = raw.replace(strict, transitional)
        if _TABLE_STYLE in raw:
            raw = _without_table_styles(raw)
        try:
            root = etree.fromstring(raw, _parser())
        except etree.XMLSyntaxError as e:
            if e.code == etree.ErrorTypes.ERR_NO_MEMORY:  # type: ignore[attr-defined]  # not in the stubs
                raise MemoryError from e
            code = "TOO_DEEP" if "depth" in str(e) else "BAD_XML"
            raise Failure(code, f"{name}: {str(e)[:120]}") from e
        return root

    def _inflate(self, name: str) -> bytes:
        """The bytes of a part, read in steps so that a lying directory cannot make it large."""
        limit = min(self.limits.part_bytes, self.limits.total_bytes - self.inflated)
        info = self.archive.getinfo(self.names[name.lower()])
        if info.flag_bits & 0x1:
            raise Failure("ENCRYPTED")
        try:
            with self.archive.open(info) as part:
                raw = part.read(limit + 1)
        except ZIP_FAULTS as e:
            raise Failure("TRUNCATED", f"{name}: {str(e)[:120]}") from e
        if len(raw) > limit:
            raise Failure("ZIP_BOMB", f"{name} inflates to more than {limit} bytes")
        if len(raw) > _WATCH_RATIO_FROM and len(raw) > self.limits.ratio * max(info.compress_size, 1):
            raise Failure("ZIP_BOMB", f"{name} inflates {len(raw) // max(info.compress_size, 1)} times")
        self.inflated += len(raw)
        return raw


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip


def _without_table_styles(raw: bytes) -> bytes:
    """A styles part without the definitions of table styles (found by search: a third of their parse)."""
    kept, at = [], 0
    while (start := raw.find(_TABLE_STYLE, at)) >= 0:
        kept.append(raw[at:start])
        end = raw.find(_STYLE_END, start)
        at = end + len(_STYLE_END) if end >= 0 else len(raw)
    return b"".join([*kept, raw[at:]])


def _refuse_declarations(name: str, raw: bytes) -> None:
    """Refuse a document type declaration: no Word file has one, and entities come with it."""
    head = raw[:4096] if not raw.startswith(_UTF16) else raw[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Failure("UNSAFE_XML", name)
