"""Nianbao: from filed vocational-education quality reports to comparable, traceable data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline import compiled

if TYPE_CHECKING:
    from pipeline.api import open  # noqa: A004

__all__ = ["open"]

compiled.use()


def __getattr__(name: str) -> Any:
    """`pipeline.open`, loaded when it is first asked for: worker processes never need it (PEP 562)."""
    if name == "open":
        from pipeline import api  # noqa: PLC0415

        return api.open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
