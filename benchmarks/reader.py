"""The reader on one report: against the floor (inflate, parse, one plain iteration) and against peers."""

from __future__ import annotations

import io
import re
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from lxml import etree

from benchmarks.measure import peak_mib, timed
from pipeline.read import read
from pipeline.rules import load

_READ = """
import sys
from pathlib import Path
from pipeline.read import read
from pipeline.rules import load
rules = load()
for _ in range(int(sys.argv[2])):
    read(Path(sys.argv[1]).read_bytes(), "report.docx", rules)
"""


def floor(data: bytes) -> int:
    """What no reader over lxml can do without: inflate and parse the document, and look at every element."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    seen = 0
    for element in root.iter():
        seen += bool(element.tag and element.text)
    return seen


def heavy(data: bytes) -> bytes:
    """The same report as Word saves it after years of editing: runs split, rsid and proofing marks everywhere."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            raw = source.read(name)
            target.writestr(name, _split(raw.decode()).encode() if name == "word/document.xml" else raw)
    return out.getvalue()


def _split(xml: str) -> str:
    mark = '<w:proofErr w:type="gramStart"/>'
    fonts = (
        '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:eastAsia="仿宋"/><w:szCs w:val="28"/></w:rPr>'
    )

    def pieces(match: re.Match[str]) -> str:
        text = match[1]
        parts = [text[i : i + 4] for i in range(0, len(text), 4)]
        if "&" in text:
            parts = [text]
        run = (
            '<w:r w:rsidR="00A{:05X}" w:rsidRPr="00B{:05X}">'
            + fonts
            + '<w:t xml:space="preserve">{}</w:t></w:r>'
        )
        return mark.join(run.format(i, i * 7, part) for i, part in enumerate(parts))

    return re.sub(r"<w:r>(?:<w:rPr/>)?<w:t(?: xml:space=\"preserve\")?>([^<]*)</w:t></w:r>", pieces, xml)


def _row_cells(data: bytes) -> int:
    return sum(len(c.text) for t in Document(io.BytesIO(data)).tables for row in t.rows for c in row.cells)


def _docx2python(path: Path) -> object:
    from docx2python import docx2python

    with docx2python(path) as result:
        return result.body


def _markitdown(path: Path) -> object:
    from markitdown import MarkItDown

    return MarkItDown().convert(str(path)).text_content


def bench(report: Path, runs: int = 15) -> None:
    """Print time and memory for `report` and its heavy variant."""
    warnings.simplefilter("ignore")
    rules = load()
    with tempfile.TemporaryDirectory() as folder:
        light = report.read_bytes()
        for title, data in (("as filed", light), ("heavy", heavy(light))):
            path = Path(folder) / f"{title.replace(' ', '-')}.docx"
            path.write_bytes(data)
            size = zipfile.ZipFile(path).getinfo("word/document.xml").file_size
            print(f"\nreader: {report.name} {title}, {size / 1e6:.1f} MB of document XML")
            works: list[tuple[str, int, Callable[[], object]]] = [
                ("floor: inflate + parse + iterate", runs, lambda data=data: floor(data)),
                ("reader", runs, lambda data=data: read(data, "report.docx", rules)),
                ("python-docx, row.cells only", 3, lambda data=data: _row_cells(data)),
                ("docx2python", 3, lambda path=path: _docx2python(path)),
                ("markitdown", 3, lambda path=path: _markitdown(path)),
            ]
            _print(works)
            base, peak = peak_mib(_READ, str(path), "0"), peak_mib(_READ, str(path), "5")
            print(f"{'peak memory':34} {peak:9.1f} MiB, of it {base:.1f} before the first report")


def _print(works: list[tuple[str, int, Callable[[], object]]]) -> None:
    base = 0.0
    for name, runs, work in works:
        try:
            mid, best = timed(work, runs)
        except ImportError as e:
            print(f"{name:34} not installed ({e.name})")
            continue
        base = base or mid
        print(f"{name:34} {mid:9.1f} ms median {best:9.1f} ms best {mid / base:8.2f} × floor")
