"""spaCy documents carry the claims of the stage."""

from __future__ import annotations

from pipeline.claims.documents import build_with_claims
from pipeline.rules import Rules


def test_a_document_carries_its_claims_as_spans(rules: Rules) -> None:
    doc = build_with_claims(rules)("2022级共有在校生302人，专任教师40名。")
    assert [(c.indicator, c.value) for c in doc._.claims] == [("在校生数", 302.0), ("专任教师数", 40.0)]
    assert [(s.text, s.label_) for s in doc.spans["claims"]] == [
        ("302人", "在校生数"),
        ("40名", "专任教师数"),
    ]
