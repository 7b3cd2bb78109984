"""The tables of one report → observations, notes on what was not taken, and the role of every cell."""

from __future__ import annotations

from pipeline.tables.stage import TableRows, observe
from pipeline.tables.unmapped import unmapped

__all__ = ["TableRows", "observe", "unmapped"]
