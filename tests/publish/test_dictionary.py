"""The data dictionary is made from the schemas, and the one in docs/ is the current one."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish.dictionary import render
from pipeline.schema import DATASETS

DOCS = Path(__file__).parents[2] / "docs"


def test_every_dataset_and_column_is_in_it() -> None:
    text = render()
    for dataset in DATASETS.values():
        assert f"## {dataset.name}\n" in text
        assert all(f"| `{c.name}` |" in text for c in dataset.columns)


def test_the_dictionary_in_docs_is_current() -> None:
    assert (DOCS / "DICTIONARY.md").read_text(encoding="utf-8") == render(), "run `make dictionary`"
