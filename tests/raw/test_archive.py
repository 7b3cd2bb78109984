"""The sample archive: made again it has the same bytes, every file opens, and the rare markup is really there."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from raw.__main__ import main
from raw.reports import DUPLICATES, REPORTS, archive
from raw.styles import A, B, House

RAW = Path(__file__).parents[2] / "raw"
FILES = archive()


def xml(data: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part).decode()


def test_made_again_the_files_have_the_same_bytes(tmp_path: Path) -> None:
    main(tmp_path)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    there = {p.relative_to(RAW): p.read_bytes() for p in [*RAW.glob("20*/*"), RAW / "PLANTED.csv"]}
    assert sorted(made) == sorted(there)
    assert [str(name) for name in made if made[name] != there[name]] == []


def test_four_districts_report_three_years_in_three_houses() -> None:
    districts = [(r.region.code, r.year) for r in REPORTS if r.region]
    assert len(set(districts)) == len(districts) == 12
    assert len({code for code, _ in districts}) == 4
    assert {r.house.name[0] for r in REPORTS} == {"A", "B", "C"}
    assert len(REPORTS) == 14


def test_two_districts_lie_in_one_city_and_three_provinces_are_there() -> None:
    regions = {r.region for r in REPORTS if r.region}
    assert sorted(r.city for r in regions) == ["宁波市", "宁波市", "成都市", "武汉市"]
    assert len({r.province for r in regions}) == 3


def test_one_file_is_there_twice_under_two_names() -> None:
    assert [FILES[copy] == FILES[original] for copy, original in DUPLICATES.items()] == [True]
    assert len(set(FILES.values())) == len(FILES) - 1


@pytest.mark.parametrize("path", FILES, ids=range(len(FILES)))
def test_each_file_is_small_and_opens(path: str) -> None:
    assert len(FILES[path]) < 60_000
    document = docx.Document(io.BytesIO(FILES[path]))
    assert len(document.tables) >= 8
    assert len(document.inline_shapes) >= 1


# Every phenomenon, and the pattern by which at least one document must show it.
PHENOMENA = {
    "table of contents": r'TOC \\o "1-2"',
    "page reference": r"PAGEREF _Toc\d+ \\h",
    "heading style": r'<w:pStyle w:val="1"/>',
    "custom heading style": r'<w:pStyle w:val="mine"/>',
    "localized heading style": r'<w:pStyle w:val="3"/>',
    "outline style": r'<w:pStyle w:val="outline2"/>',
    "automatic heading number": r'<w:pStyle w:val="2"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/>',
    "heading that is only bold": r"<w:p><w:bookmarkStart [^>]*/><w:r><w:rPr><w:b/>.{0,80}>一、",
    "SEQ field": r"SEQ 表 \\\* ARABIC",
    "column span": r'<w:gridSpan w:val="2"/>',
    "row span": r'<w:vMerge w:val="restart"/>',
    "shifted row": r'<w:gridBefore w:val="1"/><w:gridAfter w:val="\d"/>',
    "repeated header": r"<w:tblHeader/>",
    "content control around a table": r"<w:sdtContent><w:tbl>",
    "nested table": r"<w:tc>(?:(?!</w:tc>).)*<w:tbl>",
    "insertion in a cell": r"<w:tc>(?:(?!</w:tc>).)*<w:ins ",
    "insertion in prose": r"达到.{0,9}名</w:t></w:r></w:ins>",
    "deletion": r"<w:delText ",
    "hidden text": r"<w:vanish/>",
    "text box with fallback": r"<mc:Choice .*<w:txbxContent>.*<mc:Fallback>.*<w:txbxContent>",
    "footnote": r"<w:footnoteReference ",
    "link": r'<w:hyperlink r:id="rLink1">',
    "picture": r'<a:blip r:embed="rImage1"/>',
    "numbered list": r'<w:numId w:val="2"/>',
    "bulleted list": r'<w:numId w:val="3"/>',
    "circled list": r'<w:numId w:val="4"/>',
    "line break in a cell": r"<w:tc>(?:(?!</w:tc>).)*<w:br/>",
    "text in several runs": r"<w:proofErr ",
    "caption above its table": r"表</w:t></w:r><w:r><w:t [^>]*>1<(?:(?!</w:p>).)*</w:p><w:tbl>",
    "caption below its table": r"</w:tbl><w:p><w:pPr><w:pStyle w:val=\"cap\"/>",
    "continued table": r"续表\d",
    "header and footer": r"<w:headerReference [^>]*/><w:footerReference ",
}


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_archive_shows(phenomenon: str) -> None:
    assert any(re.search(PHENOMENA[phenomenon], xml(data), re.S) for data in FILES.values())


def styles_used(house: House) -> list[set[str]]:
    return [
        set(re.findall(r'<w:pStyle w:val="([^"]+)"/>', xml(FILES[r.path])))
        for r in REPORTS
        if r.house == house
    ]


def test_headings_are_styled_in_house_a_and_never_in_house_b() -> None:
    assert all({"1", "mine"} <= used for used in styles_used(A))
    assert set().union(*styles_used(B)) <= {"toc1", "toc2"}


def test_years_are_printed_in_many_shapes_on_the_covers() -> None:
    shapes = {
        re.sub(r"\d{4}", "Y", line) for r in REPORTS for line in r.cover[:3] if re.search(r"\d{4}", line)
    }
    assert {"（Y年度）", "Y年", "(Y)", "（Y—Y学年）"} <= shapes
