"""The parts of a document → the bytes of a .docx, the same bytes every time (ECMA-376 parts 1 and 2)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
NS = " ".join(f'xmlns:{k}="{v}"' for k, v in SPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = SPACES["r"]
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Part name → content type, in the order of the zip.
_TYPES = {
    "document": f"{_TYPE}.document.main+xml",
    "styles": f"{_TYPE}.styles+xml",
    "numbering": f"{_TYPE}.numbering+xml",
    "footnotes": f"{_TYPE}.footnotes+xml",
    "header": f"{_TYPE}.header+xml",
    "footer": f"{_TYPE}.footer+xml",
}


def part(tag: str, content: str) -> str:
    """A part with its root element and every name space."""
    return f"<w:{tag} {NS}>{content}</w:{tag}>"


def package(
    parts: dict[str, str], images: list[bytes], links: list[str], title: str, author: str, date: str
) -> bytes:
    """The zip of `parts` (by the names of _TYPES), pictures and outside links; date as 2024-12-20."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{_KIND}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core(title, author, date),
    }
    files |= {f"word/{name}.xml": _HEAD + parts[name] for name in _TYPES}
    files["word/_rels/document.xml.rels"] = _document_relations(len(images), links)
    files |= {f"word/media/image{n}.png": data for n, data in enumerate(images, 1)}
    return _zipped(files)


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{t}"/>' for n, t in _TYPES.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(rows: list[tuple[str, str, str]], outside: list[tuple[str, str]] | None = None) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{escape(to)}"/>' for i, t, to in rows)
    inner += "".join(
        f'<Relationship Id="{i}" Type="{_KIND}/hyperlink" Target="{escape(to)}" TargetMode="External"/>'
        for i, to in outside or []
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _document_relations(images: int, links: list[str]) -> str:
    rows = [(f"rPart{n}", f"{_KIND}/{n}", f"{n}.xml") for n in _TYPES if n != "document"]
    rows += [(f"rImage{n}", f"{_KIND}/image", f"media/image{n}.png") for n in range(1, images + 1)]
    return _relations(rows, [(f"rLink{n}", to) for n, to in enumerate(links, 1)])


def _core(title: str, author: str, date: str) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{date}T08:00:00Z'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified></cp:coreProperties>"
    )


def _zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            # The system that made the zip is written into it too, so that it is fixed as well.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o600 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)
    return out.getvalue()


def png(seed: int, width: int = 48, height: int = 32) -> bytes:
    """A small picture: coloured stripes that depend on the seed."""
    rows = b"".join(
        b"\0" + bytes(
            (seed * 37 + x * band + y * 3) % 256 for x in range(width) for band in (2, 3, 5)
        ) for y in range(height)
    )  # fmt: skip

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )
