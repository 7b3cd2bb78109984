"""A sealed file is whole or does not exist, and a changed bit is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.sealed import Damaged, StoreError, read_sealed, write_sealed


@given(body=st.binary(max_size=200), where=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, where: int, bit: int
) -> None:
    path = tmp_path_factory.mktemp("sealed") / "file"
    write_sealed(path, body)
    assert bytes(read_sealed(path)) == body
    data = bytearray(path.read_bytes())
    data[where % len(data)] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read_sealed(path)


@given(kept=st.integers(0, 139))
def test_a_file_that_is_cut_off_does_not_exist(tmp_path_factory: pytest.TempPathFactory, kept: int) -> None:
    path = tmp_path_factory.mktemp("sealed") / "file"
    write_sealed(path, b"x" * 100)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(Damaged):
        read_sealed(path)


def test_nothing_is_left_beside_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be written"):
        write_sealed(tmp_path / "taken", b"body")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]
