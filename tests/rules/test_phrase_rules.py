"""How prose speaks: what is cut off a phrase, and where the thing counted begins."""

from __future__ import annotations

import pytest

from pipeline.rules import load

PHRASES = load().phrases


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("专任教师总数达到", "专任教师总数"),
        ("在校生分别为", "在校生"),
        ("专业\n目前", "专业\n"),
        ("目前\n", "\n"),
        ("", ""),
    ],
)
def test_what_stands_between_a_phrase_and_its_number_is_cut_off(text: str, want: str) -> None:
    assert PHRASES.without_trail(text) == want == PHRASES.trail_regex.sub("", text)


@pytest.mark.parametrize(
    ("text", "want"), [("其中专任教师", "专任教师"), ("专任教师其中", "专任教师其中"), ("在校生", "在校生")]
)
def test_what_opens_a_clause_is_cut_off_its_front_only(text: str, want: str) -> None:
    assert PHRASES.without_lead(text) == want


@pytest.mark.parametrize(
    ("text", "verbs"), [("学校现有专任教师", ["现有"]), ("在校生", []), ("占地面积", []), ("开展率", [])]
)
def test_verbs_of_having(text: str, verbs: list[str]) -> None:
    assert [m["verb"] for m in PHRASES.verbs_of_having(text)] == verbs
