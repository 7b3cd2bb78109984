"""Nothing unaccounted: every numeral of the prose and every value cell of the tables ends in a row or a note."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline import flow

RAW = Path(__file__).parents[2] / "raw"
DIGITS = re.compile(r"[0-9０-９]+")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    out = tmp_path_factory.mktemp("accounts")
    flow.run(RAW, out, workers=2)
    names = ("blocks", "claims", "notes", "cells", "observations", "sentences")
    return {name: pd.read_parquet(out / name) for name in names}


def spans(frame: pd.DataFrame) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """(start, end) by (doc_id, block_no)."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in frame.dropna(subset=["start"]).itertuples():
        found.setdefault((row.doc_id, int(row.block_no)), []).append((int(row.start), int(row.end)))
    return found


def test_every_digit_of_the_prose_is_in_exactly_one_claim_or_note(data: dict[str, pd.DataFrame]) -> None:
    claims, notes = spans(data["claims"]), spans(data["notes"])
    prose = data["blocks"][data["blocks"].kind.isin(["paragraph", "list"])]
    checked = 0
    for block in prose.itertuples():
        key = (block.doc_id, block.block_no)
        taken = claims.get(key, []) + notes.get(key, [])
        for digits in DIGITS.finditer(block.text):
            owners = [s for s in taken if s[0] < digits.end() and digits.start() < s[1]]
            covered = sum(min(e, digits.end()) - max(s, digits.start()) for s, e in owners)
            assert covered == len(digits[0]), (block.text, digits[0], owners)
            checked += 1
    assert checked > 1000


def test_a_quote_is_the_characters_it_stands_at(data: dict[str, pd.DataFrame]) -> None:
    texts = data["blocks"].set_index(["doc_id", "block_no"]).text
    for c in data["claims"].itertuples():
        assert texts[c.doc_id, c.block_no][c.start : c.end] == c.quote
        assert c.quote in c.sentence


def test_every_value_cell_gives_an_observation_or_a_note(data: dict[str, pd.DataFrame]) -> None:
    cells = data["cells"]
    values = cells[(cells.role == "value") & (cells.text.str.strip() != "")]
    rows = set(data["observations"][["doc_id", "table_no", "row", "col"]].itertuples(index=False, name=None))
    noted = data["notes"].dropna(subset=["table_no"])
    rows |= {
        (d, int(t), int(r), int(c))
        for d, t, r, c in zip(noted.doc_id, noted.table_no, noted.row, noted.col, strict=True)
    }
    lost = [
        tuple(v)
        for v in values[["doc_id", "table_no", "row", "col"]].itertuples(index=False)
        if tuple(v) not in rows
    ]
    assert len(values) > 4000
    assert lost == []


def test_an_observation_comes_from_a_cell_that_holds_its_characters(data: dict[str, pd.DataFrame]) -> None:
    texts = data["cells"].set_index(["doc_id", "table_no", "row", "col"]).text
    for o in data["observations"].itertuples():
        assert o.raw.strip() in texts[o.doc_id, o.table_no, o.row, o.col]


def test_a_value_is_read_or_null_with_a_reason(data: dict[str, pd.DataFrame]) -> None:
    observations = data["observations"]
    assert (observations.value.isna() == (observations.status != "reported")).all()
    assert data["claims"].value.notna().all()


def test_sentences_and_tokens_give_the_text_back(data: dict[str, pd.DataFrame]) -> None:
    texts = data["blocks"].set_index(["doc_id", "block_no"]).text
    for s in data["sentences"].itertuples():
        assert texts[s.doc_id, s.block_no][s.start : s.end] == s.text
        assert "".join(s.tokens) == s.text
        assert len(s.tokens) == len(s.pos)
