"""Text as the target can hold it: no formula that a spreadsheet would run, nothing longer than its limit."""

from __future__ import annotations

from typing import Final

# What Excel, WPS and LibreOffice take for a formula or a command when a cell begins with it.
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CUT: Final = "…"


def inert(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def fitted(text: str, limit: int, encoding: str = "utf-16-le") -> str:
    """The text cut to `limit` bytes of utf-8 or 16-bit units of utf-16, with … at its end."""
    unit = 2 if encoding == "utf-16-le" else 1
    data = text.encode(encoding)
    if len(data) <= limit * unit:
        return text
    room = limit * unit - len(_CUT.encode(encoding))
    return data[:room].decode(encoding, "ignore") + _CUT
