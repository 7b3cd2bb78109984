"""Names that people give (a region, an indicator) → the codes and ids that stand for them in the datasets."""

from __future__ import annotations

import re

import duckdb

from pipeline.normalize.indicators import nearest
from pipeline.rules import Rules


class Unanswerable(ValueError):
    """What is asked for cannot be given; str() says why and what to do."""


def region_codes(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[str]:
    """The codes in the facts that a name, or the start of a code, stands for; all divisions below it too."""
    known = connection.execute(
        """SELECT DISTINCT region_code, province, city, district FROM facts
        WHERE region_code IS NOT NULL ORDER BY ALL"""
    ).fetchall()
    if re.fullmatch(r"\d{2,6}", wanted):
        start = re.sub(r"(?:00){1,2}$", "", wanted) if len(wanted) == 6 else wanted
        codes = [k[0] for k in known if k[0].startswith(start)]
    else:
        codes = _named(known, wanted)
    if not codes:
        names = sorted({"".join(filter(None, k[1:])) for k in known})
        raise Unanswerable(f"no facts for {wanted}; there are {'、'.join(names[:20])}")
    return codes


def _named(known: list[tuple[str, ...]], wanted: str) -> list[str]:
    """The codes of the divisions of that name, and of those below. Unanswerable where it names several."""
    fits = [k for k in known if wanted in k[1:] or "".join(filter(None, k[1:])) == wanted]
    above = {k[1 : k.index(wanted)] for k in fits if wanted in k[1:]}
    if len({tuple(filter(None, a)) for a in above}) > 1:
        choices = "、".join(f"{k[0]} {''.join(filter(None, k[1:]))}" for k in fits)
        raise Unanswerable(f"{wanted} names several divisions ({choices}); give the code")
    return sorted({k[0] for k in fits})


def indicator_ids(name: str, rules: Rules) -> list[str]:
    """The ids that stand for what an id, name or synonym means (课程总数 is counted in 门 and in 学时)."""
    book = rules.codebook
    named = (book.by_id[name],) if name in book.by_id else book.exact.get(book.fold(name), ())
    if not named:
        near = "、".join(f"{book.by_id[i].name} [{i}]" for i, _ in nearest(name, book))
        raise Unanswerable(f"no indicator is called {name}; the nearest are {near}")
    return [book.canonical[i.id] for i in named]
