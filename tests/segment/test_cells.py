"""The text of a table cell → what it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import load
from pipeline.segment.cells import read_cell

RULES = load()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0", [(0, None)]),
        ("５８", [(58, None)]),
        ("1,234.50", [(1234.5, None)]),
        ("1，234", [(1234, None)]),
        ("1 234", [(1234, None)]),
        ("12.5 %", [(12.5, "%")]),
        ("-3.2", [(-3.2, None)]),
        ("（12）", [(12, None)]),
        ("22人10天", [(22, "人"), (10, "天")]),
        ("15人/3个", [(15, "人"), (3, "个")]),
        ("456/432", [(456, None), (432, None)]),
        ("60/31.9%", [(60, None), (31.9, "%")]),
        ("2/3", [(2 / 3, None)]),
        ("218人（其中女126人）", [(218, "人"), (126, "人")]),
        ("98.5%（上年97.2%）", [(98.5, "%"), (97.2, "%")]),
        ("20（含外聘）", [(20, None)]),
        ("46（编制内40，外聘约6）", [(46, None), (40, None), (6, None)]),
        ("1：16", [(16, ":")]),
        (">=95", [(95, None)]),
        ("￥1,200", [(1200, None)]),
        ("12345\n6", [(123456, None)]),
        ("12.\n5%", [(12.5, "%")]),
        ("120\n98", [(120, None), (98, None)]),
        ("三个", [(3, "个")]),
    ],
)
def test_values(text: str, values: list[tuple[float, str | None]]) -> None:
    reading = read_cell(text, RULES)
    assert reading.kind == "value"
    assert [(q.value, q.unit) for q in reading.quantities] == values


@pytest.mark.parametrize(
    ("text", "qualifier", "high"),
    [("≥95", "at_least", None), ("约1200", "about", None), ("95%以上", "over", None), ("20-30", "range", 30)],
)
def test_hedges_and_ranges(text: str, qualifier: str, high: float | None) -> None:
    (q,) = read_cell(text, RULES).quantities
    assert (q.qualifier, q.high) == (qualifier, high)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (" \n", "blank"), ("—", "not_applicable"), ("/", "not_applicable"), ("高职\n填报", "not_applicable"),
        ("无", "not_applicable"), ("12?", "illegible"), ("XX", "illegible"), ("1O5", "illegible"),
        ("2023年9月", "date"), ("010-62345678", "phone"), ("A1203", "code"), ("产教融合", "text"),
        ("获奖3项，其中一等奖1项", "text"), ("三", "text"),
        ("3+2", "text"), ("8:30-17:00", "date"), ("2、", "code"),
    ],
)  # fmt: skip
def test_cells_without_a_value(text: str, kind: str) -> None:
    reading = read_cell(text, RULES)
    assert (reading.kind, reading.quantities) == (kind, [])


@given(st.text(alphabet="0123456789.,-%人个 \n约以上（）/:一三十万无", max_size=20))
def test_offsets_are_those_of_the_cell(text: str) -> None:
    reading = read_cell(text, RULES)
    assert all(text[q.start : q.end] == q.surface for q in reading.quantities)
    assert bool(reading.quantities) == (reading.kind == "value")
