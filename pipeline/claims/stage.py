"""The prose blocks of a report → sentences, claims, and a note for each numeral that measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.claims.distribute import distribute
from pipeline.claims.link import Linker
from pipeline.claims.linked import Linked
from pipeline.claims.name import named
from pipeline.claims.relate import Related, relate, relate_brackets
from pipeline.claims.shape import Shape, shape, tokens_of
from pipeline.claims.whose import Reading, Teller
from pipeline.normalize.context import Context
from pipeline.normalize.units import standardize
from pipeline.notes import NOTES
from pipeline.rules import Rules
from pipeline.schema import Block, Claim, Note, Sentence
from pipeline.segment.quantities import find
from pipeline.segment.quantity import Quantity
from pipeline.segment.sentences import split

_CONFIDENCE = {
    "before": 0.9,
    "after": 0.9,
    "distributed": 0.9,
    "modifier": 0.85,
    "relative": 0.85,
    "bracket": 0.8,
}
_UNSURE = 0.6


@dataclass(slots=True)
class ProseRows:
    """What was read from prose; claims are numbered in order of the text."""

    sentences: list[Sentence] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def claim(blocks: Sequence[Block], context: Context, rules: Rules) -> ProseRows:
    """Read the paragraphs and lists among `blocks`; `context` is whom and which year the report is about."""
    rows = ProseRows()
    teller = Teller(blocks, context, rules)
    prose = [block for block in blocks if block.kind in ("paragraph", "list")]
    # Step by step over all blocks, not block by block: what a step looks up stays in the processor's cache.
    sentences = [split(block.block_no, block.text, rules) for block in prose]
    found = [find(block.text, rules) for block in prose]
    for block, said, (quantities, others) in zip(prose, sentences, found, strict=True):
        rows.sentences += said
        rows.notes += [Note(o.code, o.surface, NOTES[o.code], block.block_no, o.start, o.end) for o in others]
        _read_block(block, said, quantities, teller, rules, rows)
    for number, made in enumerate(rows.claims):
        made.claim_no = number
    return rows


def _read_block(
    block: Block,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    teller: Teller,
    rules: Rules,
    rows: ProseRows,
) -> None:
    quantities = [q for q in quantities if not _is_category(q, block, rules, rows)]
    if not quantities:
        teller.pass_by(block)
        return
    reading = teller.open(block, sentences)
    at = iter(quantities)
    q = next(at, None)
    for sentence in sentences:
        inside = []
        while q is not None and q.start < sentence.end:
            inside.append(_moved(q, -sentence.start))
            q = next(at, None)
        if inside:
            rows.claims += _read_sentence(sentence, inside, reading, rules)


def _is_category(q: Quantity, block: Block, rules: Rules, rows: ProseRows) -> bool:
    """45岁以下 before those whom it bounds, or before their number, makes a class; it is noted."""
    words = rules.phrases
    bounds = words.category_regex.search(q.surface) and not words.exact_regex.search(q.surface)
    if not (bounds and words.members_regex.match(block.text, q.end)):
        return False
    rows.notes.append(Note("category", q.surface, NOTES["category"], block.block_no, q.start, q.end))
    return True


def _read_sentence(
    sentence: Sentence, found: list[Quantity], reading: Reading, rules: Rules
) -> Iterator[Claim]:
    form = shape(sentence.text, rules.phrases)
    linker = Linker(form, tokens_of(sentence.tokens, sentence.pos), reading.holes(sentence), rules)
    related = [relate(q, form, _left(q, form, found), rules.relations) for q in found]
    related = relate_brackets(found, related, form)
    linked: list[Linked] = []
    for i, q in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        linked.append(linker.link_related(q, related[i], linked, following))
    linked = distribute(linked, form, linker, reading.teller.scope, rules)
    related = _shared(linked, related)
    return (_row(sentence, item, rel, reading, rules) for item, rel in zip(linked, related, strict=True))


def _shared(linked: Sequence[Linked], related: Sequence[Related]) -> list[Related]:
    """Numbers that one 分别 hands out make the same statement as the first of them."""
    made: list[Related] = []
    for i, rel in enumerate(related):
        follows = i > 0 and linked[i].rule == linked[i - 1].rule == "distributed"
        made.append(made[-1] if follows and rel.relation == "level" else rel)
    return made


def _left(q: Quantity, form: Shape, found: Sequence[Quantity]) -> int:
    """Where the words that can relate `q` begin: after the last bound and number."""
    bracket = form.bracket_of(q.start, q.end)
    if bracket:
        inner = form.text[bracket[0] + 1 : q.start]
        return bracket[0] + 1 + max(inner.rfind(c) + 1 for c in "，,；;、")
    bound = form.clause_start(q.start)
    outside = [f.end for f in found if bound < f.end <= q.start and not form.bracket_of(f.start, f.end)]
    if not outside or form.text[outside[-1] : q.start] == "的":
        return bound
    return outside[-1]


def _row(sentence: Sentence, item: Linked, related: Related, reading: Reading, rules: Rules) -> Claim:
    q = item.quantity
    phrase = item.phrase
    indicator = named(phrase, item.base or related.base, related.relation, q.unit, rules)
    period, year = reading.period(sentence, q, related.relation)
    value, high = related.sign * q.value, q.high
    std_value, std_unit = standardize(value, q.unit, rules)
    dims = rules.phrases.dims_of(sentence.text[: q.start], phrase)
    return Claim(
        block_no=sentence.block_no,
        start=q.start + sentence.start,
        end=q.end + sentence.start,
        quote=q.surface,
        sentence=sentence.text,
        indicator_text=phrase,
        indicator_id=indicator.id if indicator else None,
        indicator=indicator.name if indicator else None,
        dims=dims,
        entity=item.owner or reading.entity(sentence, q),
        period=period,
        year=year,
        relation=related.relation,
        base=item.base or related.base,
        value=value,
        value_high=high,
        unit=q.unit,
        std_value=std_value,
        std_unit=std_unit,
        qualifier=related.qualifier or q.qualifier,
        rule=f"{item.rule}/{related.rule}",
        confidence=_CONFIDENCE.get(item.rule, _UNSURE),
    )


def _moved(q: Quantity, by: int) -> Quantity:
    return Quantity(
        q.start + by, q.end + by, q.surface, q.number_start + by, q.number_end + by,
        q.value, q.high, q.unit, q.qualifier, q.kind, q.rule,
    )  # fmt: skip
