"""Damaged and absurd documents: every one is read or refused with a code, and grids stay whole."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline.notes import FAILURES, Failure
from pipeline.read import read
from pipeline.rules import load

SAMPLES = sorted((Path(__file__).parents[2] / "raw").rglob("*.docx"))
VALUES = ("-1", "0", "1", "7", "99999999999", "abc", "", "restart", "continue", "①")


def flipped(data: bytes, rnd: random.Random) -> bytes:
    """Some bytes of the file changed, cut or repeated."""
    damaged = bytearray(data)
    for _ in range(rnd.randint(1, 8)):
        damaged[rnd.randrange(len(damaged))] = rnd.randrange(256)
    return bytes(damaged[: rnd.randint(1, len(damaged))] if rnd.random() < 0.2 else damaged)


def twisted(data: bytes, rnd: random.Random) -> bytes:
    """Elements of the XML deleted, doubled, moved, renamed; attributes given absurd values. Well-formed."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name in ("word/document.xml", "word/styles.xml", "word/numbering.xml") and rnd.random() < 0.7:
                raw = _twist(etree.fromstring(raw), rnd)
            target.writestr(name, raw)
    return out.getvalue()


def _twist(root: etree._Element, rnd: random.Random) -> bytes:
    for _ in range(rnd.randint(1, 40)):
        elements = list(root.iter())[1:]
        if not elements:
            break
        one, other = rnd.choice(elements), rnd.choice(elements)
        kind = rnd.randrange(5)
        if kind == 0:
            one.getparent().remove(one)
        elif kind == 1 and len(elements) < 60_000:
            one.addnext(etree.fromstring(etree.tostring(one)))
        elif kind == 2 and other not in one.iterdescendants() and one is not other:
            other.append(one)
        elif kind == 3:
            one.tag = other.tag
        elif one.attrib:
            one.set(rnd.choice(list(one.attrib)), rnd.choice(VALUES))
    return etree.tostring(root)


def check(data: bytes) -> str:
    """Read or refuse; what is read keeps the law of grids."""
    try:
        parsed = read(data, "报告.docx", load())
    except Failure as e:
        assert e.code in FAILURES
        return e.code
    areas: dict[int, int] = {}
    for c in parsed.cells:
        areas[c.table_no] = areas.get(c.table_no, 0) + c.rowspan * c.colspan
    assert areas == {t.table_no: t.n_rows * t.n_cols for t in parsed.tables if t.n_rows * t.n_cols}
    assert [b.block_no for b in parsed.blocks] == list(range(len(parsed.blocks)))
    return "read"


def outcomes(seed: int, tries: int) -> set[str]:
    rnd = random.Random(seed)
    seen = set()
    for n in range(tries):
        data = rnd.choice(SAMPLES).read_bytes()
        seen.add(check(twisted(data, rnd) if n % 2 else flipped(data, rnd)))
    return seen


def test_damaged_documents_are_read_or_refused() -> None:
    assert {"read", "TRUNCATED"} <= outcomes(seed=1, tries=120)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_many_damaged_documents_are_read_or_refused(seed: int) -> None:
    assert {"read", "TRUNCATED"} <= outcomes(seed=100 + seed, tries=1000)
