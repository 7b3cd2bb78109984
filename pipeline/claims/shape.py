"""A sentence → its clauses: what is quoted or bracketed is covered, so that marks inside part nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.rules.prose import PhraseRules

COVER: Final = "\u25a1"
HIDDEN: Final = "\0"
# Nothing quoted or bracketed is longer: thousands of marks that nothing closes are looked behind no further.
_LONGEST: Final = 400


def _between(opening: str, closing: str, never: str) -> str:
    """The pattern of two marks and what stands between them, in which `never` does not."""
    return f"{re.escape(opening)}[^{re.escape(never)}]{{0,{_LONGEST}}}{re.escape(closing)}"


_QUOTED: Final = re.compile("|".join(_between(a, b, b) for a, b in ("《》", "“”", "‘’", "「」")))
_BRACKET: Final = re.compile(
    "|".join(
        [*(_between(a, b, a + b) for a, b in ("（）", "()")), *(_between(a, b, b) for a, b in ("【】", "[]"))]
    )
)


@dataclass(frozen=True, slots=True)
class Shape:
    """`covered` has the length of the text; quotes keep no marks, brackets are all cover.

    `bounds` are the offsets of the marks between clauses, in order.
    """

    text: str
    covered: str
    brackets: tuple[tuple[int, int], ...]
    bounds: tuple[int, ...]

    def bracket_of(self, start: int, end: int) -> tuple[int, int] | None:
        """The bracket that holds text[start:end]."""
        if not self.brackets:
            return None
        return next((b for b in self.brackets if b[0] < start and end < b[1] + 1), None)

    def clause_start(self, at: int) -> int:
        """Where the clause begins that ends at `at` or holds it."""
        n = bisect_left(self.bounds, at)
        return self.bounds[n - 1] + 1 if n else 0

    def part_start(self, at: int) -> int:
        """Where the part of the sentence begins that holds `at`, parted by semicolons."""
        before = self.bounds[: bisect_left(self.bounds, at)]
        return next((b + 1 for b in reversed(before) if self.text[b] in "；;。"), 0)

    def clause_end(self, at: int) -> int:
        """The first bound from `at` on, else the end of the text."""
        n = bisect_left(self.bounds, at)
        return self.bounds[n] if n < len(self.bounds) else len(self.text)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around text[start:end], bounds left out."""
        return self.clause_start(start), self.clause_end(end)

    def bare(self, start: int, end: int) -> str:
        """text[start:end] without what stands in brackets."""
        return "".join(
            c for c, m in zip(self.text[start:end], self.covered[start:end], strict=True) if m != HIDDEN
        )


def shape(text: str, rules: PhraseRules) -> Shape:
    """Cover quotes and brackets, and find the bounds of clauses."""
    covered = _QUOTED.sub(lambda m: COVER * len(m.group()), text)
    brackets = tuple(m.span() for m in _BRACKET.finditer(covered))
    covered = _BRACKET.sub(lambda m: HIDDEN * len(m.group()), covered)
    bounds = tuple(i for m in rules.bound_regex.finditer(covered) if not _in_number(covered, i := m.start()))
    return Shape(text, covered, brackets, bounds)


def _in_number(text: str, at: int) -> bool:
    """The mark at text[at] stands between digits: 1:16, 6,852."""
    return text[at] in ":：,，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a sentence with parts of speech; `starts` are the offsets at which they begin, in order."""

    starts: Sequence[int]
    words: Sequence[str]
    pos: Sequence[str]

    def at_or_after(self, at: int) -> int:
        """The index of the first token that begins at `at` or after it."""
        return bisect_left(self.starts, at)


def tokens_of(words: Sequence[str], pos: Sequence[str]) -> Tokens:
    """The tokens with the offsets at which they begin, and the end of the last one after them."""
    return Tokens(list(accumulate(map(len, words), initial=0)), words, pos)
