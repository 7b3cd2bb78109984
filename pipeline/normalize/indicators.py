"""A label, or a path of labels, with its unit → the indicator of the codebook that it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from pipeline.rules.indicators import Codebook, Indicator

__all__ = ["Indicator", "match", "match_child", "match_phrase", "nearest"]

_PERSONS = "人"  # 订单班人数 is no 订单班数, which counts classes


def match(label_path: Sequence[str], unit: str | None, codebook: Codebook) -> Indicator | None:
    """The indicator that a path of labels (outermost first) names, or None.

    `unit` tells namesakes apart (课程总数 in 门 and in 学时); a percentage never names a count.
    """
    return _match(tuple(filter(None, label_path)), unit, codebook)


@lru_cache(maxsize=100_000)
def _match(path: tuple[str, ...], unit: str | None, codebook: Codebook) -> Indicator | None:
    for words in _readings([codebook.clean(w) for w in path], codebook):
        found = _lookup(words, unit, codebook)
        if found:
            return found
    return None


def match_child(parent: str, label: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    """The indicator that is the part `label` of the one named `parent`, or None."""
    name, kind = f"{parent}/{codebook.clean(label)}", codebook.kind(unit)
    fits = _fitting(codebook.exact.get(codebook.fold(name), ()), unit, kind, codebook)
    fits = fits or _fitting(
        codebook.stems.get((codebook.stem(name), kind or "count"), ()), unit, kind, codebook
    )
    return fits[0] if fits else None


def match_phrase(phrase: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    """The indicator that a noun phrase of prose names (全区专任教师, 人 → 专任教师数), or None."""
    text = codebook.clean(phrase)
    bare = codebook.labels.prefix_regex.sub("", text)
    for words in dict.fromkeys((text, bare, bare.replace("的", ""))):
        found = _lookup(words, unit, codebook) or _spoken(words, unit, codebook)
        found = found or _unique_leaf(words, unit, codebook)
        if found:
            return found
    return None


def nearest(label: str, codebook: Codebook, limit: int = 3) -> list[tuple[str, float]]:
    """The ids of the most similar indicators with their similarity from 0 to 1, best first."""
    key = codebook.fold(codebook.clean(label))
    keys = list(codebook.names)
    best: dict[str, float] = {}
    for name, score, _ in process.extract(key, keys, scorer=fuzz.ratio, limit=limit * 3):
        best.setdefault(codebook.names[name], round(score / 100, 3))
    return list(best.items())[:limit]


def _readings(path: Sequence[str], codebook: Codebook) -> Iterable[str]:
    """Ways to read a path as one name, the most specific first (专任教师, 占比 → 专任教师占比)."""
    if not path:
        return
    generic = path[-1] in codebook.labels.generic_kinds
    if generic and len(path) > 1:
        path = (*path[:-2], codebook.stem(path[-2]) + path[-1])
    for start in range(len(path)):
        yield "/".join(path[start:])
        yield "".join(path[start:])


def _lookup(name: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    kind, key = codebook.kind(unit), codebook.fold(name)
    named = codebook.exact.get(key, ())
    fits = _fitting(named, unit, kind, codebook) or _near_kind(named, kind, codebook)
    fits.sort(key=lambda i: codebook.fold(i.name) != key)
    if not fits:
        tail = codebook.labels.generic_regex.search(key)
        wanted = kind or (codebook.labels.generic_kinds[tail.group()] if tail else "count")
        fits = _fitting(codebook.stems.get((codebook.stem(name), wanted), ()), unit, wanted, codebook)
        fits = [i for i in fits if not tail or _PERSONS not in tail[0] or not i.unit or _PERSONS in i.unit]
    return fits[0] if fits else None


def _near_kind(named: Sequence[Indicator], kind: str, codebook: Codebook) -> list[Indicator]:
    """An unmistakable name in a unit of another kind, but never a count for a percentage or for money."""
    if len(named) != 1 or {"percent", "money"} & {kind, codebook.kind_of(named[0])}:
        return []
    return list(named)


def _spoken(name: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    fits = _fitting(codebook.spoken.get(codebook.fold(name), ()), unit, codebook.kind(unit), codebook)
    return fits[0] if fits else None


def _unique_leaf(name: str, unit: str | None, codebook: Codebook) -> Indicator | None:
    fits = _fitting(codebook.leaves.get(codebook.fold(name), ()), unit, codebook.kind(unit), codebook)
    return fits[0] if len(fits) == 1 else None


def _fitting(
    candidates: Sequence[Indicator], unit: str | None, kind: str, codebook: Codebook
) -> list[Indicator]:
    """Those whose unit is of the same kind, the same unit first."""
    fits = [i for i in candidates if not kind or not i.unit or codebook.kind_of(i) == kind]
    return sorted(fits, key=lambda i: i.unit != unit)
