"""Text → the division of China that it is about.

Names are found by longest match. One that several divisions share (鼓楼区) is only taken where a
province or city that only one of them lies in is named too; otherwise nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.rules.regions import Region, Regions

_DEPTH = {"province": 0, "city": 1, "district": 2}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a division in a text, with all divisions that have it."""

    start: int
    end: int
    regions: tuple[Region, ...]


def mentions(text: str, names: dict[str, tuple[Region, ...]], regions: Regions) -> list[Mention]:
    """The names in `text`, longest first at each place; a county's stem counts right after its parent."""
    lengths = _lengths(tuple(names))
    found: list[Mention] = []
    at = 0
    while at < len(text):
        mention = _at(text, at, names, lengths, regions) or _stem_at(text, at, found, regions)
        if mention is None:
            at += 1
        else:
            found.append(mention)
            at = mention.end
    return found


def region_of(text: str, context: Sequence[str], regions: Regions, year: int | None) -> Region | None:
    """The division that a cover line, title or file name names; null when none or more than one fits.

    `context` are texts that may tell divisions of one name apart. Of a chain (四川省南充市) it is the last.
    """
    current: Region | None = None
    for region in _resolved(text, regions.by_any_name, context, regions, year):
        if current is None or (inside(region, current) and _DEPTH[region.level] > _DEPTH[current.level]):
            current = region
    return current


def region_most_named(text: str, context: Sequence[str], regions: Regions, year: int | None) -> Region | None:
    """The county or district that running text names most often, else the city or province."""
    counts = Counter(_resolved(text, regions.by_name, context, regions, year))
    if not counts:
        return None
    deepest = max(_DEPTH[r.level] for r in counts)
    best = [r for r in counts if _DEPTH[r.level] == deepest]
    return max(best, key=lambda r: (counts[r], -int(r.code)))


def inside(inner: Region, outer: Region) -> bool:
    """Whether a division lies in another, or is it."""
    return inner.code.startswith(_significant(outer))


def _significant(region: Region) -> str:
    return region.code[: (2, 4, 6)[_DEPTH[region.level]]]


def _resolved(
    text: str,
    names: dict[str, tuple[Region, ...]],
    context: Sequence[str],
    regions: Regions,
    year: int | None,
) -> Iterator[Region]:
    found = mentions(text, names, regions)
    around = [r for other in context for m in mentions(other, regions.by_any_name, regions) for r in _top(m)]
    for mention in found:
        others = [r for m in found if m is not mention for r in _top(m)]
        region = _choose(mention.regions, others, around, regions, year)
        if region is not None:
            yield region


def _choose(
    candidates: tuple[Region, ...],
    near: list[Region],
    around: list[Region],
    regions: Regions,
    year: int | None,
) -> Region | None:
    """The one candidate that fits: alone, highest (吉林 is the province), or supported by what is named."""
    now = {regions.in_force(c, year).code: regions.in_force(c, year) for c in candidates}
    pool = list(now.values())
    pool = [r for r in pool if r.last_seen is None or (year or 9999) <= r.last_seen] or pool
    highest = min(_DEPTH[r.level] for r in pool)
    pool = [r for r in pool if _DEPTH[r.level] == highest]
    for support in (near, around):
        if len(pool) == 1:
            return pool[0]
        backed = Counter({r: sum(1 for s in support if s != r and inside(r, s)) for r in pool})
        best = max(backed.values())
        if best:
            pool = [r for r in pool if backed[r] == best]
    return pool[0] if len(pool) == 1 else None


def _top(mention: Mention) -> list[Region]:
    """The divisions of a mention that can support another: its provinces and cities."""
    return [r for r in mention.regions if r.level != "district" and r.last_seen is None]


def _at(
    text: str,
    at: int,
    names: dict[str, tuple[Region, ...]],
    lengths: dict[str, tuple[int, ...]],
    regions: Regions,
) -> Mention | None:
    for length in lengths.get(text[at : at + 2], ()):
        name = text[at : at + length]
        if name in names and not text.startswith(regions.words.not_before, at + length):
            return Mention(at, at + length, names[name])
    return None


def _stem_at(text: str, at: int, found: list[Mention], regions: Regions) -> Mention | None:
    """A county without its ending (荣昌) that directly follows the name of what it lies in."""
    if not found or found[-1].end != at:
        return None
    for length in (4, 3, 2):
        candidates = regions.county_stems.get(text[at : at + length], ())
        fitting = tuple(r for r in candidates if any(inside(r, p) for p in _top(found[-1])))
        if fitting:
            return Mention(at, at + length, fitting)
    return None


@lru_cache(maxsize=8)
def _lengths(names: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """The lengths of the names that begin with two characters, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


__all__ = ["Mention", "Region", "inside", "mentions", "region_most_named", "region_of"]
