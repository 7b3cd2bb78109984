"""Opening a package: hostile and broken ones are refused with a code, never inflated, expanded or followed."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from pipeline.notes import Failure
from pipeline.read.package import open_package
from pipeline.rules import Rules
from tests.building import NS, docx, p, zipped


def refused(data: bytes, rules: Rules) -> str:
    with pytest.raises(Failure) as e:
        open_package(data, rules.limits)
    assert str(e.value).startswith(e.value.code)
    return e.value.code


def with_document(xml: str | bytes) -> bytes:
    return zipped({"word/document.xml": xml})


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, EXTERNAL, "<!DOCTYPE w>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_declarations_are_refused(rules: Rules, declaration: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document {NS}><w:body>{p("&a;")}</w:body></w:document>'
    assert refused(with_document(xml.encode(encoding)), rules) == "UNSAFE_XML"


def test_a_part_that_inflates_a_thousand_times_is_refused(rules: Rules) -> None:
    assert refused(with_document(b"<a>" + b" " * 30_000_000 + b"</a>"), rules) == "ZIP_BOMB"


def test_a_directory_that_lies_about_the_size_does_not_help(rules: Rules) -> None:
    data = bytearray(with_document(b"<a>" + b" " * 30_000_000 + b"</a>"))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)  # the uncompressed size in the central directory
    assert refused(bytes(data), rules) in {"ZIP_BOMB", "TRUNCATED"}


def test_a_part_beyond_the_limit_is_refused_whatever_its_ratio(rules: Rules) -> None:
    small = rules.limits.model_copy(update={"part_bytes": 100})
    with pytest.raises(Failure, match="ZIP_BOMB"):
        open_package(docx(p("文" * 200)), small)


def test_a_file_beyond_the_limit_is_refused_before_it_is_opened(rules: Rules) -> None:
    with pytest.raises(Failure, match="TOO_LARGE"):
        open_package(docx(p("文")), rules.limits.model_copy(update={"file_bytes": 10}))


def test_too_many_parts(rules: Rules) -> None:
    with pytest.raises(Failure, match="ZIP_BOMB"):
        open_package(docx(p("文")), rules.limits.model_copy(update={"parts": 2}))


def test_deep_nesting_ends_in_a_code(rules: Rules, parse) -> None:
    deep = "<w:sdt><w:sdtContent>" * 10_000 + p("底") + "</w:sdtContent></w:sdt>" * 10_000
    with pytest.raises(Failure) as e:
        parse(docx(deep))
    assert e.value.code in {"TOO_DEEP", "BAD_XML"}


def test_a_table_of_a_million_cells_is_refused(parse) -> None:
    row = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr><w:p/></w:tc></w:tr>"
    with pytest.raises(Failure, match="TOO_LARGE"):
        parse(docx(f"<w:tbl>{row * 1000}</w:tbl>"))


@pytest.mark.parametrize("row", ["<w:tr/>", "<w:tr><w:tc><w:p/></w:tc></w:tr>"])
def test_more_rows_than_a_row_number_holds_are_refused(parse, row: str) -> None:
    noise = "".join(f"<w:p w:rsidR='{n * 2654435761 % 2**32:08X}'/>" for n in range(30_000))
    with pytest.raises(Failure, match="TOO_LARGE"):
        parse(docx(f"<w:tbl>{row * 33_000}</w:tbl>{noise}"))


def test_a_cut_file(rules: Rules) -> None:
    assert refused(docx(p("文" * 5000))[:-200], rules) == "TRUNCATED"


def test_flipped_bytes_inside_a_part(rules: Rules) -> None:
    data = bytearray(docx(p("在校生规模稳定" * 300)))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 8] = b"\xff" * 8
    assert refused(bytes(data), rules) == "TRUNCATED"


def test_a_name_that_the_directory_and_the_part_spell_differently_is_refused(rules: Rules) -> None:
    data = bytearray(
        zipped({"word/文档.xml": "x", "word/document.xml": f"<w:document {NS}><w:body/></w:document>"})
    )
    at = data.index(b"word/document.xml")
    data[at + 5] = 0xFF  # in the part's own header, which says that its name is UTF-8
    data[at - 24 + 1] |= 0x08
    assert refused(bytes(data), rules) == "TRUNCATED"


def test_no_main_document(rules: Rules) -> None:
    assert refused(zipped({"readme.txt": "你好"}), rules) == "MISSING_PART"


def test_a_main_document_without_body(rules: Rules) -> None:
    assert refused(with_document(f"<w:document {NS}/>"), rules) == "MISSING_PART"


def test_broken_xml(rules: Rules) -> None:
    assert refused(with_document(f"<w:document {NS}><w:body>"), rules) == "BAD_XML"


def test_names_that_climb_out_are_only_names(rules: Rules) -> None:
    files = {
        n: zipfile.ZipFile(BytesIO(docx(p("正文")))).read(n)
        for n in zipfile.ZipFile(BytesIO(docx(p("正文")))).namelist()
    }
    files["../../evil.txt"] = b"x"
    assert open_package(zipped(files), rules.limits).document is not None


def test_the_main_part_under_another_name(rules: Rules) -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    data = zipped(
        {
            "_rels/.rels": rels,
            "word/document2.xml": f"<w:document {NS}><w:body>{p('文')}</w:body></w:document>",
        }
    )
    assert open_package(data, rules.limits).document is not None


def test_a_strict_document_reads_like_a_transitional_one(parse) -> None:
    strict = f"<w:document {NS}><w:body>{p('严格格式')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert [b.text for b in parse(with_document(strict)).blocks] == ["严格格式"]


def test_the_title_of_the_core_properties(rules: Rules) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 年度报告 </dc:title></cp:coreProperties>'
    )
    data = zipped(
        {"docProps/core.xml": core, "word/document.xml": f"<w:document {NS}><w:body/></w:document>"}
    )
    assert open_package(data, rules.limits).title == "年度报告"
