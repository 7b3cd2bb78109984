"""What is said of a thing that is counted: the verb before its number, the predicate after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.segment.quantity import Quantity

if TYPE_CHECKING:
    from pipeline.claims.link import Linker

_LONGEST = 16
_DIGITS = re.compile(r"\d+")


def verb_before(linker: Linker, q: Quantity, edge: int) -> str:
    """The verb whose object `q` begins: the last one in the clause before it that is no member of a list."""
    tokens = linker.tokens
    verbs = [
        word
        for i in range(tokens.at_or_after(edge), tokens.at_or_after(q.start))
        if tokens.pos[i] in ("v", "vn")
        and len(word := tokens.words[i]) > 1
        and linker.shape.text[(end := tokens.starts[i + 1]) : end + 1] not in ("、", "等", "和")
        and tokens.starts[i] not in linker.hidden
        and word not in linker.rules.light
    ]
    return verbs[-1] if verbs else ""


def predicate(linker: Linker, start: int, following: Quantity | None = None) -> str:
    """What the clause says from `start` on, up to its next number; nothing where it begins with 与 or 在."""
    said = done_by(linker, start, following)
    return "" if said[:1] in tuple(linker.rules.no_predicate) else said


def done_by(linker: Linker, start: int, following: Quantity | None = None) -> str:
    """What the clause says from `start` on, up to its next number (90%以上 → 在本地就业)."""
    rules, end = linker.rules, linker.shape.clause_end(start)
    if following and following.start >= start:
        end = min(end, following.start)
    said = rules.predicate_regex.sub("", linker.visible(start, end)).split("、")[0]
    for pattern, short in rules.predicate_short_regexes:
        said = pattern.sub(short, said)
    said = _DIGITS.sub("", said)
    return said if 2 <= len(said) <= _LONGEST else ""
