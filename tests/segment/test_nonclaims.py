"""Numerals that measure nothing: the rules' own examples, and a catalogue of sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.notes import check_note
from pipeline.rules import load
from pipeline.rules.nonclaims import Nonclaim
from pipeline.segment.quantities import find

RULES = load()
NONCLAIMS = RULES.quantities.nonclaims
CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "nonclaims.yaml").read_text(encoding="utf-8"))
EXAMPLES = [(p.id, p.code, text, want) for p in NONCLAIMS.patterns for text, want in p.examples.items()]
NOT = [(p.id, text) for p in NONCLAIMS.patterns for text in p.not_]


@pytest.mark.parametrize(("rule", "code", "text", "want"), EXAMPLES, ids=[f"{e[0]}:{e[2]}" for e in EXAMPLES])
def test_each_shape_takes_its_own_examples(rule: str, code: str, text: str, want: str) -> None:
    _, others = find(text, RULES)
    assert (want, code, f"nonclaims.{rule}") in [(n.surface, n.code, n.rule) for n in others]


@pytest.mark.parametrize("shape", NONCLAIMS.patterns, ids=lambda p: p.id)
def test_what_a_shape_takes_begins_with_one_of_its_openings(shape: Nonclaim) -> None:
    taken = [RULES.quantities.units.folded(want) for want in shape.examples.values()]
    assert [t for t in taken if not t.startswith(shape.openings)] == []


@pytest.mark.parametrize(
    "text", ["前十名", "十几人", "几十人", "上百人", "数千人", "翻两番", "学号20231101", "第12名"]
)
def test_the_scan_stops_before_a_number(text: str) -> None:
    stop = NONCLAIMS.trigger_regex.search(text)
    assert stop and stop.start() == 0


@pytest.mark.parametrize("text", ["学校前列", "几乎", "上级", "数据", "翻译", "专业代表", "合作", "基层"])
def test_the_scan_runs_over_words_that_only_begin_alike(text: str) -> None:
    assert find(text, RULES) == ([], [])
    assert NONCLAIMS.trigger_regex.match(text) is None


@pytest.mark.parametrize(("rule", "text"), NOT)
def test_no_shape_takes_what_it_must_not(rule: str, text: str) -> None:
    shape = next(p for p in NONCLAIMS.patterns if p.id == rule)
    regex = NONCLAIMS.compile(shape.pattern)
    folded = text.translate(RULES.quantities.units.fold_table)
    assert not any(regex.match(folded, i) for i, c in enumerate(folded) if c in shape.starts)


@pytest.mark.parametrize("code", sorted({p.code for p in NONCLAIMS.patterns}))
def test_every_code_is_in_the_catalogue(code: str) -> None:
    assert check_note(code) == code


@pytest.mark.parametrize("sentence", [s for group in CASES.values() for s in group])
def test_a_numeral_that_is_no_claim_gives_no_quantity(sentence: str) -> None:
    quantities, _ = find(sentence, RULES)
    assert [q.surface for q in quantities] == []


def test_the_catalogue_is_large_and_repeats_nothing() -> None:
    sentences = [s for group in CASES.values() for s in group]
    assert len(sentences) == len(set(sentences)) >= 300


@pytest.mark.parametrize("text", ["全校统一安排", "唯一选择", "进一步完善", "百姓", "长三角"])
def test_ordinary_words_leave_no_trace(text: str) -> None:
    assert find(text, RULES) == ([], [])


@pytest.mark.parametrize(("kind", "texts"), [
    ("illegible", NONCLAIMS.illegible_examples), ("phone", NONCLAIMS.phone_examples),
    ("date", NONCLAIMS.date_examples), ("code", NONCLAIMS.code_examples),
])  # fmt: skip
def test_cell_shapes_take_their_examples(kind: str, texts: tuple[str, ...]) -> None:
    fold = RULES.quantities.units.fold_table
    assert [t for t in texts if NONCLAIMS.kind_of_cell(t.translate(fold)) != kind] == []


def test_legible_cells_are_not_called_illegible() -> None:
    assert [t for t in NONCLAIMS.illegible_not if NONCLAIMS.kind_of_cell(t) == "illegible"] == []
