"""The table of divisions: what it must hold, what it says of divisions that ended, how a faulty one is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.rules import RuleFault, load
from pipeline.rules.regions import Region, load_regions

REGIONS = load().regions
IN_FORCE = [r for r in REGIONS.rows if r.last_seen is None]
HEADER = "code,name,level,first_seen,last_seen,now\n"


def test_rows_are_sorted_and_each_code_and_name_stands_once() -> None:
    keys = [(r.code, r.first_seen or 0) for r in REGIONS.rows]
    assert keys == sorted(keys)
    assert len({(r.code, r.name) for r in REGIONS.rows}) == len(REGIONS.rows)


def test_a_code_in_force_is_given_once_and_fits_its_level() -> None:
    assert len({r.code for r in IN_FORCE}) == len(IN_FORCE) > 3000
    assert all(re.fullmatch(r"[1-8]\d{5}", r.code) for r in REGIONS.rows)
    assert [r for r in REGIONS.rows if r.level != _level(r.code)] == []


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "district"


def test_there_are_34_provinces() -> None:
    assert sum(r.level == "province" for r in IN_FORCE) == 34


def test_every_division_has_its_parents() -> None:
    # Districts of a municipality (01, 02) and counties under their province (90) have no city above them.
    cityless = re.compile(r"(?:11|12|31|50)0[1-3]|500[23]|..90")
    codes = {r.code for r in REGIONS.rows}
    assert [r.code for r in REGIONS.rows if r.code[:2] + "0000" not in codes] == []
    assert [r for r in IN_FORCE if r.code[:4] + "00" not in codes and not cityless.match(r.code)] == []


def test_no_collective_row_passes_for_a_division() -> None:
    assert [r for r in REGIONS.rows if r.name in ("市辖区", "县", "市") or "直辖县级" in r.name] == []


def test_successors_are_in_force() -> None:
    ended = [r for r in REGIONS.rows if r.now]
    assert ended
    assert [
        r for r in ended if r.last_seen is None or REGIONS.by_code[r.now or ""].last_seen is not None
    ] == []


@pytest.mark.parametrize(
    ("code", "name", "last", "successor"),
    [
        ("500381", "江津市", 2005, "江津区"), ("500225", "大足县", 2010, "大足区"),
        ("500222", "綦江县", 2010, "綦江区"), ("120223", "静海县", 2014, "静海区"),
        ("500234", "开县", 2015, "开州区"), ("500226", "荣昌县", 2014, "荣昌区"),
        ("420600", "襄樊市", 2009, "襄阳市"), ("530800", "思茅市", 2006, "普洱市"),
        ("513425", "会理县", 2020, "会理市"), ("340221", "芜湖县", 2019, "湾沚区"),
        ("622600", "陇南地区", 2003, "陇南市"), ("522401", "毕节市", 2010, "七星关区"),
        ("110103", "崇文区", 2009, None), ("310108", "闸北区", 2014, None),
        ("500110", "万盛区", 2010, None), ("330103", "下城区", 2020, None),
        ("130103", "桥东区", 2014, None),
    ],
)  # fmt: skip
def test_a_division_that_ended(code: str, name: str, last: int, successor: str | None) -> None:
    (row,) = [r for r in REGIONS.rows if (r.code, r.name) == (code, name)]
    assert row.last_seen == last
    assert (REGIONS.by_code[row.now].name if row.now else None) == successor


@pytest.mark.parametrize(
    ("code", "year", "chain"),
    [
        ("500108", None, ("重庆市", None, "南岸区")), ("110105", 2020, ("北京市", None, "朝阳区")),
        ("511302", None, ("四川省", "南充市", "顺庆区")), ("370103", None, ("山东省", "济南市", "市中区")),
        ("511300", None, ("四川省", "南充市", None)), ("510000", None, ("四川省", None, None)),
        ("429004", None, ("湖北省", None, "仙桃市")), ("460400", None, ("海南省", "儋州市", None)),
        ("500110", 2009, ("重庆市", None, "万盛区")), ("500110", 2023, ("重庆市", None, "綦江区")),
        ("420602", 2008, ("湖北省", "襄樊市", "襄城区")), ("420602", None, ("湖北省", "襄阳市", "襄城区")),
    ],
)  # fmt: skip
def test_the_chain_names_what_a_division_lies_in(
    code: str, year: int | None, chain: tuple[str | None, str | None, str | None]
) -> None:
    assert REGIONS.chain(code, year) == chain


@pytest.mark.parametrize(("year", "listed"), [(2005, False), (2006, True), (2010, True), (2011, False)])
def test_a_division_is_listed_from_its_first_to_its_last_edition(year: int, listed: bool) -> None:
    assert Region("999901", "某区", "district", 2006, 2010).lists(year) is listed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: the header must be"),
        ("name,code\n", ":1: the header must be"),
        (HEADER + "1234,某区,district,,,\n", ":2: "),
        (HEADER + "110101,某区,district,,,\n110102,某区,village,,,\n", ":3: "),
        (HEADER + "110101,某区,district,,\n", ":2: "),
        (HEADER + "110101,某区,district,,09,\n", ":2: '09' is no year"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "regions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RuleFault, match=said):
        load_regions(tmp_path)


def test_a_missing_table_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleFault, match="cannot be read"):
        load_regions(tmp_path)
