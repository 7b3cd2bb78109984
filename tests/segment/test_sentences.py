"""The text of a block → sentences that cover it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import Rules
from pipeline.segment.sentences import spans, split


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("甲校招生。乙校未招生！", ["甲校招生。", "乙校未招生！"]),
        ("校训是“求真。务实。”师生牢记。", ["校训是“求真。", "务实。”", "师生牢记。"]),
        ("甲校（见表。下同）招生；乙校未招。", ["甲校（见表。下同）招生；乙校未招。"]),
        ("一行\n又一行", ["一行\n", "又一行"]),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, want: list[str]) -> None:
    assert [text[a:b] for a, b in spans(text)] == want


@given(st.text(alphabet="甲乙。！？；，（）()“”\n 12", max_size=40))
def test_sentences_cover_the_text_without_gap(text: str) -> None:
    assert "".join(text[a:b] for a, b in spans(text)) == text


def test_tokens_joined_are_the_sentence(rules: Rules) -> None:
    made = split(7, "专任教师302人，占比86.2%。双师型 教师多。", rules)
    assert [(s.block_no, s.sent_no) for s in made] == [(7, 0), (7, 1)]
    assert all("".join(s.tokens) == s.text and len(s.pos) == len(s.tokens) for s in made)
