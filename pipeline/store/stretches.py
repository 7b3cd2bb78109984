"""Which reports are compared together: stretches of regions over all years.

Year over year and the checks stay within a prefecture, so a stretch is made of whole prefectures: the
country while there are few reports, a province, or a share of a province's prefectures as they become more.
Shares are by the prefecture's number, so that a new report changes no other report's stretch until there
are twice as many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.store.parts import Member, Part

STRETCH_REPORTS: Final = 128
_PROVINCE, PREFECTURE = 2, 4
_SHARES: Final = (1, 2, 4, 8, 16, 32, 64)
_WHOLE: Final = "0"


@dataclass(frozen=True, slots=True)
class Prefecture:
    """The reports of one prefecture: their regions ('' is none), the parts that hold them, and a digest."""

    regions: tuple[str, ...]
    parts: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some regions ('' is none, None is all) and the keys of the parts that hold their reports.

    `prefectures` are what it is made of, by the start of their regions' codes.
    """

    name: str
    regions: tuple[str, ...] | None
    parts: tuple[str, ...]
    digest: str
    prefectures: dict[str, Prefecture]


def stretches_of(parts: Iterable[Part], limit: int = STRETCH_REPORTS) -> list[Stretch]:
    """Put all regions into stretches of at most `limit` reports, in order; a prefecture is never divided."""
    placed = [(member, part.key) for part in parts for member in part.members]
    if len(placed) <= limit:
        return [_stretch(_WHOLE, placed, whole=True)] if placed else []
    return [_stretch(name, held) for name, held in _named(placed, limit)]


def _named(placed: list[tuple[Member, str]], limit: int) -> Iterator[tuple[str, list[tuple[Member, str]]]]:
    provinces: dict[str, list[tuple[Member, str]]] = {}
    for member, key in placed:
        provinces.setdefault(member.region[:_PROVINCE], []).append((member, key))
    for province, held in sorted(provinces.items()):
        shares = next((s for s in _SHARES if len(held) <= s * limit), _SHARES[-1])
        names: dict[str, list[tuple[Member, str]]] = {}
        for member, key in held:
            number = int(member.region[_PROVINCE:PREFECTURE] or 0)
            name = province if shares == 1 else f"{province}-{shares}-{number % shares:02}"
            names.setdefault(name, []).append((member, key))
        yield from sorted(names.items())


def _stretch(name: str, held: list[tuple[Member, str]], *, whole: bool = False) -> Stretch:
    by_prefecture: dict[str, list[tuple[Member, str]]] = {}
    for member, key in held:
        by_prefecture.setdefault((member.region_code or "")[:PREFECTURE], []).append((member, key))
    all_of = _prefecture(held)
    return Stretch(
        name,
        None if whole else all_of.regions,
        all_of.parts,
        all_of.digest,
        {code: _prefecture(some) for code, some in sorted(by_prefecture.items())},
    )


def _prefecture(held: list[tuple[Member, str]]) -> Prefecture:
    lines = sorted(f"{m.source}\0{m.result}\0{m.twin or ''}\n" for m, _ in held)
    return Prefecture(
        tuple(sorted({m.region_code or "" for m, _ in held})),
        tuple(sorted({key for _, key in held})),
        hashlib.sha256("".join(lines).encode()).hexdigest(),
    )
