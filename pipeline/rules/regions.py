"""rules/regions.csv → the divisions of China (GB/T 2260), by code and by name.

The file lists each division once for each name it had, with the first and last edition of the table that
lists it so (docs/REGIONS.md). It is read without pydantic: four thousand rows, checked by hand.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from pipeline.rules.load import RuleFault, load_yaml
from pipeline.rules.load import RuleModel as _RuleModel

DivisionLevel = Literal["province", "city", "district"]
_LEVELS: Final = {"province", "city", "district"}
_HEADER: Final = ["code", "name", "level", "first_seen", "last_seen", "now"]


@dataclass(frozen=True, slots=True)
class Region:
    """One division under one name; `last_seen` None while it is in force, `now` the code that followed it."""

    code: str
    name: str
    level: DivisionLevel
    first_seen: int | None = None
    last_seen: int | None = None
    now: str | None = None

    def lists(self, year: int) -> bool:
        """Whether the table of `year` has the division under this name."""
        return (self.first_seen or 0) <= year <= (self.last_seen or 9999)


class RegionNames(_RuleModel):
    """Model of rules/region_names.yaml: how names of divisions are shortened."""

    endings: tuple[str, ...]
    peoples: tuple[str, ...]
    not_before: tuple[str, ...]


@dataclass(frozen=True)
class Regions:
    """All divisions. Names map to every division that has or had them."""

    rows: tuple[Region, ...]
    words: RegionNames

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """The division with a code, under its latest name."""
        latest: dict[str, Region] = {}
        for row in self.rows:
            old = latest.get(row.code)
            if old is None or (row.last_seen or 9999) >= (old.last_seen or 9999):
                latest[row.code] = row
        return latest

    @cached_property
    def by_name(self) -> dict[str, tuple[Region, ...]]:
        """Divisions by full name."""
        return _grouped((row.name, row) for row in self.rows)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first two characters of every full name."""
        return frozenset(name[:2] for name in self.by_name)

    @cached_property
    def by_any_name(self) -> dict[str, tuple[Region, ...]]:
        """Divisions by full name and, for provinces, cities and autonomous counties, by short name."""
        pairs = [(row.name, row) for row in self.rows]
        pairs += [(short, row) for row in self.rows for short in self._short(row)]
        return _grouped(pairs)

    @cached_property
    def county_stems(self) -> dict[str, tuple[Region, ...]]:
        """Counties in force by their name without its ending (荣昌): only used after a parent."""
        pairs = []
        for row in self.rows:
            stem = re.sub(r"(?:自治县|自治旗|特区|林区|新区|[区县市旗])$", "", row.name)
            if row.level == "district" and row.last_seen is None and len(stem) >= 2:
                pairs.append((stem, row))
        return _grouped(pairs)

    def _short(self, row: Region) -> list[str]:
        bare = self._ending.sub("", row.name)
        stem = self._people.sub("", bare)
        if row.level == "district" and not (bare != row.name and stem != bare):
            return []
        shorts = {stem} if len(stem) >= 2 else set()
        if stem != bare:
            shorts |= {stem + ("州" if row.level == "city" else "县")}
        return sorted(shorts - {row.name})

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{'|'.join(self.words.endings)})$")

    @cached_property
    def _people(self) -> re.Pattern[str]:
        return re.compile(rf"(?<=..)(?:{'|'.join(self.words.peoples)})+$")

    def in_force(self, region: Region, year: int | None) -> Region:
        """The division itself if the table of `year` lists it, else the one that followed it."""
        if not region.now or (year is not None and region.last_seen is not None and year <= region.last_seen):
            return region
        return self.by_code.get(region.now, region)

    def chain(self, code: str, year: int | None = None) -> tuple[str | None, str | None, str | None]:
        """(province, city, district) names of a code; null where the division has none or stands above it.

        The names are those of `year`, else the latest: codes are given again (500110 was 万盛区, is 綦江区).
        """
        region = self._named(code, year)
        province = self._named(code[:2] + "0000", year)
        city = self._named(code[:4] + "00", year)
        return (
            province.name if province else None,
            city.name if city and city.level == "city" else None,
            region.name if region and region.level == "district" else None,
        )

    def _named(self, code: str, year: int | None) -> Region | None:
        if year is not None:
            for row in self._rows_by_code.get(code, ()):
                if row.lists(year):
                    return row
        return self.by_code.get(code)

    @cached_property
    def _rows_by_code(self) -> dict[str, tuple[Region, ...]]:
        return _grouped((row.code, row) for row in self.rows)


def load_regions(folder: Path) -> Regions:
    """Return the divisions in `folder`/regions.csv. RuleFault with file and line for a faulty row."""
    path = folder / "regions.csv"
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    except OSError as e:
        raise RuleFault(f"{path}:1: cannot be read ({e.strerror}); restore it from the repository") from e
    if next(reader, None) != _HEADER:
        raise RuleFault(f"{path}:1: the header must be {','.join(_HEADER)}")
    rows = tuple(_region(row, f"{path}:{line}") for line, row in enumerate(reader, 2))
    return Regions(rows, load_yaml(folder / "region_names.yaml", RegionNames))


def _region(row: list[str], where: str) -> Region:
    if len(row) != len(_HEADER) or not re.fullmatch(r"\d{6}", row[0]) or row[2] not in _LEVELS:
        raise RuleFault(f"{where}: {row!r} is no division; see docs/REGIONS.md")
    code, name, level, first, last, now = row
    return Region(code, name, level, _year(first, where), _year(last, where), now or None)  # type: ignore[arg-type]


def _year(text: str, where: str) -> int | None:
    if text and not re.fullmatch(r"(19|20)\d\d", text):
        raise RuleFault(f"{where}: {text!r} is no year; leave it empty or give four digits")
    return int(text) if text else None


def _grouped(pairs: Iterable[tuple[str, Region]]) -> dict[str, tuple[Region, ...]]:
    groups: defaultdict[str, list[Region]] = defaultdict(list)
    for name, region in pairs:
        if region not in groups[name]:
            groups[name].append(region)
    return {name: tuple(regions) for name, regions in groups.items()}
