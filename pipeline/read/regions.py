"""Text → the division of China that it is about.

Names are found by longest match. One that several divisions share (鼓楼区) is only taken where a
province or city that only one of them lies in is named too; otherwise nothing is guessed.
"""

from __future__ import annotations

import re
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
    index = _index(tuple(names))
    found: list[Mention] = []
    at = 0
    while (head := index.head.search(text, at)) is not None:
        mention = _at(text, head.start(), names, index, regions)
        at = head.start() + 1
        while mention is not None:
            found.append(mention)
            at = mention.end
            mention = _at(text, at, names, index, regions) or _stem_at(text, at, found, regions)
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
    around: list[Region] | None = None
    for mention in found:
        near = [r for m in found if m is not mention for r in _top(m)]
        pool = _narrowed(_candidates(mention, regions, year), near)
        if len(pool) > 1:
            # Only a name that many share asks for the texts around.
            if around is None:
                around = [
                    r for t in context for m in mentions(t, regions.by_any_name, regions) for r in _top(m)
                ]
            pool = _narrowed(pool, around)
        if len(pool) == 1:
            yield pool[0]


def _candidates(mention: Mention, regions: Regions, year: int | None) -> list[Region]:
    """The divisions that a name may mean in that year; of levels the highest in force (吉林 is the province).

    One that has ended with no successor stays: its name is still in use (重庆市江北区), and only what is
    named around tells it from another of that name.
    """
    pool = list(dict.fromkeys(regions.in_force(c, year) for c in mention.regions))
    highest = min(_DEPTH[r.level] for r in _listed(pool, year))
    return [r for r in pool if _DEPTH[r.level] == highest]


def _listed(pool: list[Region], year: int | None) -> list[Region]:
    """Those that the table of the year (else the latest) lists; all where it lists none."""
    listed = [r for r in pool if (r.lists(year) if year is not None else r.last_seen is None)]
    return listed or pool


def _narrowed(pool: list[Region], support: list[Region]) -> list[Region]:
    """Those of `pool` that lie in the most of the divisions named in support; all where none does."""
    if len(pool) == 1:
        return pool
    backed = {r: sum(1 for s in support if s != r and inside(r, s)) for r in pool}
    best = max(backed.values())
    return [r for r in pool if backed[r] == best] if best else pool


def _top(mention: Mention) -> list[Region]:
    """The divisions of a mention that can support another: its provinces and cities."""
    return [r for r in mention.regions if r.level != "district" and r.last_seen is None]


def _at(
    text: str, at: int, names: dict[str, tuple[Region, ...]], index: _Index, regions: Regions
) -> Mention | None:
    for length in index.lengths.get(text[at : at + 2], ()):
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


@dataclass(frozen=True, slots=True)
class _Index:
    """How names are looked for: `head` finds a first character; `lengths` by the first two, longest first."""

    head: re.Pattern[str]
    lengths: dict[str, tuple[int, ...]]


@lru_cache(maxsize=8)
def _index(names: tuple[str, ...]) -> _Index:
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    heads = re.escape("".join(sorted({name[0] for name in names})))
    ordered = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
    return _Index(re.compile(f"[{heads}]"), ordered)


__all__ = ["Mention", "Region", "inside", "mentions", "region_most_named", "region_of"]
