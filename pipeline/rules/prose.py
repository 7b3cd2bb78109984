"""Models of rules/phrases.yaml and rules/dictionary.txt: how prose speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import field_validator

from pipeline.rules.load import RuleFault, RuleModel
from pipeline.rules.patterns import are_chinese, first_characters


class PhraseRules(RuleModel):
    """rules/phrases.yaml: words that bound and trim a noun phrase."""

    bounds: str
    lead: tuple[str, ...]
    lead_not: str
    etc: str
    light: frozenset[str]
    trail: tuple[str, ...]
    having: tuple[str, ...]
    having_not: str
    stop: tuple[str, ...]
    generic: frozenset[str]
    predicate_lead: tuple[str, ...]
    predicate_short: dict[str, str]
    no_predicate: str
    modifiers: str
    relative: str
    rewrites: dict[str, str]
    name_lead: tuple[str, ...]
    share_tail: str
    per_hundred: str
    per_head: str
    relative_clause: str
    existential: str
    count_tail: str
    classifiers: str
    postposed: str
    category: str
    category_exact: str
    category_after: str
    patterns: tuple[dict[str, Any], ...]
    longest: int

    @cached_property
    def category_regex(self) -> re.Pattern[str]:
        """A quantity that bounds a class of people."""
        return re.compile(self.category)

    @cached_property
    def exact_regex(self) -> re.Pattern[str]:
        """A quantity in the unit of a class that bounds nothing."""
        return re.compile(self.category_exact)

    @cached_property
    def members_regex(self) -> re.Pattern[str]:
        """What stands after the bound of a class."""
        return re.compile(self.category_after)

    @cached_property
    def bound_regex(self) -> re.Pattern[str]:
        """A bound between clauses."""
        return re.compile(f"[{self.bounds}]")

    @cached_property
    def lead_regex(self) -> re.Pattern[str]:
        """What is cut off the front of a phrase."""
        return re.compile(f"(?:(?!{self.lead_not})(?:{alternatives(self.lead)}|{self.lead_time}))+")

    @cached_property
    def etc_regex(self) -> re.Pattern[str]:
        """The 等 that ends an enumeration."""
        return re.compile(self.etc)

    @cached_property
    def trail_regex(self) -> re.Pattern[str]:
        """What is cut off between a phrase and its number."""
        # One look at its first character spares most places of a text all the words.
        first = re.escape("".join(sorted({word[0] for word in self.trail})))
        return re.compile(f"(?=[{first}])(?:{alternatives(self.trail)})+$")

    @cached_property
    def _trail_ends(self) -> frozenset[str]:
        return frozenset({word[-1] for word in self.trail} | {"\n"})

    def without_trail(self, text: str) -> str:
        """The text without what stands between a phrase and its number."""
        return self.trail_regex.sub("", text) if text[-1:] in self._trail_ends else text

    def without_lead(self, text: str) -> str:
        """The text without what is cut off the front of a phrase."""
        lead = self.lead_regex.match(text)
        return text[lead.end() :] if lead else text

    lead_time: str
    kept_subject: str
    list_verb: str
    one_of: tuple[str, ...]
    cut: tuple[str, ...]
    level: str
    from_value: str
    dims_in_clause: dict[str, str]
    dims_in_phrase: dict[str, str]

    @cached_property
    def kept_subject_regex(self) -> re.Pattern[str]:
        """A subject that stays with what it has."""
        return re.compile(self.kept_subject)

    @cached_property
    def modifier_kinds(self) -> tuple[re.Pattern[str], ...]:
        """Kinds of modifiers of which a noun has but one: another takes the place of the first."""
        kinds = (re.compile(f"^(?:{kind})") for kind in self.one_of)
        return (self.level_regex, self.list_verb_regex, *kinds)

    @cached_property
    def list_verb_regex(self) -> re.Pattern[str]:
        """A verb that makes its objects another thing."""
        return re.compile(self.list_verb)

    @cached_property
    def cut_regexes(self) -> tuple[re.Pattern[str], ...]:
        """Where a long phrase may be cut, the first to try first."""
        return tuple(re.compile(p) for p in self.cut)

    @cached_property
    def level_regex(self) -> re.Pattern[str]:
        """A level at the beginning of a phrase (省级以上)."""
        return re.compile(f"^(?:{self.level})")

    @cached_property
    def from_value_regex(self) -> re.Pattern[str]:
        """The words of a beginning value at the end of the text before it (由每生每年)."""
        return re.compile(f"(?:{self.from_value})$")

    @cached_property
    def _dim_regexes(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile(p)) for name, p in (self.dims_in_clause | self.dims_in_phrase).items())

    def dims_of(self, before: str, phrase: str) -> dict[str, str]:
        """What classifies a number, from the text before it and its phrase: {年级: 2021级}."""
        clause = before[max(before.rfind(mark) for mark in "。；;") + 1 :]
        dims = {}
        for name, regex in self._dim_regexes:
            found = regex.findall(clause if name in self.dims_in_clause else phrase)
            if found:
                dims[name] = found[-1 if name in self.dims_in_clause else 0]
        return dims

    @cached_property
    def share_clause_regex(self) -> re.Pattern[str]:
        """A phrase that begins with 占 as a verb (占教职工), not as part of a measure's name (占地面积)."""
        return re.compile(f"(?!{self.having_not})占(?![地比])")

    @cached_property
    def having_regex(self) -> re.Pattern[str]:
        """A verb after which the thing counted begins."""
        first = "".join(sorted(self._having_firsts | first_characters(f"(?:{self.having_not})")))
        return re.compile(
            f"(?=[{re.escape(first)}])(?:{self.having_not}|(?P<verb>{alternatives(self.having)})(?!率))"
        )

    @cached_property
    def _having_firsts(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.having)

    @field_validator("having_not")
    @classmethod
    def _begins(cls, pattern: str) -> str:
        if not are_chinese(first_characters(f"(?:{pattern})")):
            raise ValueError("each alternative must begin with a Chinese character")
        return pattern

    def verbs_of_having(self, text: str) -> list[re.Match[str]]:
        """The verbs in a text after which the thing counted begins. Few phrases hold one."""
        if self._having_firsts.isdisjoint(text):
            return []
        return [m for m in self.having_regex.finditer(text) if m["verb"]]

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Tokens at which a phrase after its number ends."""
        return frozenset(self.stop)

    @cached_property
    def predicate_regex(self) -> re.Pattern[str]:
        """What is cut off the front of a predicate."""
        return re.compile(f"^(?:{alternatives(self.predicate_lead)})+")

    @cached_property
    def predicate_short_regexes(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """A long way to say something, and the short one."""
        return tuple((re.compile(p), short) for p, short in self.predicate_short.items())

    @cached_property
    def modifier_regex(self) -> re.Pattern[str]:
        """A phrase that only classifies."""
        return re.compile(f"(?:{self.modifiers})+(?:的)?")

    @cached_property
    def relative_regex(self) -> re.Pattern[str]:
        """A phrase that needs the subject spoken of before."""
        return re.compile(f"(?:{self.relative})(?:率|为|数)?")

    @cached_property
    def rewritten_regex(self) -> re.Pattern[str]:
        """Any of the words that have another one. Few phrases hold one."""
        return re.compile(alternatives(self.rewrites))

    @cached_property
    def name_lead_regex(self) -> re.Pattern[str]:
        """A word before a name that says whose or how and no more."""
        return re.compile(f"(?:{alternatives(self.name_lead)})(?=.{{2}})")

    @cached_property
    def share_tail_regex(self) -> re.Pattern[str]:
        """The end of a phrase that says that it is a share."""
        return re.compile(f"(?:{self.share_tail})$")

    @cached_property
    def relative_clause_regex(self) -> re.Pattern[str]:
        """A clause between a number and the `noun` that it counts."""
        return re.compile(self.relative_clause)

    @cached_property
    def existential_regex(self) -> re.Pattern[str]:
        """All that stands before a number whose people do something."""
        return re.compile(self.existential)

    @cached_property
    def per_head_regex(self) -> re.Pattern[str]:
        """A phrase that only says for whom an average is taken."""
        return re.compile(self.per_head)

    @cached_property
    def per_hundred_regex(self) -> re.Pattern[str]:
        """A phrase that counts so many a hundred; group `name` is without 占比."""
        return re.compile(self.per_hundred)

    @cached_property
    def count_tail_regex(self) -> re.Pattern[str]:
        """The counting tail of a subject."""
        return re.compile(self.count_tail)

    @cached_property
    def classifier_regex(self) -> re.Pattern[str]:
        """Units that may be followed by what they count."""
        return re.compile(self.classifiers)

    @cached_property
    def postposed_regex(self) -> re.Pattern[str]:
        """Units that mostly follow what they count."""
        return re.compile(self.postposed)


@dataclass(frozen=True, eq=False, slots=True)
class Dictionary:
    """Words with frequency and part of speech, on top of the tokenizer's own."""

    words: tuple[tuple[str, int, str], ...]


def load_dictionary(path: Path) -> Dictionary:
    """Read `word frequency part-of-speech` lines. RuleFault names file and line."""
    words = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit():
            raise RuleFault(f"{path}:{number}: {line!r}; write word, frequency and part of speech")
        words.append((parts[0], int(parts[1]), parts[2]))
    return Dictionary(tuple(words))


def alternatives(words: Iterable[str]) -> str:
    """Words as the alternatives of a pattern, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
