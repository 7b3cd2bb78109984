"""Rows ⇄ disk: the results of single reports, the datasets made of them, and who may write them.

The only package that writes data.
"""

from __future__ import annotations

from pipeline.store.index import Done, read_index, write_index
from pipeline.store.lock import locked
from pipeline.store.results import (
    forget_results,
    kept_results,
    read_result,
    result_name,
    result_path,
    write_result,
)
from pipeline.store.sealed import Damaged, StoreError
from pipeline.store.versions import current_version

__all__ = [
    "Damaged",
    "Done",
    "StoreError",
    "current_version",
    "forget_results",
    "kept_results",
    "locked",
    "read_index",
    "read_result",
    "result_name",
    "result_path",
    "write_index",
    "write_result",
]
