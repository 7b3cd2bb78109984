"""A quantity and the words around it → what kind of statement it makes, and against what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.shape import Shape
from pipeline.rules.relations import RelationRules
from pipeline.schema.rows import Qualifier, Relation
from pipeline.segment.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Related:
    """The relation with its base; `sign` is -1 for a fall; `about` the phrase without its words."""

    relation: Relation
    base: str | None = None
    sign: int = 1
    about: str | None = None
    rule: str = ""
    qualifier: Qualifier | None = None


def relate(q: Quantity, shape: Shape, left: int, rules: RelationRules) -> Related:
    """The relation of `q`; text[left:q.start] is what its clause says before it."""
    head = shape.text[left : q.start]
    if q.kind == "rank":
        return Related("rank", rule="rank")
    return (
        _wish(q, shape, left, rules)
        or _difference(head, rules)
        or _change(q, head, shape, rules)
        or _share(q, head, shape, rules)
        or _times(q, head, rules)
        or Related("level", rule="level")
    )


def relate_brackets(found: Sequence[Quantity], related: Sequence[Related], shape: Shape) -> list[Related]:
    """A bare percentage in a bracket is a share of the count before it, or goes on a row of shares."""
    if not shape.brackets:
        return list(related)
    made: list[Related] = []
    for i, (q, own) in enumerate(zip(found, related, strict=True)):
        bracket = shape.bracket_of(q.start, q.end)
        bare = bracket and not shape.text[bracket[0] + 1 : q.start].strip()
        counted = bracket and i > 0 and found[i - 1].end == bracket[0] and found[i - 1].kind == "count"
        in_row = bool(made) and made[-1].relation == "share"
        if own.relation == "level" and q.kind == "percent" and bare and (counted or in_row):
            own = Related("share", None, 1, None, "bracket")
        made.append(own)
    return made


def _wish(q: Quantity, shape: Shape, left: int, rules: RelationRules) -> Related | None:
    r = rules.compiled
    said = shape.covered[shape.part_start(q.start) : q.start]
    mark = r["target"].search(r["target_not"].sub("", said))
    if mark and not r["target_end"].search(said):
        return Related("target", rule="target")
    standard = _standard(q, shape, left, rules)
    if standard:
        return standard
    parted = r["threshold_of"].search(said)
    if parted:
        hedge: Qualifier = "at_most" if r["at_most"].search(parted["dir"]) else "at_least"
        return Related("threshold", parted["base"] or None, 1, said[: parted.start()], "threshold", hedge)
    if r["threshold_hedge"].search(q.surface) or (
        q.qualifier in ("at_least", "at_most") and r["threshold"].search(said)
    ):
        return Related("threshold", rule="threshold")
    return None


def _standard(q: Quantity, shape: Shape, left: int, rules: RelationRules) -> Related | None:
    """A value that others have set. 低于 and 高于 before it say how one stands to it, not how exact it is."""
    r = rules.compiled
    clause = shape.text[shape.clause_start(q.start) : q.number_start]
    if not (r["standard_before"].search(clause) and r["standard_after"].match(shape.text[q.end :])):
        return None
    said = shape.text[left : q.number_start]
    verb = r["standard_verb"].search(said)
    about = said[: verb.start()] if verb else r["standard_of"].sub("", said)
    qualifier: Qualifier = q.qualifier if q.qualifier in ("at_least", "at_most") else "exact"
    return Related("threshold", None, 1, about, "standard", qualifier)


def _difference(head: str, rules: RelationRules) -> Related | None:
    r = rules.compiled
    m = r["difference"].search(head)
    if m:
        sign = -1 if r["lower"].search(m["verb"]) else 1
        return Related("difference", m["base"] or m["than"], sign, head[: m.start()], "difference")
    m = r["difference_than"].search(head)
    if m and not r["last"].search(m["base"]):
        sign = -1 if r["lower"].search(m["dir"]) else 1
        kind: Relation = "change" if r["earlier"].search(m["base"]) else "difference"
        return Related(kind, m["base"], sign, head[: m.start()], kind)
    m = r["gap"].search(head)
    return Related("difference", None, 1, head[: m.start()], "gap") if m else None


def _times(q: Quantity, head: str, rules: RelationRules) -> Related | None:
    m = rules.compiled["times"].search(head) if rules.compiled["times_unit"].search(q.unit or "") else None
    if m is None:
        return None
    return Related("level", m["base"], 1, head[: m.start()], "times", "about" if "约" in m["verb"] else None)


def _change(q: Quantity, head: str, shape: Shape, rules: RelationRules) -> Related | None:
    r = rules.compiled
    rise, fall = r["rise"].search(head), r["fall"].search(head)
    named, named_fall = r["change_of"].search(head), r["fall_of"].search(head)
    m = rise or fall or named or named_fall
    if m is None or (rise and r["fresh"].search(head[: rise.end()])):
        if not (r["points"].search(q.unit or "") or r["doubled"].match(q.surface)):
            return None
        m = re.search(r"$", head)
    assert m is not None
    about = head[: m.start()]
    base, about = _reference(about, shape.text[: q.start], rules)
    return Related("change", base, -1 if fall or named_fall else 1, about, "change")


def _reference(about: str, said: str, rules: RelationRules) -> tuple[str, str]:
    """(what a change is measured against, the text before it)."""
    r = rules.compiled
    m = r["reference"].search(about)
    base = m["base"].strip("的了") if m else ""
    if m:
        about = about[: m.start()]
    about = re.sub(f"(?:{rules.same_period}|{rules.previous_period})$", "", about)
    if not base and rules.previous_period in said:
        base = rules.previous_period_base
    last = r["last"].search(base)
    return (last.group() if last else base) or rules.default_base, about


def _share(q: Quantity, head: str, shape: Shape, rules: RelationRules) -> Related | None:
    r = rules.compiled
    tenths = q.kind == "fraction" or q.unit == "成"
    if q.kind != "percent" and not tenths:
        return None
    m = r["share"].search(head)
    if m and m["base"].strip("的"):
        return Related("share", _base(m["base"]), 1, head[: m.start()], "share")
    if m and not r["share_word"].search(head):
        return _of_whole(head[: m.start()], shape.text[: q.start - len(head)], rules)
    if r["share_word"].search(head):
        return Related("share", None, 1, None, "share_word")
    after = (r["part"] if tenths else r["share_after"]).match(shape.text, q.end)
    if after and not r["rate"].search(head):
        return Related("share", None, 1, None, "share_of")
    parted = r["share_parted"].search(head)
    if parted:
        hedge = rules.share_hedges.get(parted["hedge"])
        return Related("share", parted["base"], 1, head[: parted.start()], "share", hedge)
    if r["share_predicate"].match(shape.text, q.end):
        whole = r["whole_before"].match(head)
        if whole or not head.strip("，, "):
            return Related("share", whole["base"] if whole else None, 1, None, "share_predicate")
    return Related("share", None, 1, None, "tenths") if tenths and not r["rate"].search(head) else None


def _of_whole(about: str, before: str, rules: RelationRules) -> Related:
    """A share of a whole that is named before it, in its own clause or in the one before."""
    inline = rules.compiled["whole_inline"].match(about)
    if inline:
        return Related("share", inline["base"], 1, inline["part"], "share")
    whole = rules.compiled["whole"].search(before)
    return Related("share", whole["base"] if whole else None, 1, about, "share")


def _base(text: str) -> str:
    """The whole of a share, without a number printed inside it (专业专任教师166人的 → 专业专任教师)."""
    return re.sub(r"[\d.,]+\s*(?:余|多)?[万亿]?[人名个所门项家]?次?的?$", "", text).strip("的 ") or text
