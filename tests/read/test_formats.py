"""What kind of file it is, whatever its name says; and legacy files through LibreOffice."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from pipeline.notes import Failure
from pipeline.read.formats import convert, find_soffice, kind_of
from tests.building import docx, p, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
TYPES = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.{}"/></Types>'


def typed(content_type: str) -> bytes:
    return zipped({"[Content_Types].xml": TYPES.format(content_type), "word/document.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("文")), "docx"),
        (typed("ms-word.document.macroEnabled.main+xml"), "docm"),
        (typed("openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "xlsx"),
        (zipped({"word/document.xml": "<a/>"}), "docx"),
        (zipped({"a.txt": "x"}), "zip"),
        (docx(p("文"))[:-60], "truncated"),
        (b"PK\x03\x04" + b"\0" * 30, "truncated"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE, "unknown"),
        (b"{\\rtf1 hello}", "rtf"),
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "html"),
        (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "wordml",
        ),
        (b"", "empty"),
        (b"hello", "unknown"),
    ],
)
def test_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def fake_soffice(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_libreoffice_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if find_soffice() is not None:
        pytest.skip("LibreOffice stands outside PATH on this machine")
    with pytest.raises(Failure, match="LEGACY_FORMAT.*install LibreOffice"):
        convert(OLE, "doc", 5)


def test_a_converter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_soffice(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    with pytest.raises(Failure, match="CONVERSION_FAILED.*no result after 1 s"):
        convert(OLE, "doc", 1)
    child = Path(f"/proc/{(tmp_path / 'child').read_text().strip()}/cmdline")
    for _ in range(50):
        if not child.exists() or not child.read_bytes():
            break
        time.sleep(0.05)
    assert not child.exists() or not child.read_bytes()


def test_a_converter_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_soffice(tmp_path, "echo no filter >&2; exit 3", monkeypatch)
    with pytest.raises(Failure, match="no filter"):
        convert(OLE, "doc", 5)


def test_a_converter_that_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake_soffice(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(Failure, match="wrote no .docx"):
        convert(OLE, "doc", 5)


@pytest.mark.slow
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_real_conversion() -> None:
    made = convert(rb"{\rtf1\ansi Year 2023, 12 schools\par}", "rtf", 120)
    assert kind_of(made) == "docx"
