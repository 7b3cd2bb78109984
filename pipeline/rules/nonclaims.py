"""Model of rules/nonclaims.yaml: the shapes and fixed expressions that hold a numeral and measure nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from string import ascii_letters
from typing import Final, Literal, NamedTuple, get_args

from pydantic import Field

from pipeline.rules.load import RuleModel

HAN_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
ARABIC_NUMERALS = "0123456789"
_BEFORE_NUMERAL = "数几上前"  # 数十, 几百, 上千, 前三
CellKind = Literal["not_applicable", "phone", "date", "code", "illegible"]
# In order of trial.
_CELL_KINDS: Final[dict[str, CellKind]] = {kind: kind for kind in get_args(CellKind)}


class Nonclaim(RuleModel):
    """A shape of text that holds numerals and measures nothing.

    `first` holds the characters it may begin with, or a list of words; the words `digit`, `han` and `letter`
    stand for all characters of that kind. A `late` shape is
    tried after the fixed expressions. `examples` map a text to what is taken from it.
    """

    id: str
    code: str
    first: str | tuple[str, ...]
    late: bool = False
    pattern: str
    examples: dict[str, str] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """The words, or single characters, one of which begins a match."""
        if not isinstance(self.first, str):
            return self.first
        kinds = {"digit": ARABIC_NUMERALS, "han": HAN_NUMERALS, "letter": ascii_letters}
        return tuple(kinds.get(self.first, self.first))

    @cached_property
    def starts(self) -> str:
        """The characters that may begin a match."""
        return "".join(dict.fromkeys(word[0] for word in self.openings))


Shapes = tuple[re.Pattern[str], tuple[Nonclaim, ...]]


class Fixed(NamedTuple):
    """A fixed expression, the offset of its first numeral, and its code (None: an ordinary word, no note)."""

    text: str
    offset: int
    code: str | None


class NonclaimRules(RuleModel):
    """rules/nonclaims.yaml."""

    counted: str
    patterns: tuple[Nonclaim, ...]
    fixed: dict[Literal["name", "idiom", "date", "ordinal", "article", "words"], tuple[str, ...]]
    led: str
    noun: str
    never_before_one: str
    count_before_one: str
    count_after_one: str
    not_applicable: tuple[str, ...]
    illegible: str
    illegible_examples: tuple[str, ...]
    illegible_not: tuple[str, ...]
    phone: str
    phone_examples: tuple[str, ...]
    date: str
    date_examples: tuple[str, ...]
    code: str
    code_examples: tuple[str, ...]
    value_filler: str

    @cached_property
    def early(self) -> dict[str, Shapes]:
        """First character → one pattern of all shapes that may begin with it, and the shapes in order."""
        return self._by_first(p for p in self.patterns if not p.late)

    @cached_property
    def late(self) -> dict[str, Shapes]:
        """The same for the shapes that are tried after the fixed expressions."""
        return self._by_first(p for p in self.patterns if p.late)

    def _by_first(self, patterns: Iterable[Nonclaim]) -> dict[str, Shapes]:
        shapes = tuple(patterns)
        made: dict[str, Shapes] = {}
        for chars in _joined({*shape.starts} for shape in shapes):
            own = tuple(shape for shape in shapes if chars.issuperset(shape.starts))
            made |= dict.fromkeys(chars, (self._one_of(own, chars), own))
        return made

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern with `{counted}` (units that make a number a count) and `{n}` (Chinese digits) put in."""
        return re.compile(self._filled(pattern))

    @cached_property
    def trigger_regex(self) -> re.Pattern[str]:
        """Where something may begin: at a numeral, a word before one, or an opening of a shape."""
        numerals = HAN_NUMERALS + ARABIC_NUMERALS
        openings = {word for shape in self.patterns for word in shape.openings}
        words = {word for word in openings if word[0] not in openings and word[0] not in numerals}
        single = "".join(sorted({*numerals, *(word for word in openings if len(word) == 1)}))
        heads = "".join(sorted({*(word[0] for word in words), *_BEFORE_NUMERAL, "翻"}))
        # One class of characters first: the search runs over all others without looking at alternatives.
        return re.compile(
            f"[{re.escape(single + heads)}]"
            f"(?:(?<=[{re.escape(single)}])|(?<=[{_BEFORE_NUMERAL}])(?=[{numerals}])|(?<=翻)(?=了?[{numerals}])"
            f"|(?=[{re.escape(''.join(sorted({word[1] for word in words})))}])(?:{_after_first(words)}))"
        )

    @cached_property
    def fixed_at(self) -> dict[str, tuple[Fixed, ...]]:
        """First numeral with the character after it (if any) → fixed expressions, longest first."""
        at: dict[str, list[Fixed]] = defaultdict(list)
        for code, texts in self.fixed.items():
            for text in texts:
                k = _first_numeral(text)
                at[text[k : k + 2]].append(Fixed(text, k, None if code == "words" else code))
        return {key: tuple(sorted(f, key=lambda x: -len(x.text))) for key, f in at.items()}

    @cached_property
    def led_regex(self) -> re.Pattern[str]:
        """What leads up to a bare number that counts."""
        return re.compile(self.led)

    @cached_property
    def noun_regex(self) -> re.Pattern[str]:
        """A noun that follows a bare number."""
        return re.compile(self.noun)

    @cached_property
    def before_one_regex(self) -> re.Pattern[str]:
        """What stands before a 一 that counts."""
        return re.compile(rf"(?:{self.count_before_one})\Z")

    @cached_property
    def never_one_regex(self) -> re.Pattern[str]:
        """What stands before a 一 that is an article, whatever follows."""
        return re.compile(rf"(?:{self.never_before_one})\Z")

    @cached_property
    def after_one_regex(self) -> re.Pattern[str]:
        """What stands after 一 and its classifier where it counts."""
        return re.compile(self.count_after_one)

    def kind_of_cell(self, text: str) -> CellKind | None:
        """The kind of a cell that holds no quantity, by its whole text (white space left out); else None."""
        m = self._cell_regex.match(text)
        return _CELL_KINDS[m.lastgroup or ""] if m else None

    @cached_property
    def _cell_regex(self) -> re.Pattern[str]:
        """The kinds of cells without a quantity, in order of trial; the group that matched names the kind."""
        shapes = ("|".join(self.not_applicable), self.phone, self.date, self.code, self.illegible)
        kinds = zip(_CELL_KINDS, shapes, strict=True)
        return re.compile("|".join(rf"(?P<{kind}>(?:{p})\Z)" for kind, p in kinds))

    @cached_property
    def filler_regex(self) -> re.Pattern[str]:
        """What may stand beside the quantities of a value cell."""
        return re.compile(self.value_filler)

    def _one_of(self, shapes: Iterable[Nonclaim], chars: set[str]) -> re.Pattern[str]:
        """The shapes as one pattern; those that begin with some of the characters only look at the first."""
        looks = {s.id: f"(?=[{re.escape(s.starts)}])" if chars - set(s.starts) else "" for s in shapes}
        return re.compile("|".join(f"({looks[s.id]}{self._filled(s.pattern)})" for s in shapes))

    def _filled(self, pattern: str) -> str:
        return pattern.replace("{counted}", f"(?:{self.counted})").replace("{n}", "[一二三四五六七八九十两]")


def _joined(sets: Iterable[set[str]]) -> list[set[str]]:
    """The sets, those that share a character put together."""
    made: list[set[str]] = []
    for one in sets:
        apart = [other for other in made if other.isdisjoint(one)]
        made = [*apart, one.union(*(other for other in made if not other.isdisjoint(one)))]
    return made


def _after_first(words: Iterable[str]) -> str:
    """A pattern of what follows the first character of one of the words, where that has been read."""
    rests: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        rests[word[0]].append(re.escape(word[1:]))
    alike: dict[str, list[str]] = defaultdict(list)  # first characters before the same rests
    for char, rest in rests.items():
        alike["|".join(rest)].append(re.escape(char))
    return "|".join(f"(?<=[{''.join(chars)}])(?:{rest})" for rest, chars in alike.items())


def _first_numeral(text: str) -> int:
    found = next((k for k, c in enumerate(text) if c in HAN_NUMERALS or c in ARABIC_NUMERALS), None)
    if found is None:
        raise ValueError(f"rules/nonclaims.yaml: {text!r} holds no numeral; take it out of `fixed`")
    return found
