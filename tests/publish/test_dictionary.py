"""The data dictionary is made from the schemas, and the one in docs/ is the current one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.publish.dictionary import render, render_chinese
from pipeline.schema import DATASETS
from pipeline.schema.chinese import codes_of, words_of
from pipeline.schema.columns import Column

DOCS = Path(__file__).parents[2] / "docs"


def test_every_dataset_and_column_is_in_it() -> None:
    text = render()
    for dataset in DATASETS.values():
        assert f"## {dataset.name}\n" in text
        assert all(f"| `{c.name}` |" in text for c in dataset.columns)


def test_the_dictionary_in_docs_is_current() -> None:
    assert (DOCS / "DICTIONARY.md").read_text(encoding="utf-8") == render(), "run `make dictionary`"
    assert (DOCS / "DICTIONARY.zh-CN.md").read_text(encoding="utf-8") == render_chinese(), (
        "run `make dictionary`"
    )


@pytest.mark.parametrize("name", DATASETS)
def test_every_column_has_its_chinese_words_and_says_what_null_means_where_it_can_be_null(name: str) -> None:
    assert words_of(name).description
    for column in DATASETS[name].columns:
        words = words_of(name, column.name)
        assert words.name and words.description, column.name
        assert bool(words.null) == bool(column.null), column.name


def test_a_column_without_words_is_told() -> None:
    with pytest.raises(KeyError, match=r"no Chinese words for facts\.no_such"):
        words_of("facts", "no_such")


@pytest.mark.parametrize(
    "column", [c for c in DATASETS["facts"].columns if codes_of(c.name)], ids=lambda c: c.name
)
def test_every_code_that_a_description_lists_has_a_chinese_name(column: Column) -> None:
    listed = {part.split(":")[0].strip() for part in column.description.split("|")}
    plain = {code for code in listed if code.replace("_", "").isalpha() and " " not in code}
    assert plain <= codes_of(column.name).keys()
