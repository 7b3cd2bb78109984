"""The modules that read reports, compiled to machine code (`make compiled`) → found instead of sources.

mypyc compiles what mypy has checked, unchanged. What it makes lies in build/compiled, in a folder named after
the bytes of the sources: once one of them changes, that folder is not looked into, and Python reads sources.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from contextlib import chdir
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "build" / "compiled"
# For measurements and to look for a fault: sources only.
OFF: Final = "NIANBAO_UNCOMPILED"
_PACKAGES: Final = ("read", "segment", "normalize", "tables", "claims")
# What hands text to a library that is compiled already.
_LEFT: Final = ("segment/tokens.py",)
_WHOLE: Final = "whole"


class _Finder:
    """Finds the compiled modules of one folder by name."""

    def __init__(self, folder: Path) -> None:
        suffix = EXTENSION_SUFFIXES[0]
        found = (path.relative_to(folder) for path in folder.rglob(f"*{suffix}"))
        self.paths = {".".join(p.parts).removesuffix(suffix): folder / p for p in found}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is, if it is compiled."""
        file = self.paths.get(name)
        return spec_from_file_location(name, file) if file else None


def use() -> bool:
    """Let imports find what is compiled of these very sources; False where nothing is."""
    if not FOLDER.is_dir() or os.environ.get(OFF):
        return False
    folder = folder_of_sources()
    if not (folder / _WHOLE).exists():
        return False
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(folder))
    return True


class CannotCompile(Exception):
    """Something that compiling needs is not there; str() says what."""


def build() -> Path:
    """Compile the modules; return their folder. CannotCompile without mypy or without a C compiler."""
    import shutil  # noqa: PLC0415  # what follows is needed only where something is compiled

    folder = folder_of_sources()
    if (folder / _WHOLE).exists():
        return folder
    shutil.rmtree(FOLDER, ignore_errors=True)
    with chdir(ROOT):  # where mypy finds its settings
        _compile([path.relative_to(ROOT).as_posix() for path in _sources()], folder, FOLDER / "c")
    shutil.rmtree(FOLDER / "c")
    (folder / _WHOLE).touch()
    return folder


def _compile(sources: list[str], folder: Path, between: Path) -> None:
    try:
        from mypyc.build import mypycify  # noqa: PLC0415
        from setuptools import Distribution  # noqa: PLC0415
        from setuptools.errors import CompileError  # noqa: PLC0415
    except ImportError as e:
        raise CannotCompile(f"{e.name} is missing; `make compiled` sets it up") from e
    modules = mypycify(sources, opt_level="2", target_dir=str(between))
    command: Any = Distribution({"name": "compiled", "ext_modules": modules}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(folder), str(between)
    command.ensure_finalized()
    try:
        command.run()
    except CompileError as e:
        raise CannotCompile(f"the C compiler did not do it ({e}); is gcc or clang installed?") from e


def _sources() -> list[Path]:
    here = ROOT / "pipeline"
    left = {here / name for name in _LEFT}
    found = (path for package in _PACKAGES for path in sorted((here / package).rglob("*.py")))
    return [path for path in found if path not in left and path.name != "__init__.py"]


def folder_of_sources() -> Path:
    """Where the modules lie that are compiled of the sources as they are, for this Python."""
    digest = hashlib.sha256(f"{sys.version}{EXTENSION_SUFFIXES[0]}".encode())
    for path in _sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return FOLDER / digest.hexdigest()[:16]
