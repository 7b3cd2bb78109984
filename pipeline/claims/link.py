"""A quantity in its sentence → the noun phrase that it measures.

Two candidates, before and after the number, are weighed by what they are (see `_prefers_after`); what
neither side names is inherited from the claim before it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.brackets import in_bracket
from pipeline.claims.linked import Linked
from pipeline.claims.predicates import done_by, predicate, verb_before
from pipeline.claims.relate import Related
from pipeline.claims.shape import COVER, HIDDEN, Shape, Tokens
from pipeline.claims.trim import trim
from pipeline.rules import Rules
from pipeline.segment.quantity import Quantity

_FIRST_MEMBER = re.compile(r"^[^、，]*?[、，]")
_JOINED = re.compile(r"[、和与及]")
_SHARE = re.compile(r"率|比例|占|比重|度$")


class Linker:
    """Links the quantities of one sentence, left to right. `holes` name whose or when."""

    def __init__(self, shape: Shape, tokens: Tokens, holes: Sequence[tuple[int, int]], rules: Rules) -> None:
        self.shape, self.tokens, self.rules = shape, tokens, rules.phrases
        self.hidden = {i for a, b in holes for i in range(a, b)}
        self._shown = shape.text
        for a, b in (*shape.brackets, *holes):
            self._shown = self._shown[:a] + HIDDEN * (b - a) + self._shown[b:]

    def link_related(
        self, q: Quantity, related: Related, done: Sequence[Linked], following: Quantity | None
    ) -> Linked:
        """The phrase of `q`, with the words of its relation taken out of it."""
        if related.rule == "share_of":
            noun = self._after(q, following)
            return Linked(
                q,
                noun + predicate(self, q.end + (self.shape.text[q.end : q.end + 1] == "的") + len(noun)),
                noun,
                "after",
                noun,
            )
        if related.rule == "share_predicate":
            head = self.head_of(done) or self._previous_clause(self._left_edge(q, done)[0], done)
            base = related.base or head or None
            return Linked(q, done_by(self, q.end, following) or head, head, "after", base)
        if related.rule == "bracket":
            item = self.link(q, done, following)
            return Linked(q, self.rules.count_tail_regex.sub("", item.phrase) + "占比", item.head, "bracket")
        if related.about is None:
            return self.link(q, done, following)
        head = self.head_of(done)
        if related.relation == "change":  # people grow by people
            head = next((d.head for d in reversed(done) if d.head and _bare(d.quantity) == _bare(q)), head)
        about = self.trim(related.about.split("\0")[0]) if related.about else ""
        if related.relation == "share":
            subject = self.rules.count_tail_regex.sub("", about or head)
            return Linked(q, f"{subject}占{related.base or ''}比", about or head, "relative")
        if about and not self.rules.modifier_regex.fullmatch(about):
            return self._named(q, about, "before")
        if about:
            return Linked(q, self.modified(about, head), head, "modifier")
        if head:
            return Linked(q, head, head, "inherited")
        after = self._after(q, following)
        return self._named(q, after or self._previous_clause(self._left_edge(q, done)[0], done), "after")

    def link(self, q: Quantity, done: Sequence[Linked], following: Quantity | None) -> Linked:
        """The phrase of `q`, given the quantities before it and the next one."""
        bracket = self.shape.bracket_of(q.start, q.end)
        if bracket:
            return in_bracket(self, q, bracket, done)
        before, joined = self._before(q, done)
        after = self._after(q, following)
        if not joined and self.rules.share_clause_regex.match(before):
            head = next((d.head for d in reversed(done) if d.head), before[1:])
            return Linked(q, before[1:], head, "base")
        if self.rules.existential_regex.match(self.visible(self._left_edge(q, done)[0], q.start)):
            doing = "" if after else done_by(self, q.end, following)
            if doing:
                return self._named(q, doing, "after")
        if self._prefers_after(q, before, after):
            return self._named(q, self._governed(q, after, done, following), "after")
        if before:
            return self._completed(q, before, done, following)
        if after and not joined:
            return self._named(q, self._governed(q, after, done, following), "after")
        return self._inherited(q, done) or self._named(q, after or self._far_before(q), "far")

    # candidates

    def _left_edge(self, q: Quantity, done: Sequence[Linked]) -> tuple[int, bool]:
        """Where the text before `q` begins, and whether a quantity (not a mark) stands there."""
        mark = self.shape.clause_start(q.start)
        for d in reversed(done):
            if d.quantity.end <= mark:
                break
            if not self.shape.bracket_of(d.quantity.start, d.quantity.end):
                return d.quantity.end, True
        return mark, False

    def _before(self, q: Quantity, done: Sequence[Linked]) -> tuple[str, bool]:
        edge, joined = self._left_edge(q, done)
        text = self.visible(edge, q.start)
        if joined and text[:1] not in "、和与及，" and text[:1]:
            text = _FIRST_MEMBER.sub("", text, count=1) if "、" in text else text
        phrase = self.trim(text)
        if not phrase and not joined and edge:
            phrase = self._previous_clause(edge, done)
        return phrase, joined

    def _previous_clause(self, edge: int, done: Sequence[Linked]) -> str:
        """The clause before a clause that only says 共计 or 其中, if it holds no quantity."""
        mark = self.shape.clause_start(edge - 1)
        if any(mark <= d.quantity.start < edge for d in done) or self.shape.text[edge - 1] not in "，,：:":
            return ""
        return self.trim(self.visible(mark, edge - 1))

    def _far_before(self, q: Quantity) -> str:
        return self.trim(self.visible(self.shape.clause_start(q.start), q.start))

    def _after(self, q: Quantity, following: Quantity | None) -> str:
        """The noun phrase that begins right after `q`."""
        end = self.shape.clause_end(q.end)
        if following and following.start >= q.end:
            end = min(end, following.start)
        start = q.end
        if self.shape.text[start : start + 1] == "的":
            start += 1
        stop = self._noun_end(start, end)
        text = self.visible(start, stop)
        if not text and (clause := self.rules.relative_clause_regex.match(self.visible(start, end))):
            return clause["noun"]
        if following and following.start <= end:
            text = text.partition("的")[0]  # of what the next number measures
            text = _JOINED.split(text, maxsplit=1)[0] or text
        return self.rules.etc_regex.split(text)[0].rstrip("的地、和与及中里内上以") if text.strip() else ""

    def _noun_end(self, start: int, end: int) -> int:
        """Where the noun phrase that begins at `start` ends: before a predicate or a bracket."""
        at, tokens = start, self.tokens
        i = tokens.at_or_after(start)
        while at < end and at - start < self.rules.longest:
            if self.shape.covered[at] == HIDDEN:
                break
            if at == tokens.starts[i]:
                if self._ends_noun(i, at == start):
                    break
                i += 1
                at = tokens.starts[i]
            else:
                at += 1  # the number ends inside a token
        return min(at, end)

    def _ends_noun(self, i: int, first: bool) -> bool:
        word, pos = self.tokens.words[i], self.tokens.pos[i]
        if word in self.rules.stop_words or (pos in ("d", "p") and word not in "相本"):
            return True
        following = self.tokens.words[i + 1] if i + 1 < len(self.tokens.words) else ""
        if pos == "v" and (following in ("了", "着", "过", "至", "到", "于", "在", "为") or first):
            return not first or following in ("了", "着", "过", "至", "到") or word in self.rules.stop_words
        return word in "、" and first

    def head_of(self, done: Sequence[Linked]) -> str:
        """What the last of the claims before speaks of."""
        return next((d.head for d in reversed(done) if d.head), "")

    def visible(self, start: int, end: int) -> str:
        """The text from start to end without brackets, and without what names whose or when."""
        return self._shown[start:end].replace(HIDDEN, "")

    # weighing

    def _prefers_after(self, q: Quantity, before: str, after: str) -> bool:
        """The number counts what follows it: a classifier with a noun close behind."""
        if not after:
            return False
        text = self.shape.text
        possessive = text[q.end : q.end + 1] == "的"
        if possessive and q.unit == "%":
            return not before or not _SHARE.search(before)
        unit = q.unit or ""
        if not self.rules.classifier_regex.search(unit) and not possessive:
            return False
        if possessive:
            return "/" in unit or not before
        if self.rules.postposed_regex.search(unit):
            return False if before and not _is_predicate_tail(before) and unit != "人" else not before
        return True

    # joining

    def _governed(self, q: Quantity, noun: str, done: Sequence[Linked], following: Quantity | None) -> str:
        """A head that says too little, with its modifier (…的), its verb, or its predicate."""
        if noun not in self.rules.generic and not (len(noun) <= 2):
            return noun
        edge, _ = self._left_edge(q, done)
        said = predicate(self, q.end + len(noun), following)
        left = self.visible(edge, q.start)
        if said in self.rules.predicate_short.values():
            return said + noun
        if left.endswith("的"):
            modifier = self.trim(left[:-1])
            return (modifier[-14:] if modifier else "") + noun
        return (said or verb_before(self, q, edge)) + noun

    def _completed(
        self, q: Quantity, before: str, done: Sequence[Linked], following: Quantity | None
    ) -> Linked:
        """The phrase before the number; one that only classifies or compares takes the head spoken of."""
        head = self.head_of(done)
        if self.rules.per_head_regex.fullmatch(before):
            alike = [d.head for d in done if d.head and _bare(d.quantity) == _bare(q)]
            # Of a whole with its parts it is the whole's average, else the last one's.
            head = self.rules.count_tail_regex.sub(
                "", (alike[0] if len(alike) > 2 else alike[-1]) if alike else head
            )
        if head and self.rules.modifier_regex.fullmatch(before):
            return Linked(q, self.modified(before, _after_modifier(head)), head, "modifier")
        if self.rules.relative_regex.fullmatch(before):
            head = head or self._previous_clause(self._left_edge(q, done)[0], done)
            return Linked(q, self.rules.count_tail_regex.sub("", head) + before, head, "relative")
        noun = before if before in self.rules.generic else before[-2:]
        if noun in self.rules.generic and len(before) <= 4:
            said = "" if following and following.start < q.end + 4 else predicate(self, q.end, following)
            edge, _ = self._left_edge(q, done)
            if noun != before and not said:
                return self._named(q, before, "before")
            extra = said or verb_before(self, q, edge)
            return Linked(q, (extra + noun) if extra not in ("", noun) else before, before, "generic")
        return self._named(q, before, "before")

    def modified(self, modifier: str, head: str) -> str:
        """The head under another modifier: one of the same kind gives way (省级课程, 校级 → 校级课程)."""
        for kind in self.rules.modifier_kinds:
            if kind.match(modifier):
                head = kind.sub("", head, count=1) or head
        return modifier + head

    def _inherited(self, q: Quantity, done: Sequence[Linked]) -> Linked | None:
        last = done[-1] if done else None
        return Linked(q, last.phrase, last.head, "inherited") if last else None

    def _named(self, q: Quantity, phrase: str, rule: str) -> Linked:
        return Linked(q, phrase, phrase, rule)

    def trim(self, text: str) -> str:
        """The noun phrase at the end of the text before a number."""
        return trim(text, self.rules)


def _bare(q: Quantity) -> str:
    """The unit without its scale."""
    return (q.unit or "").lstrip("十百千万亿")


def _is_predicate_tail(text: str) -> bool:
    return text.endswith(("了", "为"))


def _after_modifier(head: str) -> str:
    return head.replace(COVER, "")
