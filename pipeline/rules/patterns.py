"""What patterns of the rules begin with, so that one look at a character spares all their alternatives."""

from __future__ import annotations

from itertools import pairwise


def first_characters(pattern: str) -> set[str]:
    """The characters with which the alternatives of a pattern `(?:…|…)` begin."""
    found, depth = set(), 0
    for before, char in pairwise(pattern.removeprefix("(?")):
        if depth == 0 and before in ":|":
            found.add(char)
        depth += (char == "(") - (char == ")")
    return found


def are_chinese(characters: set[str]) -> bool:
    """All are Chinese characters, none a sign of the language of patterns."""
    return all("\u4e00" <= char <= "\u9fff" for char in characters)
