"""Invented sentences of other places → every claim in them, every field."""

from __future__ import annotations

import pytest

from pipeline.rules import Rules
from tests.claims.cases import Case, faults, load_cases, read_case


@pytest.mark.parametrize("case", load_cases(), ids=lambda c: c.text[:24])
def test_sentence_gives_these_claims(case: Case, rules: Rules) -> None:
    made = read_case(case, rules)
    assert [c.quote for c in made] == [w["quote"] for w in case.claims]
    wrong = [
        f"{have.quote}: {field} {getattr(have, field)!r}, not {want[field]!r}"
        for have, want in zip(made, case.claims, strict=True)
        for field in faults(have, want)
    ]
    assert wrong == []
