"""Which values are ranked together: of one year, in reports of one level and one education.

A league has a name that is part of paths: `2023/district-c1a8`. The education is four hex digits of its hash,
so that names stay ASCII whatever the rules call it. Two that share a name would lie in one file, no more.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import pyarrow as pa

_NONE = "none"


def leagues(table: pa.Table, year: str) -> list[str]:
    """The league of every row, by its columns `level` and `education` and the one called `year`."""
    columns: list[list[Any]] = [table.column(name).to_pylist() for name in (year, "level", "education")]
    return list(map(league, *columns))


@lru_cache(maxsize=10_000)
def league(year: int | None, level: str | None, education: str | None) -> str:
    """The name of one league."""
    taught = hashlib.sha256(education.encode()).hexdigest()[:4] if education else _NONE
    return f"{_NONE if year is None else year}/{level or _NONE}-{taught}"


def year_of(name: str) -> str:
    """The year of a league."""
    return name.partition("/")[0]
