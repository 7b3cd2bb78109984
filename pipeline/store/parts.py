"""Which reports lie together in one Parquet file, as a function of the set of reports alone.

A part is a year's reports of one stretch of regions: the whole country while the year has few, a province,
a prefecture, a district as they become more, and a share of a district's reports by their hash beyond
that. So a changed report rewrites one small part, every part fits into memory, and the same files come out
whatever the order in which reports were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

PART_REPORTS: Final = 128  # of the heaviest seen: 300 MiB in the process that writes them
_REGION_STEPS: Final = (2, 4, 6)
# The folder of reports that name no year, and the region of those that name none.
NO_YEAR: Final = "0"
_NO_REGION: Final = "99"


@dataclass(frozen=True, slots=True)
class Member:
    """One report of a part. `twin` is the file with the same bytes that stands for it."""

    source: str
    result: str
    sha256: str
    report_year: int | None
    region_code: str | None
    twin: str | None = None

    @property
    def region(self) -> str:
        """The code, sorting after all others where none is named."""
        return self.region_code or _NO_REGION


@dataclass(frozen=True, slots=True)
class Part:
    """The reports that lie in one file a dataset, in order of region and path."""

    year: str
    name: str
    members: tuple[Member, ...]

    @property
    def key(self) -> str:
        """What the part is called among all parts of the archive."""
        return f"{self.year}-{self.name}"

    @property
    def digest(self) -> str:
        """A hash of all that the part's rows depend on."""
        lines = (f"{m.source}\0{m.result}\0{m.twin or ''}\n" for m in self.members)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def parts_of(members: Iterable[Member], limit: int = PART_REPORTS) -> list[Part]:
    """Put the reports into parts of at most `limit`, in order of year and region."""
    years: dict[str, list[Member]] = {}
    for member in members:
        year = NO_YEAR if member.report_year is None else str(member.report_year)
        years.setdefault(year, []).append(member)
    return [part for year in sorted(years) for part in _split(year, "0", years[year], 0, limit)]


def _split(year: str, name: str, members: list[Member], depth: int, limit: int) -> list[Part]:
    if len(members) <= limit:
        return [Part(year, name, tuple(sorted(members, key=lambda m: (m.region, m.source))))]
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(_name(member, depth), []).append(member)
    return [p for name in sorted(groups) for p in _split(year, name, groups[name], depth + 1, limit)]


def _name(member: Member, depth: int) -> str:
    if depth < len(_REGION_STEPS):
        return member.region[: _REGION_STEPS[depth]]
    # Not the hash of the bytes: files that are the same, such as empty ones, must part too.
    share = hashlib.sha256(member.source.encode()).hexdigest()
    return f"{member.region}-{share[: depth - len(_REGION_STEPS) + 1]}"
