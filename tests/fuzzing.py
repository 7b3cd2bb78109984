"""Seeds → damaged and absurd .docx files: the zip's bytes and directory, the XML's bytes, tree, attributes, text.

The same seed gives the same bytes. Most grow from small documents that hold every construct the reader
knows, some from the sample reports.
"""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import pandas as pd
from lxml import etree

from pipeline import flow
from pipeline.notes import FAILURES
from tests.archives import DISTRICTS, report, rules_with
from tests.building import BOLD, CENTERED, NS, docx, p, r, tbl

Files = list[tuple[str, bytes]]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
LIMIT_SECONDS = 20
# A document may be refused, but not by a fault of the program.
OUR_FAULT = ("INTERNAL", "WORKER_LOST", "TIMEOUT", "OUT_OF_MEMORY")
SAMPLES = sorted((Path(__file__).parents[1] / "raw").rglob("*.docx"))

NUMBERS = (
    "-1", "0", "1", "2", "7", "63", "1000", "99999", "200001", "2147483648", "99999999999999999999", "1e9", "0x10",
    "abc", "", " ", "restart", "continue", "①", "٣", "½", "1\u00a0000", "true", "off", "../../x", "NaN",
)  # fmt: skip
TEXTS = (
    "在校生1234人", "增长-12.5%", "二〇二四年", "一百二十三万四千五百六十七", "亿亿亿万万", "1,234,567.89.10", "９９％", "3∶1",
    "12人（其中女34人）", "占56.7个百分点", "0." + "0" * 400 + "1", "9" * 400, "千" * 300, "、" * 300, "（" * 500,
    "“" * 50, "\u202e年0202\u202c", "e\u0301" * 40, "\ufeff\u200b\u200d", "\U00020000\U0001f600", "\u0000x"[1:], "a\tb\nc",
    "表1-1-1-1-1-1-1", "表 学校", "1.1.1.1.1.1.1.1.1.1 标题", "（一）（一）（一）", "2023年—2024年—2025年", "=1+1", "<b>&amp;</b>",
    "其中：其中：其中：", "合计", "单位：万元、人、%、平方米", "同比", "－－－", "/", "1/0", "5+3", "10%-20%-30%", "约多余近12余个左右",
    "第" * 100 + "1名", "人" * 2000, "十几万二十余三百多", "①②③", "Ⅻ", "1²", "1×10⁹", "每生每年每月1万元/人/年/所",
)  # fmt: skip
ELEMENTS = (
    "<w:p/>", "<w:r/>", "<w:t>12人</w:t>", "<w:tab/>", "<w:br/>", "<w:tbl/>", "<w:tr/>", "<w:tc/>", "<w:sectPr/>",
    "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:tc><w:tcPr><w:gridSpan w:val='40'/><w:vMerge/></w:tcPr><w:p/></w:tc>",
    "<w:tr><w:trPr><w:gridBefore w:val='9'/><w:gridAfter w:val='9'/><w:tblHeader/></w:trPr><w:tc><w:p/></w:tc></w:tr>",
    "<w:ins><w:r><w:t>改1</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>2</w:delText></w:r></w:del>",
    "<w:sdt><w:sdtContent><w:p><w:r><w:t>3所</w:t></w:r></w:p></w:sdtContent></w:sdt>", "<w:hyperlink/>", "<w:smartTag/>",
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:r><w:instrText> SEQ 表 \\* ARABIC </w:instrText></w:r>", "<w:fldSimple w:instr='REF x'/>", "<w:r><w:footnoteReference w:id='1'/></w:r>",
    "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "<w:r><w:sym w:char='zz'/></w:r>", "<m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath>",
    "<w:pPr><w:pStyle w:val='1'/><w:numPr><w:ilvl w:val='3'/><w:numId w:val='1'/></w:numPr></w:pPr>", "<w:pPr><w:outlineLvl w:val='2'/></w:pPr>",
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:p/></mc:Choice><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>",
    "<w:txbxContent><w:p><w:r><w:t>框内4人</w:t></w:r></w:p></w:txbxContent>", "<w:rPr><w:vanish/></w:rPr>", "<w:altChunk/>",
    "<w:moveFrom><w:r><w:t>5</w:t></w:r></w:moveFrom>", "<w:cr/>", "<w:noBreakHyphen/>", "<w:ruby><w:rt/><w:rubyBase/></w:ruby>",
)  # fmt: skip
NAMES = (
    "../../../etc/passwd", "/word/document.xml", "word\\document.xml", "WORD/DOCUMENT.XML", "word//document.xml", "word/./document.xml",
    "C:\\x", "a" * 5000, "\u202e文件.xml", "word/styles.xml/", "..", "", " ", "word/document.xml\u0000.txt", "con", "[Content_Types].xml",
)  # fmt: skip

NUMBERING = (
    f"<w:numbering {NS}><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>"
    "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)
FOOTNOTES = f"<w:footnotes {NS}><w:footnote w:id='1'>{p('含分校8人')}</w:footnote></w:footnotes>"


def mutated(seed: int) -> bytes:
    """The document of a seed: one to four mutations of a document."""
    rnd = random.Random(seed)
    data = rnd.choice(originals() if rnd.random() < 0.9 else samples())
    for _ in range(rnd.choice((1, 1, 2, 4))):
        data = rnd.choice(MUTATIONS)(data, rnd)
    return data


@cache
def originals() -> list[bytes]:
    """Small documents that between them hold what a report is made of."""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    rich = (
        p(f"{DISTRICTS[0]}职业教育质量年度报告", props=CENTERED, run=BOLD) + p("（2023年度）") + p("基本情况", "1")
        + p("规模", "2", props=numbered) + p("全区有中职学校5所，在校生12345人，比上年增长3.2%，其中女生占45.6%。")
        + p("表1 学校规模（单位：人）", "cap")
        + tbl("学校 | 在校生 | < | 教师\n^ | 2022 | 2023 | ^\n甲校 | 100 | 120 | 30\n乙校 | ^ | 80 | ~\n合计 | 100 | 200 | 30")
        + f"<w:p>{r('双师型教师')}{ELEMENTS[21]}{r('占比达61%')}{ELEMENTS[17]}</w:p>" + ELEMENTS[14]
        + p("（一）经费", "3") + p("财政拨款1.2亿元，生均2.3万元。") + tbl("指标 | 值\n生师比 | 14:1\n就业率 | 98.7%")
    )  # fmt: skip
    boxed = f"<w:p><w:r><w:pict><v:shape><v:textbox>{ELEMENTS[28]}</v:textbox></v:shape></w:pict></w:r></w:p>"
    nested = f"<w:tbl><w:tr><w:tc>{tbl('甲 | 1')}{p('')}</w:tc><w:tc>{p('外层7人')}</w:tc></w:tr></w:tbl>"
    return [
        report(DISTRICTS[1], 2024, 345),
        docx(rich, extra={"numbering": NUMBERING, "footnotes": FOOTNOTES}),
        docx(p("一、概况", "1") + boxed + nested + p("在校生三千二百人。")),
    ]


@cache
def samples() -> list[bytes]:
    """The sample reports."""
    return [path.read_bytes() for path in SAMPLES]


# ---- the file and the zip ----


def flip(data: bytes, rnd: random.Random) -> bytes:
    """Some bytes changed."""
    out = bytearray(data)
    for _ in range(rnd.randint(1, 12)):
        if out:
            out[rnd.randrange(len(out))] = rnd.choice((0, 255, rnd.randrange(256)))
    return bytes(out)


def cut(data: bytes, rnd: random.Random) -> bytes:
    """Cut off, a piece taken out, doubled, or put in front."""
    a, b = sorted((rnd.randint(0, len(data)), rnd.randint(0, len(data))))
    return rnd.choice((data[:a], data[a:], data[:a] + data[b:], data[:b] + data[a:], b"junk" * 50 + data))


def lying_directory(data: bytes, rnd: random.Random) -> bytes:
    """Fields of the zip's headers set to what they are not: sizes, offsets, methods, flags, checksums."""
    out = bytearray(data)
    marks = [m.start() for m in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", data)]
    for _ in range(rnd.randint(1, 3)):
        if not marks:
            break
        at = rnd.choice(marks) + 4 + 2 * rnd.randrange(20)
        size, value = (
            rnd.choice(("<H", "<I")),
            rnd.choice((0, 1, 8, 14, 99, 0x7FFF, 0xFFFF, rnd.randrange(1 << 16))),
        )
        if at + struct.calcsize(size) <= len(out):
            struct.pack_into(
                size, out, at, value if size == "<H" else rnd.choice((value, 0xFFFFFFFF, 0x7FFFFFFF))
            )
    return bytes(out)


def odd_package(data: bytes, rnd: random.Random) -> bytes:
    """Parts left out, doubled, emptied, exchanged, renamed to what no name should be, or far too large."""
    files = unzipped(data)
    if not files:
        return data
    k = rnd.randrange(len(files))
    name, part = files[k]
    change: list[Files] = [
        files[:k] + files[k + 1 :],
        [*files, (name, rnd.choice(files)[1])],
        [(name, rnd.choice(files)[1]), *files],
        [*files[:k], (name, b""), *files[k + 1 :]],
        [*files[:k], (rnd.choice(NAMES), part), *files[k + 1 :]],
        [*files, *((n, b"x") for n in NAMES)],
        [*files[:k], (name, part + b" " * rnd.choice((100, 2_000_000))), *files[k + 1 :]],
        [*files[:k], (name, rnd.randbytes(2000)), *files[k + 1 :]],
    ]
    return zipped_files(rnd.choice(change), rnd)


def unzipped(data: bytes) -> Files:
    """The parts of a package in order; none where it is no zip or a part is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return [(i.filename, package.read(i)) for i in package.infolist() if i.file_size < 1 << 24]
    except Exception:  # whatever an earlier mutation made of it
        return []


def zipped_files(files: Files, rnd: random.Random) -> bytes:
    """A zip with these files in this order, names as they come, also the same twice."""
    out = io.BytesIO()
    method = rnd.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", method) as package:
        for name, part in files:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name[:60_000], package.compression
            package.writestr(info, part)
    return out.getvalue()


# ---- the XML ----


def in_part(data: bytes, rnd: random.Random, change: Callable[[bytes, random.Random], bytes]) -> bytes:
    """The package with one of its XML parts changed, mostly the main one."""
    files = unzipped(data)
    names = [n for n, _ in files if n.endswith((".xml", ".rels"))]
    if not names:
        return data
    chosen = MAIN if MAIN in names and rnd.random() < 0.7 else rnd.choice(names)
    return zipped_files([(n, change(part, rnd) if n == chosen else part) for n, part in files], rnd)


def xml_bytes(data: bytes, rnd: random.Random) -> bytes:
    """A part's XML damaged as text: bytes, encodings, declarations, entities, markup left open."""
    return in_part(data, rnd, _xml_bytes)


def _xml_bytes(part: bytes, rnd: random.Random) -> bytes:
    at = rnd.randint(0, len(part))
    body = part.split(b"?>", 1)[-1]
    text = body.decode("utf-8", "replace")
    return rnd.choice((
        flip(part, rnd), cut(part, rnd), part[:at] + b"\x00" + part[at:], part[:at] + b"&x;" + part[at:],
        b'<!DOCTYPE w [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>' + body, b"\xef\xbb\xbf" + part, text.encode("utf-16"),
        b'<?xml version="1.0" encoding="gb18030"?>' + text.encode("gb18030"), b'<?xml version="1.1"?>' + body,
        b'<?xml version="1.0" encoding="utf-7"?>' + body, part[:at] + b"<![CDATA[12]]>" + part[at:], body + body,
        part[:at] + b"<!-- -->" * 100 + part[at:], re.sub(rb"\d+", b"9" * rnd.choice((3, 30, 300)), part, count=20),
    ))  # fmt: skip


def xml_tree(data: bytes, rnd: random.Random) -> bytes:
    """A part's elements deleted, doubled, moved, renamed, nested; attributes and texts made absurd."""
    return in_part(data, rnd, _xml_tree)


def _xml_tree(part: bytes, rnd: random.Random) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return part
    for _ in range(rnd.choice((1, 3, 10, 30))):
        elements = [e for e in root.iter() if e is not root and isinstance(e.tag, str)]
        if not elements or len(elements) > 60_000:
            break
        rnd.choice(TWISTS)(rnd.choice(elements), rnd.choice(elements), rnd)
    return etree.tostring(root)


def _delete(one: etree._Element, _: etree._Element, __: random.Random) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _double(one: etree._Element, _: etree._Element, rnd: random.Random) -> None:
    if sum(1 for _ in one.iter()) < 2000:
        for _k in range(rnd.choice((1, 2, 20))):
            one.addnext(deepcopy(one))


def _move(one: etree._Element, other: etree._Element, _: random.Random) -> None:
    if one is not other and one not in other.iterancestors():
        other.append(one)


def _rename(one: etree._Element, other: etree._Element, _: random.Random) -> None:
    one.tag = other.tag


def _attribute(one: etree._Element, other: etree._Element, rnd: random.Random) -> None:
    names = [*one.attrib, *other.attrib, f"{W}val"]
    one.set(rnd.choice(names), rnd.choice(NUMBERS))


def _text(one: etree._Element, _: etree._Element, rnd: random.Random) -> None:
    found = next(one.iter(f"{W}t"), one)
    found.text = "".join(rnd.choice(TEXTS) for _k in range(rnd.choice((1, 1, 3, 12)))).replace("\0", "")


def _insert(one: etree._Element, _: etree._Element, rnd: random.Random) -> None:
    new = etree.fromstring(f"<x {NS}>{rnd.choice(ELEMENTS)}</x>")[0]
    rnd.choice((one.append, one.addnext, lambda e: one.insert(0, e)))(new)


def _span(one: etree._Element, other: etree._Element, rnd: random.Random) -> None:
    """A cell or row that claims to be wide, or to go on from above."""
    cells = list(one.getroottree().iter(f"{W}tc"))
    if cells:
        cell = rnd.choice(cells)
        found = cell.find(f"{W}tcPr")
        props = etree.SubElement(cell, f"{W}tcPr") if found is None else found
        etree.SubElement(props, f"{W}{rnd.choice(('gridSpan', 'vMerge', 'hMerge'))}").set(
            f"{W}val", rnd.choice(NUMBERS)
        )


def _nest(one: etree._Element, _: etree._Element, rnd: random.Random) -> None:
    """Wrapped so and so many times in elements that may nest."""
    tags = rnd.choice(
        (["sdt", "sdtContent"], ["tbl", "tr", "tc"], ["ins"], ["hyperlink"], ["p", "r"], ["smartTag"])
    )
    parent = one.getparent()
    if parent is None:
        return
    top = inner = etree.Element(f"{W}{tags[0]}")
    for k in range(1, rnd.choice((2, 6, 30, 120, 400))):
        inner = etree.SubElement(inner, f"{W}{tags[k % len(tags)]}")
    parent.replace(one, top)
    inner.append(one)


TWISTS = (
    _delete,
    _double,
    _move,
    _rename,
    _attribute,
    _attribute,
    _text,
    _text,
    _insert,
    _insert,
    _span,
    _nest,
)
MUTATIONS = (
    flip,
    cut,
    lying_directory,
    odd_package,
    xml_bytes,
    xml_tree,
    xml_tree,
    xml_tree,
    xml_tree,
    xml_tree,
)


# ---- through the whole batch ----


def run_over(seeds: range, folder: Path) -> list[str]:
    """Run the batch over the documents of `seeds` in two guarded processes; return what is wrong.

    Right is: the run ends, every file has one row in documents, and its status is ok, duplicate or
    quarantined for a reason that is the file's own.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for seed in seeds:
        (raw / f"{seed}.docx").write_bytes(mutated(seed))
    rules = rules_with(folder / "rules", "batch.yaml", "seconds: 120", f"seconds: {LIMIT_SECONDS}")
    flow.run(raw, folder / "out", workers=2, rules_folder=rules)
    rows = pd.read_parquet(folder / "out" / "documents")[["source", "status", "error"]]
    wrong = [f"{s}.docx has {n} rows" for s in seeds if (n := int((rows.source == f"{s}.docx").sum())) != 1]
    for row in rows.itertuples():
        code = str(row.error).split(":")[0] if row.status == "quarantined" else None
        if row.status not in ("ok", "duplicate", "quarantined") or (code and code not in FAILURES):
            wrong.append(f"{row.source}: {row.status} {row.error}")
        elif code in OUR_FAULT:
            wrong.append(f"{row.source}: {row.error}")
    return wrong
