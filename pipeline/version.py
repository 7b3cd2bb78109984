"""Which program made a dataset: its release, and hashes of the code that reads and that compares reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

PROGRAM: Final = version("nianbao")
_ROOT: Final = Path(__file__).parent
# What decides what is read from one report's bytes, and with which libraries.
_EXTRACTION: Final = (
    "extract.py", "notes.py", "schema", "rules", "read", "segment", "normalize", "tables", "claims",
)  # fmt: skip
_READING: Final = ("lxml", "jieba", "spacy", "pyarrow")
# Of these, what only says how reports are compared, described or scheduled.
_NOT_READING: Final = (
    "rules/checks.py", "rules/batch.py", "schema/series.py", "schema/chinese.py", "schema/runs.py",
)  # fmt: skip
_COMPARISON: Final = (
    "compare", "store", "batch/comparing.py", "batch/merge.py", "rules/checks.py", "schema/series.py",
)  # fmt: skip
_COMPARING: Final = ("duckdb", "pyarrow")


@cache
def extraction_version() -> str:
    """16 hex digits that change when the code or a library that reads reports changes."""
    return _hash(_EXTRACTION, _NOT_READING, _READING)


@cache
def merging_version() -> str:
    """16 hex digits that change when the code or the library that writes datasets changes."""
    return _hash(("store",), (), ("pyarrow",))


@cache
def comparison_version() -> str:
    """16 hex digits that change when the code or a library that makes datasets of what was read changes."""
    return _hash(_COMPARISON, (), _COMPARING)


def _hash(paths: Iterable[str], without: Iterable[str], libraries: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in (f for name in paths for f in _files(_ROOT / name)):
        name = path.relative_to(_ROOT).as_posix()
        if name not in without:
            digest.update(name.encode() + b"\0" + path.read_bytes())
    for library in libraries:
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in (".py", ".sql"))
