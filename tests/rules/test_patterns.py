"""What patterns of the rules begin with."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.rules import load
from pipeline.rules.patterns import first_characters
from pipeline.rules.scope import EntityRules


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("(?:学校|学院|中学校?|校)", "学中校"),
        ("(?:职业(?:技术|中等(?:专业)?)?学校|技校)", "职技"),
        ("(?:职教中心(?:学校)?|(?:高等)?学院)", "职("),
    ],
)
def test_the_characters_that_alternatives_begin_with(pattern: str, want: str) -> None:
    assert first_characters(pattern) == set(want)


def test_an_ending_of_a_school_that_begins_with_no_character_is_refused() -> None:
    entities = load().entities.model_dump()
    with pytest.raises(ValidationError, match="must begin with a Chinese character"):
        EntityRules(**entities | {"short": "(?:学校|(?:高)?中学)"})
