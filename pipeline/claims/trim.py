"""The text before a number → the noun phrase at its end, as short as it can be understood."""

from __future__ import annotations

from pipeline.rules.prose import PhraseRules


def trim(text: str, rules: PhraseRules) -> str:
    """The noun phrase at the end of the text before a number."""
    text = text.strip()
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    if rules.modifier_regex.fullmatch(text):
        return text
    text = rules.without_trail(rules.from_value_regex.sub("", text))
    for m in rules.verbs_of_having(text):
        if m.end() < len(text):
            rest = text[m.end() :].lstrip("了的")
            rest = rules.etc_regex.split(rest)[-1] or rest
            if rest in rules.generic:
                return _bounded(text[: m.end()] + rest, rules)
            if len(rest) >= 2:
                return _bounded(_subject(text[: m.start()], rules) + rest, rules)
    text = rules.without_lead(text)
    if verb := rules.list_verb_regex.match(text):
        members = rules.etc_regex.split(text)
        if len(members) > 1 and members[-1]:
            text = verb.group() + members[-1]
    return _bounded(text, rules)


def _bounded(text: str, rules: PhraseRules) -> str:
    """A phrase that is not longer than one can take in: the last member of a list, the part after 的."""
    text = rules.without_lead(rules.without_trail(text)).strip("、的 ,，：:")
    for mark in rules.cut_regexes:
        if len(text) <= rules.longest // 2:
            break
        text = mark.split(text)[-1] or text
    return text[-rules.longest :]


def _subject(text: str, rules: PhraseRules) -> str:
    """Who has it, where that is a part of whom the value is about (护理专业现有在校生)."""
    subject = _bounded(text, rules)
    return subject if rules.kept_subject_regex.search(subject) else ""
