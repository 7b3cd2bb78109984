"""The number grammar: characters → value, scale, range."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.numerals import counting
from pipeline.segment.numbers import chinese, numeral_at


@pytest.mark.parametrize(
    ("text", "value", "scale", "end"),
    [
        ("58人", "58", "", 2),
        ("1,234.50元", "1234.50", "", 8),
        ("1 234人", "1234", "", 5),
        ("12,5", "12", "", 2),
        ("2.82亿人", "2.82", "亿", 5),
        ("1,100万人", "1100", "万", 6),
        ("7000余万元", "7000", "万", 6),
        ("1万余人", "1", "万", 3),
        ("25万6千人", "256000", "", 5),
        ("3百名", "300", "", 2),
        ("3百万元", "300", "万", 3),
        ("3千米", "3", "", 1),
        ("十余次", "10", "", 2),
        ("二百三十余万元", "230", "万", 6),
        ("十几万人", "10", "万", 3),
        ("一万二千人", "12000", "", 4),
        ("两千三百〇五", "2305", "", 6),
        ("两千三", "2300", "", 3),
        ("上百次", "100", "", 2),
        ("数百人", "100", "", 2),
        ("三点五倍", "3.5", "", 3),
    ],
)
def test_a_numeral_is_read_up_to_its_end(text: str, value: str, scale: str, end: int) -> None:
    n = numeral_at(text, 0)
    assert n is not None
    assert (n.value, n.scale, n.end) == (Decimal(value), scale, end)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("两三个", 2, 3), ("三五名", 3, 5), ("七八十人", 70, 80), ("三四百", 300, 400)]
)
def test_two_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    n = numeral_at(text, 0)
    assert n is not None
    assert (n.value, n.high) == (low, high)


@pytest.mark.parametrize("text", ["一二三四五", "百十千", "二三二", "三三", "几", "数"])
def test_characters_that_make_no_number_are_not_read(text: str) -> None:
    assert numeral_at(text, 0) is None


@pytest.mark.parametrize(
    "text", ["9" * 400, f"{'9' * 400}.5万", f"{'1,234' + ',567' * 6}", f"1万{'2' * 400}千"]
)
def test_no_number_that_is_read_is_too_large_for_a_float(text: str) -> None:
    n = numeral_at(text, 0)
    assert n is None or isfinite(float(n.value))


@given(st.integers(1, 9999))
def test_chinese_counting_is_read_back(n: int) -> None:
    assert chinese(counting(n)) in {(Decimal(n), None)}


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_printed_decimals_lose_nothing(n: int, places: int) -> None:
    printed = f"{Decimal(n).scaleb(-places):,f}"
    read = numeral_at(printed, 0)
    assert read is not None
    assert read.value == Decimal(printed.replace(",", ""))


@given(st.text(alphabet="0123456789,. 零一二三十百千万亿余多几数上点", min_size=1, max_size=40))
def test_any_run_of_numeral_characters_is_read_or_refused(text: str) -> None:
    n = numeral_at(text, 0)
    assert n is None or (0 < n.end <= len(text) and n.value >= 0)
