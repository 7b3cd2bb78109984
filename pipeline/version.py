"""Which program made a dataset: its release, and a hash of the code that reads reports."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

PROGRAM: Final = version("nianbao")
# The folders whose code decides what is read from one report's bytes.
_EXTRACTION: Final = ("schema", "rules", "read", "segment", "normalize", "tables", "claims")
_LIBRARIES: Final = ("lxml", "jieba", "spacy", "pyarrow")


@cache
def extraction_version() -> str:
    """16 hex digits that change when the code or a library that reads reports changes."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    files = [root / "extract.py", root / "notes.py"]
    for folder in _EXTRACTION:
        files += sorted((root / folder).rglob("*.py"))
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:16]
