"""The patterns of rules/reading.yaml hold for their own examples."""

from __future__ import annotations

import pytest

from pipeline.read.headings import marker_of
from pipeline.rules import load

READING = load().reading
MARKERS = [(m, e) for m in READING.markers for e in m.examples]
NOT_MARKERS = [(m, e) for m in READING.markers for e in m.not_]


@pytest.mark.parametrize(("marker", "example"), MARKERS, ids=[f"{m.id}:{e}" for m, e in MARKERS])
def test_a_marker_is_the_first_to_match_its_examples(marker, example: str) -> None:
    found = marker_of(example, READING)
    assert found is not None
    assert found[0].id == marker.id


@pytest.mark.parametrize(("marker", "example"), NOT_MARKERS, ids=[f"{m.id}:{e}" for m, e in NOT_MARKERS])
def test_a_marker_does_not_match_its_counterexamples(marker, example: str) -> None:
    assert marker.regex.match(example) is None


@pytest.mark.parametrize("example", READING.caption_examples)
def test_caption_examples(example: str) -> None:
    assert READING.caption_regex.match(example)


@pytest.mark.parametrize("example", READING.caption_not)
def test_caption_counterexamples(example: str) -> None:
    assert READING.caption_regex.match(example) is None


@pytest.mark.parametrize("example", READING.unit_note_examples)
def test_unit_notes(example: str) -> None:
    assert READING.unit_note_regex.fullmatch(example)
