"""What is stated in a league comes back as it was written, in dictionaries or as plain text."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.leagues import league, year_of
from pipeline.store.packed import pack, unpack
from pipeline.store.stated import decoded, encoded, joined, read_stated, stated_path, write_stated

DIMS = pa.map_(pa.string(), pa.string())
SCHEMA = pa.schema(
    [
        ("fact_id", pa.string()),
        ("report_year", pa.int16()),
        ("year", pa.int16()),
        ("level", pa.string()),
        ("education", pa.string()),
        ("entity", pa.string()),
        ("dims", DIMS),
    ]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "fact_id": st.text("0123456789abcdeft", min_size=1, max_size=8),
            "report_year": st.integers(2015, 2025),
            "year": st.integers(2014, 2025),
            "level": st.none() | st.sampled_from(("district", "school")),
            "education": st.none() | st.sampled_from(("中职", "高职")),
            "entity": st.none() | st.sampled_from(("鄞州区", "海曙区", "")),
            "dims": st.lists(
                st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=2, unique_by=lambda x: x[0]
            ),
        }
    ),
    max_size=20,
)


def table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMA)


@given(ROWS)
def test_a_file_a_league_holds_its_rows_in_their_order(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("stated")
    built = write_stated(folder, table(rows), "13-8-01", "digest")
    for path, (of, (count, _, reports)) in zip(built.files, built.leagues.items(), strict=True):
        assert path == stated_path(of, "13-8-01")
        held = decoded(read_stated(folder / path)).to_pylist()
        first = held[0]
        kind = ("year", "level", "education")
        assert held == [row for row in rows if all(row[k] == first[k] for k in kind)]
        assert year_of(of) == str(first["year"])
        assert (count, reports) == (len(held), sorted({row["report_year"] for row in held}))
    assert sum(values for values, _, _ in built.leagues.values()) == len(rows)


def test_the_name_of_a_league_is_plain_ascii_and_its_own() -> None:
    kinds = [(y, lv, e) for y in (None, 2023) for lv in (None, "city") for e in (None, "中职", "高职")]
    names = [league(*kind) for kind in kinds]
    assert len(set(names)) == len(kinds)
    assert all(re.fullmatch(r"(none|2023)/(none|city)-(none|[0-9a-f]{4})", name) for name in names)


@given(ROWS)
def test_the_same_rows_are_the_same_bytes_wherever_they_were_cut_from(rows: list[dict[str, object]]) -> None:
    whole = table(rows)
    cut = pa.concat_tables([whole, whole]).slice(len(rows))
    assert pack([encoded(cut)]) == pack([encoded(whole)])


@given(st.lists(ROWS, min_size=1, max_size=3))
def test_several_files_are_joined_in_order(files: list[list[dict[str, object]]]) -> None:
    whole = joined([encoded(table(rows)) for rows in files])
    assert decoded(whole).to_pylist() == [row for rows in files for row in rows]
    assert all(column.num_chunks <= 1 for column in whole.columns)


def test_what_another_release_packed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(b"PAR1" + pack([table([])])[4:])
