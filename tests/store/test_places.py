"""Folders of reports as people leave them: odd names, links in circles, files that do not keep still."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.places import Changing, place_at, printable


def sources(folder: Path) -> list[str]:
    return [entry.source for entry in place_at(folder).entries()]


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


@given(a=st.binary(max_size=6), b=st.binary(max_size=6))
def test_names_become_valid_text_and_different_names_stay_different(a: bytes, b: bytes) -> None:
    texts = [printable(os.fsdecode(name)) for name in (a, b)]
    assert [t.encode("utf-8").decode("utf-8") for t in texts] == texts
    assert (texts[0] == texts[1]) == (a == b)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("渝北.docx".encode(), "渝北.docx"),
        ("甲.docx".encode("gbk"), r"\xbc\xd7.docx"),
        (rb"a\b.docx", r"a\\b.docx"),
        (b"\xff\xfe", r"\xff\xfe"),
    ],
)
def test_a_name_as_it_stands_in_the_data(name: bytes, shown: str) -> None:
    assert printable(os.fsdecode(name)) == shown


def test_hidden_files_and_what_lies_beside_reports_are_passed_over(tmp_path: Path) -> None:
    put(
        tmp_path,
        "甲.docx",
        "~$甲.docx",
        ".DS_Store",
        "__MACOSX/甲.docx",
        "README.md",
        "清单.csv",
        "乙.DOCX",
        "丙",
    )
    assert sources(tmp_path) == ["丙", "乙.DOCX", "甲.docx"]


def test_links_in_circles_end_and_every_file_is_named_once(tmp_path: Path) -> None:
    put(tmp_path, "raw/2023/甲.docx", "raw/2024/乙.docx", "elsewhere/丙.docx")
    (tmp_path / "raw/2023/up").symlink_to(tmp_path / "raw")
    (tmp_path / "raw/self").symlink_to(tmp_path / "raw/self")
    (tmp_path / "raw/again").symlink_to(tmp_path / "raw/2024")
    (tmp_path / "raw/out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "raw/out2").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path / "elsewhere")
    assert sources(tmp_path / "raw") == ["2023/甲.docx", "2024/乙.docx", "out/丙.docx", "self"]


def test_a_link_to_a_file_counts_and_one_to_nothing_is_answered_for(tmp_path: Path) -> None:
    put(tmp_path, "甲.docx")
    (tmp_path / "乙.docx").symlink_to("甲.docx")
    (tmp_path / "丙.docx").symlink_to("nowhere")
    assert sources(tmp_path) == ["丙.docx", "乙.docx", "甲.docx"]
    with pytest.raises(FileNotFoundError):
        place_at(tmp_path).read("丙.docx")


def test_the_longest_names_and_paths_are_found(tmp_path: Path) -> None:
    name = "长" * 83 + ".docx"  # 254 bytes of the 255 that a name may have
    put(tmp_path, name)
    code = "import os\nfor _ in range(20):\n os.mkdir('深' * 80)\n os.chdir('深' * 80)\nopen('底.docx', 'w').close()"
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True
    )  # beyond the 4096 bytes of one path
    found = sources(tmp_path)
    assert name in found
    assert len(found) == 2  # the file, and the folder that the system no longer opens by its path


def test_ten_thousand_files_in_one_folder(tmp_path: Path) -> None:
    put(tmp_path, *(f"{n}.docx" for n in range(10_000)))
    assert len(set(sources(tmp_path))) == 10_000


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(b"x" * 30_000_000)
    stop = threading.Event()

    def scribble() -> None:
        with path.open("r+b") as file:
            while not stop.is_set():
                file.seek(0)
                file.write(os.urandom(64))
                file.flush()

    writer = threading.Thread(target=scribble)
    writer.start()
    try:
        with pytest.raises(Changing):
            for _ in range(20):
                place_at(tmp_path).read("甲.docx")
    finally:
        stop.set()
        writer.join()
    assert len(place_at(tmp_path).read("甲.docx")[0]) == 30_000_000


def test_a_pipe_is_no_report_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "甲.docx")
    with pytest.raises(OSError, match="no regular file"):
        place_at(tmp_path).read("甲.docx")


def test_a_folder_behind_a_uri_is_read_like_one_on_the_disk() -> None:
    files = fsspec.filesystem("memory")
    files.pipe({"/archive/2024/甲.docx": b"abc", "/archive/README.md": b"", "/archive/乙.docx": b""})
    place = place_at("memory://archive")
    assert [(e.source, e.size) for e in place.entries()] == [("2024/甲.docx", 3), ("乙.docx", 0)]
    assert place.read("2024/甲.docx")[0] == b"abc"
