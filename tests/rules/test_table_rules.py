"""Each rule of labels and roles reads its own examples and none of what it must not."""

from __future__ import annotations

import pytest

from pipeline.rules import load
from pipeline.tables.labels import is_entity

RULES = load()
ROLES, BOOK = RULES.roles, RULES.codebook
COLUMNS = [(name, text) for name, texts in ROLES.columns_examples.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), COLUMNS)
def test_the_header_of_a_column_says_what_it_holds(name: str, text: str) -> None:
    assert ROLES.column_name(text) == name


@pytest.mark.parametrize("text", ["招生数", "2023", "", "海棠校区"])
def test_a_header_that_says_nothing_of_its_column(text: str) -> None:
    assert [n for n, p in ROLES.column_regexes if p.match(text)] == []
    assert ROLES.column_name(text) is None


@pytest.mark.parametrize("text", ROLES.gather_examples)
def test_gathering_words(text: str) -> None:
    assert ROLES.gather_regex.match(text)


@pytest.mark.parametrize("text", ROLES.total_examples)
def test_totals(text: str) -> None:
    assert ROLES.total_regex.match(text)


@pytest.mark.parametrize("text", ROLES.total_not)
def test_no_totals(text: str) -> None:
    assert not ROLES.total_regex.match(text)


@pytest.mark.parametrize("text", ROLES.change_examples)
def test_changes(text: str) -> None:
    assert ROLES.change_regex.match(text)


@pytest.mark.parametrize("text", ROLES.change_not)
def test_no_changes(text: str) -> None:
    assert not ROLES.change_regex.match(text)


@pytest.mark.parametrize("text", ROLES.class_columns_examples)
def test_columns_that_classify(text: str) -> None:
    assert ROLES.class_column_regex.match(text)


@pytest.mark.parametrize("text", ROLES.class_columns_not)
def test_columns_that_do_not_classify(text: str) -> None:
    assert not ROLES.class_column_regex.match(text)


@pytest.mark.parametrize("text", ROLES.class_shape_examples)
def test_shapes_of_classes(text: str) -> None:
    assert ROLES.class_shape_regex.search(text)


@pytest.mark.parametrize("text", ROLES.entity_shape_examples)
def test_names_of_schools_and_divisions(text: str) -> None:
    assert is_entity(text, RULES)


@pytest.mark.parametrize("text", ["公办学校", "高职院校", "临江县中职学校", "地区", "本区"])
def test_kinds_of_schools_and_divisions_are_no_names(text: str) -> None:
    assert not is_entity(text, RULES)


@pytest.mark.parametrize("text", ROLES.note_examples)
def test_notes(text: str) -> None:
    assert ROLES.note_regex.match(text)


@pytest.mark.parametrize("text", ROLES.note_not)
def test_no_notes(text: str) -> None:
    assert not ROLES.note_regex.match(text)


@pytest.mark.parametrize("text", ROLES.continued_examples)
def test_continuations(text: str) -> None:
    assert ROLES.continued_regex.match(text)


@pytest.mark.parametrize("text", ROLES.caption_structure_examples)
def test_captions_that_count_by_class(text: str) -> None:
    assert ROLES.structure_regex.match(text)


@pytest.mark.parametrize("text", ROLES.caption_structure_not)
def test_captions_that_do_not_count_by_class(text: str) -> None:
    assert not ROLES.structure_regex.match(text)


@pytest.mark.parametrize("text", BOOK.labels.among_examples)
def test_marks_of_parts(text: str) -> None:
    assert BOOK.labels.among_regex.match(text)


@pytest.mark.parametrize("text", BOOK.labels.among_not)
def test_no_marks_of_parts(text: str) -> None:
    assert not BOOK.labels.among_regex.match(text)


@pytest.mark.parametrize(("text", "unit"), BOOK.labels.unit_examples.items())
def test_units_at_the_end_of_labels(text: str, unit: str) -> None:
    assert BOOK.split_unit(text)[1] == unit


@pytest.mark.parametrize("text", BOOK.labels.unit_not)
def test_brackets_that_hold_no_unit(text: str) -> None:
    assert BOOK.split_unit(text)[1] is None


@pytest.mark.parametrize("text", BOOK.labels.share_examples)
def test_shares_of_a_named_whole(text: str) -> None:
    assert BOOK.clean(text) == "占比"


@pytest.mark.parametrize("text", BOOK.labels.share_not)
def test_no_shares_of_a_named_whole(text: str) -> None:
    assert BOOK.clean(text) == text


@pytest.mark.parametrize("text", ROLES.intended_examples)
def test_what_is_meant_to_be(text: str) -> None:
    assert ROLES.intended_regex.search(text)


@pytest.mark.parametrize("text", ROLES.intended_not)
def test_what_is(text: str) -> None:
    assert not ROLES.intended_regex.search(text)
