"""Archives and documents made to do harm, through the whole run: a row each, and the rest as if they were not there."""

from __future__ import annotations

import os
import struct
import threading
import time
import zlib
from pathlib import Path

import pandas as pd
import pytest

from pipeline import flow
from pipeline.notes import Failure
from tests.archives import archive, assert_as_clean, report
from tests.building import NS, docx, p, zipped

LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)  # fmt: skip
EXTERNAL = "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>"
CELL = "<w:tc><w:p/></w:tc>"


def main_part(xml: str) -> bytes:
    return zipped({"word/document.xml": xml})


def inflating(size: int) -> bytes:
    """A .docx whose main part inflates to `size` bytes: a mebibyte, deflated once, and repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    body, name = block * (size >> 20) + zlib.compressobj(9, zlib.DEFLATED, -15).flush(), b"word/document.xml"
    sizes = struct.pack("<IIIHH", 0, len(body), size, len(name), 0)
    shared = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes
    local = b"PK\x03\x04" + shared + name
    central = b"PK\x01\x02\x14\x00" + shared + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + end


def deep(tags: tuple[str, ...], levels: int) -> bytes:
    opened = "".join(f"<w:{tags[n % len(tags)]}>" for n in range(levels))
    closed = "".join(f"</w:{tags[n % len(tags)]}>" for n in reversed(range(levels)))
    return docx(opened + p("底") + closed)


def climbing() -> bytes:
    """A report, and beside it in the package files whose names lead out of any folder."""
    body = f"<w:document {NS}><w:body>{p('（2023年度）')}</w:body></w:document>"
    names = (
        "../../../tmp/nianbao-slip",
        "/tmp/nianbao-slip",
        "..\\..\\nianbao-slip",
        "word/../../nianbao-slip",
    )
    return zipped({"word/document.xml": body, **dict.fromkeys(names, "x")})


@pytest.mark.parametrize(
    ("data", "ends_in"),
    [
        pytest.param(lambda: main_part(f"{LAUGHS}]><w:document {NS}>&a9;</w:document>"), "UNSAFE_XML", id="billion laughs"),
        pytest.param(lambda: main_part(f"{EXTERNAL}]><w:document {NS}>&x;</w:document>"), "UNSAFE_XML", id="external entity"),
        pytest.param(lambda: inflating(4095 << 20), "ZIP_BOMB", id="a part that inflates to 4 GiB"),
        pytest.param(lambda: deep(("tbl", "tr", "tc"), 10_000), "TOO_DEEP", id="10 000 levels of tables"),
        pytest.param(lambda: deep(("p", "r"), 10_000), "TOO_DEEP", id="10 000 levels of paragraphs"),
        pytest.param(lambda: docx(f"<w:tbl>{f'<w:tr>{CELL * 1000}</w:tr>' * 1000}</w:tbl>"), "ZIP_BOMB", id="a million cells"),
        pytest.param(lambda: docx(p("好。" * 40_000)), "INTERNAL", id="more sentences than a sentence number holds"),
        pytest.param(climbing, None, id="names that climb out of the folder"),
    ],
)  # fmt: skip
def test_a_hostile_document_ends_in_its_code_and_the_rest_goes_on(
    data, ends_in: str | None, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.docx").write_bytes(report("重庆市荣昌区", 2023))
    (raw / "hostile.docx").write_bytes(data())
    summary = flow.run(raw, tmp_path / "out", workers=1)
    codes = {source: error.split(":")[0] for source, error in summary.quarantined}
    assert codes == ({"hostile.docx": ends_in} if ends_in else {})
    assert summary.files["ok"] == (1 if ends_in else 2)
    assert not [f for f in (tmp_path, tmp_path.parent, Path("/tmp")) if (f / "nianbao-slip").exists()]


def test_a_million_cells_that_are_not_deflated_are_too_many(tmp_path: Path, rules, parse) -> None:
    rows = f"<w:tr>{CELL * 1000}</w:tr>" * 250
    with pytest.raises(Failure, match="TOO_LARGE"):
        parse(docx(f"<w:tbl>{rows}</w:tbl>" + "".join(p(os.urandom(60).hex()) for _ in range(2500))))


def test_names_that_are_no_utf8_or_very_long_and_links_in_circles(tmp_path: Path) -> None:
    raw = archive(tmp_path / "raw", range(2023, 2024))
    data = report("重庆市潼南区", 2023)
    for name in (
        b"\xd6\xb0\xbd\xcc.docx",
        b"\xff\xfe\n\t'\".docx",
        ("长" * 83).encode() + b".docx",
        b"a\\b.docx",
    ):
        (raw / os.fsdecode(name)).write_bytes(data + name)
    deep_folder = raw / "/".join(["深" * 80] * 8)
    deep_folder.mkdir(parents=True)
    (deep_folder / "底.docx").write_bytes(report("重庆市潼南区", 2023, 99))
    (raw / "2023/上").symlink_to(raw)
    (raw / "圈").symlink_to(raw / "圈")
    (raw / "无").symlink_to("nowhere")
    summary = flow.run(raw, tmp_path / "out", workers=2)
    codes = {source: error.split(":")[0] for source, error in summary.quarantined}
    assert codes["圈"] == codes["无"] == "UNREADABLE"
    assert_as_clean(raw, tmp_path / "out")


def test_a_file_that_changes_while_it_is_read_is_taken_when_it_keeps_still(tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw", range(2023, 2024)), tmp_path / "out"
    path, whole = raw / "2023/正在复制.docx", report("重庆市潼南区", 2023) + bytes(40_000_000)
    path.write_bytes(whole)
    stop = threading.Event()

    def copying() -> None:
        with path.open("r+b") as file:
            while not stop.is_set():
                file.seek(len(whole) - 64)
                file.write(os.urandom(64))
                file.flush()

    writer = threading.Thread(target=copying)
    writer.start()
    try:
        summary = flow.run(raw, out, workers=2)
    finally:
        stop.set()
        writer.join()
    # That it was changing is seen unless the writer had no turn meanwhile; then it is half a file.
    assert dict(summary.quarantined)["2023/正在复制.docx"].startswith(("CHANGING", "TRUNCATED"))
    path.write_bytes(report("重庆市潼南区", 2023))
    assert_as_clean(raw, out)
    assert "2023/正在复制.docx" in set(pd.read_parquet(out / "documents").query("status == 'ok'").source)


def test_a_file_that_is_gone_when_its_turn_comes_is_answered_for(tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw", range(2023, 2024)), tmp_path / "out"
    path = raw / "重庆.docx"
    path.write_bytes(report("重庆市潼南区", 2023))

    def told(step: flow.Step) -> None:
        path.unlink(missing_ok=True)

    summary = flow.run(raw, out, told=told)
    assert dict(summary.quarantined)["重庆.docx"].startswith("UNREADABLE")
    assert_as_clean(raw, out)


def test_a_clock_far_in_the_past_changes_nothing(tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw", range(2023, 2024)), tmp_path / "out"
    for n, path in enumerate(sorted(raw.rglob("*.docx"))):
        at = (0, 4_000_000_000, time.time() + 5)[n % 3]
        os.utime(path, (at, at))
    flow.run(raw, out)
    assert_as_clean(raw, out)
