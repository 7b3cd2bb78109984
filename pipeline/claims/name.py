"""The phrase of a claim → the indicator of the codebook that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.normalize.indicators import Indicator, match_child, match_phrase
from pipeline.rules import Rules
from pipeline.rules.indicators import Codebook
from pipeline.rules.prose import PhraseRules

_LEVEL = re.compile(r"^(?P<part>.{1,2}级)(?P<whole>.{3,})$")
_PEOPLE = ("人", "人次")
_SCALES = "十百千万亿"


def named(phrase: str, base: str | None, relation: str, unit: str | None, rules: Rules) -> Indicator | None:
    """The indicator that a phrase names under any of its wordings, the printed one first; None if none does.

    A share is asked for as its subject's share (专任教师占教职工比 → 专任教师占比), a level of award or
    approval also as a part (国家级在线精品课程 → 在线精品课程数/国家级数量), and a phrase that begins with
    whose or how (教师公开发表论文, 共建校外实训基地) without these words.
    """
    growth = relation == "change" and rules.codebook.kind(unit) == "percent"
    if relation in ("difference", "rank") or (growth and not rules.phrases.share_tail_regex.search(phrase)):
        return None
    hundred = rules.phrases.per_hundred_regex.match(phrase)
    if hundred and rules.codebook.kind(unit) == "percent":
        phrase, unit = phrase[: hundred.end("name")], None
    for wording in _wordings(phrase, base, rules.phrases):
        found = _looked_up(wording, unit, rules.codebook)
        if found and _alike(found, unit, rules):
            return found
    return None


def _wordings(phrase: str, base: str | None, rules: PhraseRules) -> Iterator[str]:
    plain = dict.fromkeys((_as_share(phrase, base, rules), phrase))
    said = dict.fromkeys((*plain, *(new for text in plain for new in _reworded(text, rules))))
    yield from said
    # What is told apart by level is one indicator, with the level as its dimension.
    level = rules.level_regex.match(phrase)
    for text in said:
        yield from _without_leads(text, rules)
    if level:
        yield phrase[level.end() :]
        yield from _without_leads(phrase[level.end() :], rules)


def _without_leads(text: str, rules: PhraseRules) -> Iterator[str]:
    """The text without its first word that says whose or how, without the next one, and so on."""
    while m := rules.name_lead_regex.match(text):
        text = text[m.end() :]
        yield text
        yield from _reworded(text, rules)


def _as_share(phrase: str, base: str | None, rules: PhraseRules) -> str:
    """专任教师占教职工比 → 专任教师占比."""
    if "占" in phrase and (base or rules.share_tail_regex.search(phrase)):
        return phrase.partition("占")[0] + "占比"
    return phrase


def _reworded(text: str, rules: PhraseRules) -> Iterable[str]:
    if not rules.rewritten_regex.search(text):
        return ()
    return (text.replace(old, new) for old, new in rules.rewrites.items() if old in text)


def _alike(found: Indicator, unit: str | None, rules: Rules) -> bool:
    """People are not counted as anything else (社会培训18期 is no 社会培训人次)."""
    if not unit or rules.codebook.kind(unit) != "count":
        return True
    return _people(unit, rules) == _people(found.unit, rules)


def _people(unit: str, rules: Rules) -> bool:
    known = rules.quantities.units.known.get(unit.lstrip(_SCALES))
    return known is not None and known[0] in _PEOPLE


@lru_cache(maxsize=8192)
def _looked_up(phrase: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    for tail in ("", "数量", "数", "人数"):
        if found := match_phrase(phrase + tail, unit, codebook):
            return found
    level = _LEVEL.match(phrase)
    if not level:
        return None
    whole = match_phrase(level["whole"], unit, codebook)
    return match_child(whole.name, level["part"] + "数量", unit, codebook) if whole else None
