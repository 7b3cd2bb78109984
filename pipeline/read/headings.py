"""Paragraphs with their evidence → which are headings, at which level, with which number.

A style or outline level settles it. Where the author used none, the typed number and the shape of the
line do: short, no end of a sentence, bold or larger than the body, not one of a run of list items. The
level of `1.2.3` is in the number; that of `一、` or `（一）` follows from where it stands: it continues the
series that is open, or opens a new one below. docs/READING.md tells the whole of it with examples.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from pipeline.read.body import BodyTable, Item, Paragraph
from pipeline.read.numerals import counting
from pipeline.rules.reading import Marker, ReadingRules

_ORDINALS: Final = {counting(n): n for n in range(1, 100)}
_LOOK: Final = "look"
_CASE: Final = "case"


@dataclass(slots=True)
class Candidate:
    """A paragraph that may be a heading. `family` names the kind of its number (or its look)."""

    index: int
    family: str
    number: str | None
    ordinals: tuple[int, ...]
    title: str
    styled: int = 0
    fixed: int | None = None
    strong: bool = False
    size: int | None = None
    level: int = 0


@dataclass(slots=True)
class _Outline:
    """The headings that are open, outermost first, and the levels that styled families were seen at."""

    rank: dict[str, int]
    case_sections: tuple[str, ...]
    open: list[Candidate] = field(default_factory=list)
    learned: dict[str, int] = field(default_factory=dict)

    def place(self, c: Candidate) -> None:
        """Give the candidate its level and make it the innermost open heading."""
        c.level = min(max(c.styled or self._below_cases(c) or c.fixed or self._level(c), 1), 9)
        if c.styled:
            self.learned[c.family] = c.styled
        while self.open and self.open[-1].level >= c.level:
            self.open.pop()
        self.open.append(c)

    def _below_cases(self, c: Candidate) -> int:
        """The level below the open heading that gathers cases (典型案例); 0 for none, or for no case."""
        if c.family != _CASE:
            return 0
        gathers = (
            o for o in self.open if o.family != _CASE and any(w in o.title for w in self.case_sections)
        )
        return next((o.level + 1 for o in gathers), 0)

    def _level(self, c: Candidate) -> int:
        siblings = [o for o in reversed(self.open) if o.family == c.family]
        sibling = next((o for o in siblings if _continues(c, o)), siblings[0] if siblings else None)
        if sibling is not None and not _restarts(c, sibling):
            return sibling.level
        if sibling is None:
            learned = self.learned.get(c.family)
            if learned and not _first(c):
                return learned
            self._close_deeper(c)
        return self.open[-1].level + 1 if self.open else 1

    def _close_deeper(self, c: Candidate) -> None:
        """Close the open headings that a number of this family stands above (（一） above 1.)."""
        while self.open and not self.open[-1].styled and self._below(self.open[-1], c):
            self.open.pop()

    def _below(self, inner: Candidate, c: Candidate) -> bool:
        if c.family.startswith(_LOOK):
            return bool(inner.family.startswith(_LOOK) and inner.size and c.size and inner.size < c.size)
        return self.rank.get(inner.family, -1) > self.rank.get(c.family, 99)


def find_headings(items: list[Item], rules: ReadingRules) -> dict[int, Candidate]:
    """Return the headings by their index in `items`, each with level and number."""
    found = _candidates(items, rules)
    _drop_lists(found, items)
    _fix_chapters(found)
    outline = _Outline({m.id: n for n, m in enumerate(rules.markers)}, rules.case_sections)
    for candidate in found:
        outline.place(candidate)
    return {c.index: c for c in found}


def marker_of(text: str, rules: ReadingRules) -> tuple[Marker, str] | None:
    """The first marker of the rules that `text` opens with, and what it matched."""
    for marker in rules.markers:
        match = marker.regex.match(text)
        if match:
            return marker, match[0]
    return None


def _candidates(items: list[Item], rules: ReadingRules) -> list[Candidate]:
    body_size = _body_size(items)
    found: list[Candidate] = []
    titles: Counter[tuple[str, str]] = Counter()
    unmarked: list[tuple[int, Paragraph, str]] = []
    for index, item in enumerate(items):
        if isinstance(item, BodyTable) or item.contents or item.style.kind in ("toc", "caption"):
            continue
        text = item.text.strip()
        if not text or not _shaped(text, item, rules):
            continue
        candidate = _marked(index, item, text, body_size, rules)
        if candidate is not None:
            found.append(candidate)
            titles[candidate.title, candidate.family] += 1
        else:
            unmarked.append((index, item, text))
    found += _unmarked(unmarked, found, titles, body_size, rules)
    return sorted(found, key=lambda c: c.index)


def _shaped(text: str, item: Paragraph, rules: ReadingRules) -> bool:
    """Whether the line is short and does not end like a sentence; a styled heading may be longer."""
    if item.style.kind == "heading":
        return len(text) <= 3 * rules.heading_max_chars or not rules.sentence_end_regex.search(text)
    return (
        len(text) <= rules.heading_max_chars
        and not rules.sentence_end_regex.search(text)
        and not rules.caption_regex.match(text)
    )


def _marked(index: int, item: Paragraph, text: str, body_size: int, rules: ReadingRules) -> Candidate | None:
    """A candidate with a style, or a typed or automatic number; None for a line with neither."""
    styled = item.style.level if item.style.kind == "heading" else 0
    auto = (item.number or "").strip()
    marker = marker_of(f"{auto} {text}" if auto else text, rules)
    strong = item.bold or _larger(item, body_size)
    if marker is None:
        if not styled:
            return None
        return Candidate(index, _look(item), auto or None, (), text, styled, strong=True, size=item.size)
    rule, number = marker
    title = text if auto else text[len(number) :].strip(" \t:：、")
    if not title or (item.style.kind == "list" and not styled and not strong):
        return None
    ordinals = _ordinals(number)
    fixed = len(ordinals) if rule.level == 0 else rule.level
    family = f"{rule.id}{len(ordinals)}" if rule.level == 0 else rule.id
    return Candidate(
        index, family, auto or number.strip(" :："), ordinals, title, styled, fixed, strong, item.size
    )


def _unmarked(
    lines: list[tuple[int, Paragraph, str]],
    found: list[Candidate],
    titles: Counter[tuple[str, str]],
    body_size: int,
    rules: ReadingRules,
) -> list[Candidate]:
    """Headings without a number: by a known word, by words that are a heading elsewhere, or by their look."""
    again = {title: family for (title, family), n in titles.items() if n > 1}
    first = min((c.index for c in found), default=len(lines) and lines[-1][0] + 1)
    out = []
    for index, item, text in lines:
        plain = "".join(text.split())
        if plain in rules.unnumbered:
            out.append(Candidate(index, "unnumbered", None, (), text, fixed=1, strong=True, size=item.size))
        elif text in again and not item.number:
            out.append(Candidate(index, again[text], None, (), text, strong=True, size=item.size))
        elif (
            index > first and (item.bold or _larger(item, body_size)) and not item.number and "\n" not in text
        ):
            out.append(Candidate(index, _look(item), None, (), text, strong=item.bold, size=item.size))
    return out


def _drop_lists(found: list[Candidate], items: list[Item]) -> None:
    """Drop runs of numbered lines with nothing between them: a list, not headings."""
    weak = [not (c.styled or c.strong) for c in found]
    drop = set()
    for k in range(1, len(found)):
        a, b = found[k - 1], found[k]
        adjacent = all(_empty(items[i]) for i in range(a.index + 1, b.index))
        if adjacent and weak[k] and weak[k - 1] and a.family == b.family:
            drop |= {k - 1, k}
    found[:] = [c for k, c in enumerate(found) if k not in drop]


def _fix_chapters(found: list[Candidate]) -> None:
    """Fix the levels that the number alone does not tell.

    `1.` is a chapter (level 1) where `1.1` follows before `2.`: both count in one scheme. Cases stand below
    the chapters, or at the top where nothing comes before them.
    """
    below = bool(found) and found[0].family != _CASE
    for k, c in enumerate(found):
        if c.family == "arabic" and not c.styled:
            after = next((d for d in found[k + 1 :] if d.family in ("arabic", "dotted2")), None)
            if after is not None and after.family == "dotted2" and after.ordinals[:1] == c.ordinals:
                c.fixed = 1
        elif c.family == _CASE and not c.styled:
            c.fixed = 2 if below else 1


def _continues(c: Candidate, sibling: Candidate) -> bool:
    """Whether it is the next of an open series: `九、` after `八、`, whatever stands between."""
    return bool(c.ordinals) and bool(sibling.ordinals) and c.ordinals[-1] == sibling.ordinals[-1] + 1


def _restarts(c: Candidate, sibling: Candidate) -> bool:
    """Whether the series begins anew below: `一、` after an open `八、`."""
    return bool(c.ordinals) and bool(sibling.ordinals) and c.ordinals[-1] == 1 and sibling.ordinals[-1] >= 1


def _first(c: Candidate) -> bool:
    return not c.ordinals or c.ordinals[-1] == 1


def _ordinals(number: str) -> tuple[int, ...]:
    """The numbers in a marker: 2.5.4 → (2, 5, 4), （十二） → (12,), ③ → (3,)."""
    digits = "".join(ch if ch.isdecimal() else " " for ch in number).split()
    if digits:
        return tuple(int(d) for d in digits)
    han = "".join(ch for ch in number if ch in "一二三四五六七八九十〇零百")
    if han in _ORDINALS:
        return (_ORDINALS[han],)
    return tuple(ord(ch) - 0x2460 + 1 for ch in number if "①" <= ch <= "⑳")


def _look(item: Paragraph) -> str:
    return f"{_LOOK}:{item.size}:{item.bold}:{item.centered}"


def _larger(item: Paragraph, body_size: int) -> bool:
    return bool(item.size and body_size and item.size >= body_size + 2)


def _body_size(items: list[Item]) -> int:
    """The size in half points that most characters of the body have; 0 where the document does not say."""
    sizes: Counter[int] = Counter()
    for item in items:
        if isinstance(item, Paragraph) and item.size and len(item.text) > 20:
            sizes[item.size] += len(item.text)
    return max(sizes, key=lambda s: (sizes[s], -s)) if sizes else 0


def _empty(item: Item) -> bool:
    return isinstance(item, Paragraph) and not item.text.strip() and not item.image_before
