"""An indicator, years, a region and a level → its values over years and places, side by side.

What `make compare` and the Python API answer with. Values come from `districts` (like with like), changes
from `yoy`; where an edition of the forms renamed or redefined the indicator, its other names come along.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import duckdb
import pyarrow as pa

from pipeline.compare.archive import query
from pipeline.compare.asked import Unanswerable, indicator_ids, region_codes
from pipeline.rules import Rules

if TYPE_CHECKING:
    import pandas as pd

By = Literal["district", "city", "province", "school"]
_BY: Final = {"district": "区县", "city": "地市", "province": "省份", "school": "学校"}


@dataclass(frozen=True, slots=True)
class Question:
    """What to compare. `of` is one class of the indicator, as dims are printed: 专业大类=旅游大类."""

    indicator: str
    years: tuple[int, int] | None = None
    region: str = ""
    by: By = "district"
    of: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A row a place and year, as in sql/panel.sql; `breaks` are (year, why) of new definitions."""

    name: str
    unit: str
    direction: str
    by: str
    rows: pa.Table
    breaks: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as pandas."""
        found: pd.DataFrame = self.rows.to_pandas()
        return found

    @property
    def years(self) -> list[int]:
        """The years that there are values of, in order."""
        return sorted(set(self.rows["year"].to_pylist()))


def panel(connection: duckdb.DuckDBPyConnection, question: Question, rules: Rules) -> Panel:
    """Put the values of an indicator side by side. Unanswerable says what there is where there are none."""
    ids = _editions(indicator_ids(question.indicator, rules), rules)
    codes = region_codes(connection, question.region) if question.region else None
    rows = _values(connection, question, ids, codes)
    if not rows.num_rows:
        raise Unanswerable(_why_none(connection, question, ids))
    units = Counter(rows["unit"].to_pylist())
    unit = max(units, key=lambda u: (units[u], u or ""))
    left_out = rows.num_rows - units[unit]
    rows = rows.filter(pa.compute.equal(rows["unit"], unit) if unit else pa.compute.is_null(rows["unit"]))
    last = rules.codebook.by_id[_latest(rows)]
    remarks = [f"另有 {left_out} 个值的单位不是 {unit or '（无）'}，未列入"] if left_out else []
    return Panel(
        last.name, unit or "", last.direction, _BY[question.by], rows, _breaks(rows, rules), tuple(remarks)
    )


def _editions(ids: list[str], rules: Rules) -> list[str]:
    """These indicators and those that earlier or later editions of the forms have in their place."""
    book = rules.codebook
    chains = {book.chain[i] for i in ids}
    return sorted({book.canonical[i] for i, chain in book.chain.items() if chain in chains} | set(ids))


def _values(
    connection: duckdb.DuckDBPyConnection, question: Question, ids: list[str], codes: list[str] | None
) -> pa.Table:
    first, last = question.years or (None, None)
    level = None if question.by == "school" else question.by
    given: dict[str, Any] = {
        "ids": ids, "codes": codes, "level": level, "first_year": first, "last_year": last,
        "class": question.of,
    }  # fmt: skip
    return connection.sql(query("panel"), params=given).to_arrow_table()


def _latest(rows: pa.Table) -> str:
    """The indicator as it is called in the last year."""
    years, ids = rows["year"].to_pylist(), rows["indicator_id"].to_pylist()
    latest: tuple[int, str] = max(zip(years, ids, strict=True))
    return latest[1]


def _breaks(rows: pa.Table, rules: Rules) -> tuple[tuple[int, str], ...]:
    """The first year of each later edition among the rows, and what it changed."""
    first: dict[str, int] = {}
    for indicator_id, year in zip(rows["indicator_id"].to_pylist(), rows["year"].to_pylist(), strict=True):
        first[indicator_id] = min(year, first.get(indicator_id, year))
    found = []
    for indicator_id, year in first.items():
        new = rules.codebook.by_id[indicator_id]
        if new.replaces and rules.codebook.canonical[new.replaces] in first:
            old = rules.codebook.by_id[new.replaces]
            same = f"由“{old.name}”改称，口径相同"
            found.append((year, f"“{new.name}”{same if new.joinable else new.why}"))
    return tuple(sorted(found))


def _why_none(connection: duckdb.DuckDBPyConnection, question: Question, ids: list[str]) -> str:
    """What there is of the indicator where there is nothing of what was asked."""
    rows = connection.execute(
        """SELECT if(scope = 'school', 'school', level), class_of(dims), min(year), max(year), count(*)
        FROM districts WHERE list_contains(?, indicator_id) GROUP BY 1, 2 ORDER BY 5 DESC, 1, 2 LIMIT 8""",
        [ids],
    ).fetchall()
    there = "; ".join(
        f"by {level}" + (f" of {of}" if of else "") + f" {first}-{last} ({n} values)"
        for level, of, first, last, n in rows
    )
    asked = f"{question.indicator}, by {question.by}" + (f", of {question.of}" if question.of else "")
    return f"no values of {asked} in the region and years asked for; there are: {there or 'none'}"
