"""The bookkeeping laws, on the datasets of the whole sample archive."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline import flow
from pipeline.notes import NOTES

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    flow.run(RAW, folder, workers=2)
    return folder


def dataset(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / name)


def test_each_file_has_one_row_in_documents(out: Path) -> None:
    documents = dataset(out, "documents")
    assert sorted(documents.source) == flow.discover(RAW)
    assert len(documents) >= 14
    assert set(documents.status) == {"ok", "duplicate"}


def test_every_report_names_year_region_title_publisher_and_level(out: Path) -> None:
    documents = dataset(out, "documents")
    assert (
        documents[["title", "report_year", "region_code", "publisher", "level", "education"]]
        .notna()
        .all()
        .all()
    )


def test_each_grid_position_lies_in_one_cell(out: Path) -> None:
    cells, tables = dataset(out, "cells"), dataset(out, "tables")
    area = (cells.rowspan.astype(int) * cells.colspan).groupby([cells.doc_id, cells.table_no]).sum()
    size = (tables.n_rows.astype(int) * tables.n_cols).groupby([tables.doc_id, tables.table_no]).sum()
    assert area.to_dict() == size.to_dict()
    positions = set()
    for c in cells.itertuples():
        for row in range(c.row, c.row + c.rowspan):
            for col in range(c.col, c.col + c.colspan):
                assert (c.doc_id, c.table_no, row, col) not in positions
                positions.add((c.doc_id, c.table_no, row, col))


def test_blocks_are_numbered_in_order_and_tables_stand_in_one(out: Path) -> None:
    blocks, tables = dataset(out, "blocks"), dataset(out, "tables")
    for _, group in blocks.groupby("doc_id"):
        assert list(group.block_no) == list(range(len(group)))
    kinds = blocks.set_index(["doc_id", "block_no"]).kind
    assert {kinds[d, b] for d, b in zip(tables.doc_id, tables.block_no, strict=True)} == {"table"}


def test_every_numbered_table_caption_is_tied(out: Path) -> None:
    blocks = dataset(out, "blocks")
    captions = blocks[(blocks.kind == "caption") & blocks.number.str.contains("表", na=False)]
    assert len(captions) > 150
    assert captions.table_no.notna().all()


def test_counts_in_documents_are_those_of_the_datasets(out: Path) -> None:
    documents = dataset(out, "documents").query("status == 'ok'").set_index("doc_id")
    for column, name in (
        ("n_blocks", "blocks"),
        ("n_tables", "tables"),
        ("n_observations", "observations"),
        ("n_claims", "claims"),
    ):
        counted = dataset(out, name).groupby("doc_id").size().reindex(documents.index, fill_value=0)
        assert list(counted) == list(documents[column])


def test_every_note_has_a_code_of_the_catalogue(out: Path) -> None:
    notes = dataset(out, "notes")
    assert set(notes.code) <= set(NOTES)
    assert not notes.duplicated(["doc_id", "note_no"]).any()
