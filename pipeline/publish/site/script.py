"""Plain data → JavaScript files that a page loads from a disk, where fetch is not allowed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# What could end a script element, or a line of a script, inside a string.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def safe_json(data: Any) -> str:
    """JSON that may stand in a script element: no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return text


def write_data(path: Path, key: str, data: Any) -> None:
    """Write a file that hands `data` to the page that asked for `key`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"NB.got({safe_json(key)},{safe_json(data)});\n", encoding="utf-8")


def write_chunks(folder: Path, key: str, rows: Sequence[Any], size: int) -> int:
    """Write rows as files `KEY-0.js`, `KEY-1.js` … of at most `size` rows; return how many files."""
    chunks = range(0, max(len(rows), 1), size)
    for n, start in enumerate(chunks):
        write_data(folder / f"{key}-{n}.js", f"{key}-{n}", rows[start : start + size])
    return len(chunks)
