"""Compiled modules are found in place of their sources, and only of those that they were made of."""

from __future__ import annotations

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline import compiled


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two modules of a project of its own, of which nothing is compiled."""
    for name in ("read", "tables"):
        (tmp_path / "pipeline" / name).mkdir(parents=True)
    made = [tmp_path / "pipeline" / name for name in ("read/cells.py", "tables/grid.py")]
    for path in made:
        path.write_text("X = 1\n")
    monkeypatch.setattr(compiled, "ROOT", tmp_path)
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "build")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delenv(compiled.OFF, raising=False)
    return made


def as_compiled(name: str) -> Path:
    """What stands where a compiled module would lie, of the sources as they are."""
    path = compiled.folder_of_sources() / f"{name.replace('.', '/')}{EXTENSION_SUFFIXES[0]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    (compiled.folder_of_sources() / "whole").touch()
    return path


def test_without_compiled_modules_python_reads_sources(sources: list[Path]) -> None:
    assert not compiled.use()


def test_a_compiled_module_is_found_by_its_name_and_others_are_not(sources: list[Path]) -> None:
    path = as_compiled("pipeline.tables.drawn")
    assert compiled.use()
    spec = find_spec("pipeline.tables.drawn")
    assert spec is not None and spec.origin == str(path)
    assert find_spec("pipeline.tables.undrawn") is None


def test_a_source_that_changes_is_never_shadowed(sources: list[Path]) -> None:
    as_compiled("pipeline.tables.drawn")
    sources[1].write_text("X = 2\n")
    assert not compiled.use()
    sources[1].write_text("X = 1\n")
    assert compiled.use()


def test_what_was_cut_off_while_it_was_made_is_not_used(sources: list[Path]) -> None:
    as_compiled("pipeline.tables.drawn")
    (compiled.folder_of_sources() / "whole").unlink()
    assert not compiled.use()


def test_it_can_be_left_off(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    as_compiled("pipeline.tables.drawn")
    monkeypatch.setenv(compiled.OFF, "1")
    assert not compiled.use()


def test_without_its_tools_it_says_what_is_missing(
    sources: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mypyc.build", None)
    with pytest.raises(compiled.CannotCompile, match=r"mypyc\.build is missing"):
        compiled.build()
