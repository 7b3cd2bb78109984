"""Every dataset is declared whole: types, descriptions, null meanings, keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pyarrow as pa
import pytest

from pipeline.schema import DATASETS, Cell
from pipeline.schema.columns import INT16, Dataset, columns_of

COLUMNS = [(d, c) for d in DATASETS.values() for c in d.columns]


@pytest.mark.parametrize(("dataset", "column"), COLUMNS, ids=[f"{d.name}.{c.name}" for d, c in COLUMNS])
def test_every_column_has_a_description_that_travels(dataset: Dataset, column) -> None:
    field = dataset.schema().field(column.name)
    assert len(field.metadata[b"description"].decode()) > 5
    assert field.nullable == (b"null" in field.metadata)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS.keys())
def test_the_key_columns_exist_and_partitioned_datasets_have_the_year(dataset: Dataset) -> None:
    names = [c.name for c in dataset.columns]
    assert set(dataset.key) <= set(names)
    assert len(names) == len(set(names))
    assert not dataset.partitioned or "report_year" in names


def test_rows_become_a_table_with_the_columns_of_the_report() -> None:
    table = DATASETS["cells"].table(
        [Cell(1, 0, 2, 1, 3, "合计", "header")], {"doc_id": "d", "report_year": 2023}
    )
    row = table.to_pylist()[0]
    assert (row["doc_id"], row["report_year"], row["col"], row["colspan"], row["text"]) == (
        "d",
        2023,
        2,
        3,
        "合计",
    )
    assert table.schema.equals(DATASETS["cells"].schema())


def test_a_value_that_does_not_fit_its_column_is_refused() -> None:
    with pytest.raises(pa.ArrowInvalid):
        DATASETS["cells"].table([Cell(99_999, 0, 0, 1, 1, "")], {"doc_id": "d", "report_year": 2023})


def test_a_column_without_description_is_refused() -> None:
    @dataclass(slots=True)
    class Bare:
        """A row with a bare column."""

        row: Annotated[int, INT16]

    with pytest.raises(TypeError, match="'row' needs one Arrow type and one description"):
        columns_of(Bare)
