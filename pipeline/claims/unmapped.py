"""Claims without an indicator → the phrases they measure, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.normalize.unmapped import counted
from pipeline.schema.rows import Claim, Unmapped


def unmapped_phrases(claims: Iterable[Claim]) -> list[Unmapped]:
    """One row a phrase that no rule knows, for one report; `nearest` is filled when reports are added up."""
    return counted("prose", ((phrase, c.sentence) for phrase, c in unknown(claims)))


def unknown(claims: Iterable[Claim]) -> Iterator[tuple[str, Claim]]:
    """The claims that no rule knows, each with its phrase."""
    return ((c.indicator_text, c) for c in claims if c.indicator_id is None and c.indicator_text)
