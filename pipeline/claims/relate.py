"""A quantity and the words around it → what kind of statement it makes, and against what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.shape import Shape
from pipeline.rules.prose import RelationRules
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
    r = rules.compiled
    head = shape.text[left : q.start]
    if q.kind == "rank":
        return Related("rank", rule="rank")
    wanted = _wish(q, shape, rules)
    if wanted:
        return wanted
    return (
        _difference(head, rules)
        or _change(q, head, shape, rules)
        or _share(q, head, shape, rules)
        or Related("level", rule="level" if r else "")
    )


def _wish(q: Quantity, shape: Shape, rules: RelationRules) -> Related | None:
    r = rules.compiled
    start = max((b + 1 for b in shape.bounds if b < q.start and shape.text[b] in "；;。"), default=0)
    said = shape.covered[start : q.start]
    mark = r["target"].search(r["target_not"].sub("", said))
    if mark:
        return Related("target", rule="target")
    parted = r["threshold_of"].search(said)
    if parted:
        hedge: Qualifier = "at_most" if r["at_most"].search(parted["dir"]) else "at_least"
        return Related("threshold", parted["base"] or None, 1, said[: parted.start()], "threshold", hedge)
    if r["threshold_hedge"].search(q.surface) or (
        q.qualifier in ("at_least", "at_most") and r["threshold"].search(shape.covered[start : q.start])
    ):
        return Related("threshold", rule="threshold")
    return None


def _difference(head: str, rules: RelationRules) -> Related | None:
    r = rules.compiled
    m = r["difference"].search(head)
    if m:
        sign = -1 if r["lower"].search(m.group()) else 1
        return Related("difference", m["base"] or None, sign, head[: m.start()], "difference")
    m = r["difference_than"].search(head)
    if m and not r["last"].search(m["base"]):
        sign = -1 if r["lower"].search(m["dir"]) else 1
        return Related("difference", m["base"], sign, head[: m.start()], "difference")
    return None


def _change(q: Quantity, head: str, shape: Shape, rules: RelationRules) -> Related | None:
    r = rules.compiled
    rise, fall = r["rise"].search(head), r["fall"].search(head)
    named, named_fall = r["change_of"].search(head), r["fall_of"].search(head)
    m = rise or fall or named or named_fall
    if m is None or (rise and r["fresh"].search(head[: rise.end()])):
        if not (q.unit and r["points"].search(q.unit)):
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
        whole = r["whole"].search(shape.text[: q.start - len(head)])
        return Related("share", whole["base"] if whole else None, 1, head[: m.start()], "share")
    if r["share_word"].search(head):
        return Related("share", None, 1, None, "share_word")
    after = (r["part"] if tenths else r["share_after"]).match(shape.text, q.end)
    if after and not re.search(r"率|度$|比例", head[-8:]):
        return Related("share", None, 1, None, "share_of")
    return None


def _base(text: str) -> str:
    """The whole of a share, without a number printed inside it (专业专任教师166人的 → 专业专任教师)."""
    return re.sub(r"[\d.,]+\s*(?:余|多)?[万亿]?[人名个所门项家]?次?的?$", "", text).strip("的 ") or text
