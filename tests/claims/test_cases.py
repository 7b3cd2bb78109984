"""Invented sentences of other places → every claim in them, every field."""

from __future__ import annotations

import pytest

from pipeline.rules import Rules
from tests.claims.cases import Case, faults, load_cases, read_case


def _marked(case: Case) -> object:
    """A case that is open is expected to fail, and tells when it no longer does."""
    marks = [pytest.mark.xfail(reason="known to be read wrongly", strict=True)] if case.open else []
    return pytest.param(case, marks=marks, id=case.texts[0][:24])


@pytest.mark.parametrize("case", [_marked(case) for case in load_cases()])
def test_sentence_gives_these_claims(case: Case, rules: Rules) -> None:
    made = read_case(case, rules)
    assert [c.quote for c in made] == [w["quote"] for w in case.claims]
    wrong = [
        f"{have.quote}: {field} {getattr(have, field)!r}, not {want[field]!r}"
        for have, want in zip(made, case.claims, strict=True)
        for field in faults(have, want)
    ]
    assert wrong == []
