"""The phrase of a claim → the indicator of the codebook that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.normalize.indicators import Indicator, match_child, match_phrase
from pipeline.rules import Rules
from pipeline.rules.indicators import Codebook

_LEVEL = re.compile(r"^(?P<part>.{1,2}级)(?P<whole>.{3,})$")


def named(phrase: str, base: str | None, relation: str, unit: str | None, rules: Rules) -> Indicator | None:
    """The indicator that a phrase names under any of its wordings, the printed one first; None if none does.

    A share is asked for as its subject's share (专任教师占教职工比 → 专任教师占比), a level of award or
    approval also as a part (国家级在线精品课程 → 在线精品课程数/国家级数量).
    """
    if relation in ("difference", "rank"):
        return None
    for wording in _wordings(phrase, base, rules):
        found = _looked_up(wording, unit, rules.codebook)
        if found:
            return found
    return None


def _wordings(phrase: str, base: str | None, rules: Rules) -> Iterator[str]:
    plain = phrase
    if base and "占" in phrase:
        plain = phrase.partition("占")[0] + "占比"
    for text in dict.fromkeys((plain, phrase)):
        yield text
        for old, new in rules.phrases.rewrites.items():
            if old in text:
                yield text.replace(old, new)


@lru_cache(maxsize=8192)
def _looked_up(phrase: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    found = match_phrase(phrase, unit, codebook) or match_phrase(phrase + "数量", unit, codebook)
    level = _LEVEL.match(phrase)
    if found or not level:
        return found
    whole = match_phrase(level["whole"], unit, codebook)
    return match_child(whole.name, level["part"] + "数量", unit, codebook) if whole else None
