"""Text → tokens with parts of speech; both tokenizers agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules import load
from pipeline.segment import tokens
from pipeline.segment.pipeline_zh import build
from pipeline.segment.tokens import _parts_of_speech, _PartsOfSpeech, plain_tagger, rust_tagger

DICTIONARY = load().dictionary
SENTENCES = [
    "专任教师302人，双师型教师占68.5%。",
    "毕业生在“1+X”试点中获证1,204本",
    "生均图书 32 册\n（含电子）",
]


def test_words_of_the_domain_dictionary_stay_whole() -> None:
    words, pos = plain_tagger(DICTIONARY)("专任教师和双师型教师")
    assert words == ["专任教师", "和", "双师型", "教师"]
    assert pos == ["n", "c", "b", "n"]


def test_a_token_that_no_dictionary_knows_is_told_by_its_characters() -> None:
    known = _parts_of_speech(DICTIONARY)
    assert [known[t] for t in ("20231", "Kx9q", "，", "※", "囗囗")] == ["m", "eng", "w", "w", "x"]


def test_of_the_words_that_were_met_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_KEPT", 100)
    known = _PartsOfSpeech({"教师": "n"})
    assert {known[str(number)] for number in range(1000)} == {"m"}
    assert known["教师"] == known["教师"] == "n"
    assert len(known) <= 100


@pytest.mark.parametrize("text", SENTENCES)
def test_both_tokenizers_agree(text: str) -> None:
    pytest.importorskip("rjieba")
    assert plain_tagger(DICTIONARY)(text) == rust_tagger(DICTIONARY)(text)


@given(st.text(alphabet="专任教师双型占比12.%（）“ \n１A", max_size=30))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(plain_tagger(DICTIONARY)(text)[0]) == text


def test_spacy_carries_our_tokens_and_quantities() -> None:
    doc = build(load())("专任教师302人。")
    assert doc.text == "专任教师302人。"
    assert [s.text for s in doc.spans["quantities"]] == ["302人"]
