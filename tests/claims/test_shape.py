"""Quotes and brackets cover the marks inside them, as far as a reader looks for the mark that closes them."""

from __future__ import annotations

import pytest

from pipeline.claims.shape import COVER, HIDDEN, shape
from pipeline.rules import load

PHRASES = load().phrases


@pytest.mark.parametrize("quoted", ["《一，二》", "“一，二”", "‘一，二’", "「一，二」", "“一“二，”"])
def test_a_quote_is_cover_and_its_marks_part_nothing(quoted: str) -> None:
    made = shape(f"有{quoted}，三", PHRASES)
    assert made.covered == f"有{COVER * len(quoted)}，三"
    assert made.bounds == (1 + len(quoted),)


@pytest.mark.parametrize("inner", ["（一，二）", "(一，二)", "【一，二】", "[一，二]"])
def test_a_bracket_is_hidden_and_known_by_its_place(inner: str) -> None:
    made = shape(f"有{inner}三", PHRASES)
    assert made.covered == f"有{HIDDEN * len(inner)}三"
    assert made.brackets == ((1, 1 + len(inner)),)
    assert made.bounds == ()


@pytest.mark.parametrize("mark", "《“‘「（(【[")
def test_thousands_of_marks_that_nothing_closes_cover_nothing(mark: str) -> None:
    text = mark * 20_000 + "在校生12人，教师3人"
    made = shape(text, PHRASES)
    assert made.covered == text
    assert made.bounds == (text.index("，"),)
