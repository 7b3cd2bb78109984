"""The first bytes of a file → what kind of file it really is; a legacy Word file → a .docx, by LibreOffice.

The ending of a name is never believed. Conversion is the one place of the reader that needs the disk: a
folder of its own, removed afterwards.
"""

from __future__ import annotations

import io
import lzma
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Final

from pipeline.notes import Failure

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the directory of a compound file (MS-CFB §2.6.1), UTF-16, by the kind they tell.
_STREAMS: Final = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "PowerPoint Document": "ppt",
}
_MAIN_TYPES: Final = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled", "docm"),
    (b"ms-word.template.macroEnabledTemplate", "docm"),
    (b"spreadsheetml", "xlsx"),
    (b"presentationml", "pptx"),
)
_MAGIC: Final = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"Rar!", "rar"),
)
# What reading a damaged archive raises: zipfile's own checks, its decompressors, names and fields.
ZIP_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, RuntimeError, ValueError, OverflowError,
    OSError, EOFError,
)  # fmt: skip
_CONTENT_TYPES_LIMIT: Final = 1 << 20
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def kind_of(data: bytes) -> str:
    """Return docx, docm, doc, rtf, wordml, encrypted, pdf, xlsx, …, truncated, empty or unknown."""
    if not data:
        return "empty"
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        return next((k for name, k in _STREAMS.items() if name.encode("utf-16-le") in data), "unknown")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return "wordml"
    return "html" if head[:15].lower().startswith((b"<!doctype html", b"<html")) else "unknown"


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" not in names:
                return "docx" if "word/document.xml" in names else "zip"
            with archive.open("[Content_Types].xml") as part:
                types = part.read(_CONTENT_TYPES_LIMIT)
    except ZIP_FAULTS:
        return "truncated"
    return next((kind for marker, kind in _MAIN_TYPES if marker in types), "zip")


def find_soffice() -> str | None:
    """The path of LibreOffice, if it is installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((p for p in _PLACES if Path(p).exists()), None)


def convert(data: bytes, kind: str, seconds: int) -> bytes:
    """Return the file as .docx. Failure: LEGACY_FORMAT without LibreOffice, CONVERSION_FAILED otherwise."""
    soffice = find_soffice()
    if soffice is None:
        raise Failure("LEGACY_FORMAT", f"legacy .{kind} file")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        (folder / f"report.{kind}").write_bytes(data)
        _run_soffice(soffice, folder, kind, seconds)
        made = folder / "out" / "report.docx"
        if not made.exists():
            raise Failure("CONVERSION_FAILED", "it wrote no .docx")
        return made.read_bytes()


def _run_soffice(soffice: str, folder: Path, kind: str, seconds: int) -> None:
    """Run one conversion with a profile of its own; after `seconds` the whole process group is ended."""
    command = [
        soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "docx", "--outdir", str(folder / "out"), str(folder / f"report.{kind}"),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as e:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Failure("CONVERSION_FAILED", f"no result after {seconds} s") from e
    if process.returncode != 0:
        raise Failure(
            "CONVERSION_FAILED",
            errors.decode(errors="replace").strip()[-200:] or f"exit {process.returncode}",
        )
