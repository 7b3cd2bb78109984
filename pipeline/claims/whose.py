"""Blocks in order → for each number of a paragraph, whose it is and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.normalize.context import Context
from pipeline.normalize.periods import Period, find_periods
from pipeline.normalize.scope import Scope, Subject, clause_starts
from pipeline.rules import Rules
from pipeline.schema import Block, Sentence
from pipeline.segment.quantity import Quantity

_NUMBERING = re.compile(r"^[\d.、（()）一二三四五六七八九十案例：:\s]+")


class Teller:
    """Knows the report's schools and the section that is being read."""

    def __init__(self, blocks: Sequence[Block], context: Context, rules: Rules) -> None:
        self.context, self.rules = context, rules
        self.scope = Scope(
            (b.text for b in blocks if b.kind in ("paragraph", "heading", "list", "caption")), context, rules
        )
        self._headings: dict[str, str | None] = {}
        self._section = ""
        self._school: str | None = None
        self._behind: list[Reading | Block] = []  # of this section, and not yet asked for their school

    def open(self, block: Block, sentences: Sequence[Sentence]) -> Reading:
        """Begin a paragraph. 学校 in it may be the school with which the one before it ended."""
        reading = Reading(self, self._school_of(block.section), sentences, self._carried(block))
        self._behind.append(reading)
        return reading

    def pass_by(self, block: Block) -> None:
        """Take note of the school that a paragraph without numbers begins with."""
        self._carried(block)
        self._behind.append(block)

    def _carried(self, block: Block) -> str | None:
        """The school that the paragraphs of the section have come to.

        They are asked only where the block says 学校: whom most of them end with is needed by none.
        """
        if block.section != self._section:
            self._section, self._school = block.section, None
            self._behind.clear()
        if self._behind and self.scope.rules.anaphor_regex.search(block.text):
            for behind in self._behind:
                self._school = self._closing(behind, self._school)
            self._behind.clear()
        return self._school

    def _closing(self, behind: Reading | Block, carried: str | None) -> str | None:
        if isinstance(behind, Reading):
            behind.carried = carried
            return behind.closing()
        found = self.scope.subject_at(behind.text, 0, leading=True)
        if found is None:
            return carried
        return found.entity if found.kind == "school" else None

    def _school_of(self, section: str) -> str | None:
        """The school that a heading of the section's path names, the innermost first."""
        return next(filter(None, map(self._named, reversed(section.split(" > ")))), None)

    def _named(self, heading: str) -> str | None:
        if heading not in self._headings:
            self._headings[heading] = self.scope.first_school(_NUMBERING.sub("", heading))
        return self._headings[heading]


@dataclass
class Reading:
    """One paragraph while it is read."""

    teller: Teller
    section: str | None
    sentences: Sequence[Sentence]
    carried: str | None = None
    _subjects: dict[int, list[Subject]] = field(default_factory=dict)
    _periods: dict[int, list[Period]] = field(default_factory=dict)

    def subjects(self, sentence: Sentence) -> list[Subject]:
        """The subjects of a sentence's clauses, in order; anaphors of a school are resolved."""
        if sentence.sent_no not in self._subjects:
            self._subjects[sentence.sent_no] = list(self._find(sentence))
        return self._subjects[sentence.sent_no]

    def _find(self, sentence: Sentence) -> list[Subject]:
        scope, words = self.teller.scope, self.teller.scope.rules
        found: list[Subject] = []
        periods = self.periods(sentence)
        for n, start in enumerate(clause_starts(sentence.text)):
            leading = n == 0 or not found
            at = self._after_opening(sentence.text, start, periods)
            # 如 opens an example, and a name (如皋市): what is a name as it stands is one.
            subject = scope.subject_at(sentence.text, start, leading)
            if subject is None and at != start:
                subject = scope.subject_at(sentence.text, at, leading)
            if subject is None and (anaphor := words.anaphor_regex.match(sentence.text, at)):
                subject = self._anaphor(sentence, anaphor)
            if subject:
                found.append(subject)
        return found

    def _after_opening(self, text: str, at: int, periods: Sequence[Period]) -> int:
        """The offset after 其中, a period and the like."""
        before = self.teller.scope.rules.before_regex
        while True:
            m = before.match(text, at)
            moved = m.end() if m else at
            for p in periods:
                if p.start <= moved < p.end:
                    moved = p.end
                    break
            if moved == at:
                return at
            at = moved

    def _anaphor(self, sentence: Sentence, m: re.Match[str]) -> Subject | None:
        """The school that a word takes up."""
        school = self._own_school(m.group()) or self._last_school(sentence.sent_no)
        school = school or self.section or self.carried
        return Subject(m.start(), m.end(), school, "school") if school else None

    def _own_school(self, word: str) -> str | None:
        """学校 and 我校 in the report of a school are that school; 该校 is the one spoken of."""
        context, far = self.teller.context, self.teller.scope.rules.far_regex
        return context.org if context.level in ("school", "college") and not far.match(word) else None

    def closing(self) -> str | None:
        """The school that the paragraph ends with, None where it ends with a region or a group."""
        for sentence in reversed(self.sentences):
            if found := self.subjects(sentence):
                return found[-1].entity if found[-1].kind == "school" else None
        return self.carried

    def _last_school(self, before: int) -> str | None:
        for n in range(before - 1, -1, -1):
            for subject in reversed(self.subjects(self.sentences[n])):
                if subject.kind == "school":
                    return subject.entity
        return None

    def entity(self, sentence: Sentence, q: Quantity) -> str | None:
        """Whom the number is about."""
        for subject in reversed(self.subjects(sentence)):
            if subject.start <= q.start:
                return subject.entity
        if self.section:
            return self.section
        for other in self._nearest(sentence):
            found = self.subjects(other)
            if found and found[0].kind != "nation":
                return found[0].entity
        return self.teller.context.entity or self.teller.scope.everywhere

    def _nearest(self, sentence: Sentence) -> Iterator[Sentence]:
        """The other sentences in the order in which they tell the subject.

        Those before it in its item (二是…), the nearest first; then the paragraph from its beginning.
        """
        for other in self.sentences[sentence.sent_no :: -1]:
            if other is not sentence:
                yield other
            if self.teller.scope.rules.item_regex.match(other.text):
                break
        yield from self.sentences

    def periods(self, sentence: Sentence) -> list[Period]:
        """The periods that a sentence names outside book titles."""
        if sentence.sent_no not in self._periods:
            found = find_periods(sentence.text, self.teller.context.report_year, self.teller.rules.periods)
            self._periods[sentence.sent_no] = [_school_year(p, sentence.text) for p in found]
        return self._periods[sentence.sent_no]

    def period(self, sentence: Sentence, q: Quantity, relation: str) -> tuple[str | None, int | None]:
        """(period, year) of the number: nearest before, paragraph's, report's."""
        text, words = sentence.text, self.teller.rules.periods
        for p in reversed(self.periods(sentence)):
            if p.end <= q.start and (
                not words.aside_regex.search(text[: p.start])
                or (relation != "change" and words.own_regex.fullmatch(text, p.end, q.start))
            ):
                return p.period, p.year
        opening = self._opening()
        if opening:
            return opening.period, opening.year
        year = self.teller.context.report_year
        return (str(year), year) if year else (None, None)

    def _opening(self) -> Period | None:
        """A period at the very start of the paragraph holds for all of it."""
        first = self.sentences[0]
        return next((p for p in self.periods(first) if p.start <= 2), None)

    def holes(self, sentence: Sentence) -> list[tuple[int, int]]:
        """What names whose or when and so is no part of a phrase."""
        return [(p.start, p.end) for p in self.periods(sentence)] + [
            (s.start, s.end) for s in self.subjects(sentence)
        ]


def _school_year(p: Period, text: str) -> Period:
    """2023-2024年度 is a school year."""
    first, _, last = p.period.partition("..")
    if last and int(last) == int(first) + 1 and text[p.start : p.end].rstrip("的").endswith("年度"):
        return Period(p.start, p.end, f"{first}/{last}", p.year)
    return p
