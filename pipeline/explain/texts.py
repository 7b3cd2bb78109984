"""One number in prose, and the claim or note made of it → the steps that led to it."""

from __future__ import annotations

from pipeline.claims.whose import Reading, Teller
from pipeline.explain.naming import name_step
from pipeline.explain.steps import ENTITIES, IDENTITY, PERIODS, PHRASES, RELATIONS, UNITS, Step
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema.rows import Block, Claim, Sentence
from pipeline.segment.quantities import find
from pipeline.segment.quantity import Quantity
from pipeline.segment.sentences import split

_SHOWN = 30


def number_step(block: Block, at: int, rules: Rules) -> Step | None:
    """How the characters at `at` were taken: a quantity, or a numeral that measures nothing; else None."""
    quantities, others = find(block.text, rules)
    for q in quantities:
        if q.start <= at < q.end:
            value = f"{q.value:g}" if q.high is None else f"{q.value:g}..{q.high:g}"
            return Step("number", f"{value} {q.unit or ''} ({q.qualifier})", "exact", q.surface, q.rule)
    return next(
        (Step("number", o.code, "", o.surface, o.rule) for o in others if o.start <= at < o.end), None
    )


def claim_steps(claim: Claim, block: Block, teller: Teller, rules: Rules) -> list[Step]:
    """The steps between the number and its row."""
    sentences = split(block.block_no, block.text, rules)
    sentence = next(s for s in sentences if s.start <= claim.start < s.end)
    q = next(q for q in find(block.text, rules)[0] if q.start == claim.start)
    reading = teller.open(block, sentences)
    linked, _, related = claim.rule.partition("/")
    return [
        Step("phrase", claim.indicator_text, linked, _before(claim, sentence), PHRASES),
        Step("relation", claim.relation, rule=f"{RELATIONS}: {related}"),
        *([Step("base", claim.base, rule=RELATIONS)] if claim.base else []),
        Step("unit", claim.unit or "", "in_cell" if claim.unit else "", rule=UNITS if claim.unit else ""),
        _indicator(claim, rules),
        *(
            [Step("dims", "；".join(f"{k}：{v}" for k, v in claim.dims.items()), rule=PHRASES)]
            if claim.dims
            else []
        ),
        _entity(claim, sentence, q, reading),
        _period(claim, sentence, q, reading, teller.context),
    ]


def _before(claim: Claim, sentence: Sentence) -> str:
    """The words of the sentence up to the number, the last of them."""
    words = sentence.text[: claim.start - sentence.start]
    return words if len(words) <= _SHOWN else "…" + words[-_SHOWN:]


def _indicator(claim: Claim, rules: Rules) -> Step:
    found = rules.codebook.by_id.get(claim.indicator_id or "")
    if found is None and claim.relation in ("difference", "rank"):
        return Step("indicator", "", "on_purpose", claim.indicator_text)
    return name_step(
        found, _wordings(claim.indicator_text, rules) if found else [claim.indicator_text], rules
    )


def _wordings(phrase: str, rules: Rules) -> list[str]:
    """The phrase as it is asked for: as printed, as a share, without its region, rewritten, and counted."""
    bare = rules.codebook.labels.prefix_regex.sub("", rules.codebook.clean(phrase))
    texts = [phrase, phrase.partition("占")[0] + "占比", bare, bare.replace("的", "")]
    texts += [
        t.replace(old, new) for t in list(texts) for old, new in rules.phrases.rewrites.items() if old in t
    ]
    return list(dict.fromkeys([*texts, *(t + "数量" for t in texts)]))


def _entity(claim: Claim, sentence: Sentence, q: Quantity, reading: Reading) -> Step:
    at = q.start - sentence.start
    ahead = [s for s in reading.subjects(sentence) if s.start <= at]
    if ahead:
        return Step(
            "entity", claim.entity or "", "clause", sentence.text[ahead[-1].start : ahead[-1].end], ENTITIES
        )
    if reading.section:
        return Step("entity", claim.entity or "", "section", rule=ENTITIES)
    how = "report" if claim.entity == reading.teller.context.entity else "paragraph"
    return Step("entity", claim.entity or "", how, rule=IDENTITY if how == "report" else ENTITIES)


def _period(claim: Claim, sentence: Sentence, q: Quantity, reading: Reading, context: Context) -> Step:
    at = q.start - sentence.start
    near = [p for p in reading.periods(sentence) if p.end <= at and p.period == claim.period]
    if near:
        return Step(
            "period", claim.period or "", "near", sentence.text[near[-1].start : near[-1].end], PERIODS
        )
    how = "report" if context.report_year == claim.year else "paragraph"
    return Step("period", claim.period or "", how, rule=IDENTITY if how == "report" else PERIODS)
