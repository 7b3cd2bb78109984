"""One row of a grid → the weighted features that tell whether it is a header row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.rules import Rules
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.labels import Label, LabelReader

_LOOK_DOWN = 8
_VALUES = ("number", "phone", "date", "year", "class")
# What labels decide, and what stands below: `_look` has the most it may be, which bounds a weight over 0.
_SAID = ("vocabulary", "classes", "measures", "periods", "over_numbers")


@dataclass(slots=True)
class Block:
    """Data rows under one set of header rows. `bands` are labels above it, `groups` label later rows."""

    bands: list[Seen] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    groups: dict[int, Seen] = field(default_factory=dict)


def is_header(
    grid: Grid, r: int, block: Block, reader: LabelReader, fresh: bool = False, paired: bool = False
) -> bool:
    """The weighted features of row r speak for a header (see rules/roles.yaml for their meaning).

    Most rows of values look so little like a header that nothing their labels might say would make them one:
    their labels are not read for that.
    """
    weights = reader.rules.roles.header_weights
    words = _labels_in(grid, r, block, fresh)
    seen = _look(grid, r, block, fresh, words)
    seen["leads_pair"] = float(paired)
    bounded = all(weights[k] >= 0 for k in _SAID)
    if bounded and _weighed(seen, weights) <= 0:
        return False
    seen |= _said(grid, r, reader, words)
    return _weighed(seen, weights) > 0


def _weighed(features: dict[str, float], weights: dict[str, float]) -> float:
    return weights["bias"] + sum([weights[k] * v for k, v in features.items()])


def _labels_in(grid: Grid, r: int, block: Block, fresh: bool) -> list[Seen]:
    """The filled cells that start in row r and may be labels of columns."""
    filled = grid.filled(r)
    valued = _years_are_values(filled, block, fresh)
    words = [s for s in filled if s.wordy and not (valued and s.kind == "year" and s.cell.col)]
    bands = [s for s in filled if _is_range(s)] if fresh else []
    return [*words, *bands] if len(bands) > 1 else words


def _look(grid: Grid, r: int, block: Block, fresh: bool, words: Sequence[Seen]) -> dict[str, float]:
    """The features of row r, each from 0 to 1; for those that its labels decide, the most they may be."""
    filled = grid.filled(r)
    n = len(filled) or 1
    kinds = [s.kind for s in filled]
    taken = {id(s) for s in words}
    numbers = sum([s.kind in _VALUES and id(s) not in taken for s in filled])
    under = block.headers[-1] if block.headers and not block.rows else None
    share = len(words) / n
    return {
        "numbers": numbers / n,
        "any_number": float(numbers > 0),
        "no_answer": (kinds.count("no_answer") + kinds.count("illegible")) / n,
        "texts": share,
        "vocabulary": share,
        "classes": share,
        "after_rows": float(bool(block.rows) and not fresh),
        "measures": share,
        "periods": share,
        "spans": float(any(1 < s.cell.colspan < grid.n_cols for s in filled)),
        # 指标 over two stub columns divides no values
        "split": float(under is not None and "number" not in kinds and _splits(grid, r, under)),
        "covered": float(under is not None and _covered(grid, r)),
        "over_numbers": 1.0,
        "first": float(fresh),
        "repeated": float(any(s.cell.is_header_row for s in filled)),
        "same_as_header": float(_repeats(grid, r, block)),
        "blanks": _blank_share(grid, r),
    }


def _said(grid: Grid, r: int, reader: LabelReader, words: Sequence[Seen]) -> dict[str, float]:
    """The features of row r that its labels decide, and where they stand."""
    n = len(grid.filled(r)) or 1
    said = _vocabulary([reader.read(s.text) for s in words])
    return {
        "vocabulary": said.heads / n,
        "classes": said.classes / n,
        "measures": said.measures / n,
        "periods": said.periods / n,
        "over_numbers": _over_numbers(grid, r),
    }


class _Vocabulary(NamedTuple):
    """How many labels of a row usually head a column, are classes or names, name a measure, are periods."""

    heads: int
    classes: int
    measures: int
    periods: int


def _vocabulary(labels: Sequence[Label]) -> _Vocabulary:
    heads = classes = measures = periods = 0
    for x in labels:
        heads += x.heads
        classes += bool(x.dim) or "entity" in x.votes
        measures += _is_measure(x)
        periods += x.role == "period"
    return _Vocabulary(heads, classes, measures, periods)


def _is_range(s: Seen) -> bool:
    """A range with a unit (30岁以下, 2000-3000元): in a first row, several of them are classes."""
    return (
        s.kind == "number"
        and len(s.quantities) == 1
        and s.quantities[0].unit is not None
        and s.quantities[0].qualifier not in ("exact", "about")
    )


def _years_are_values(filled: Sequence[Seen], block: Block, fresh: bool) -> bool:
    """Below data rows, bare numbers such as 1992 are values, unless the row counts up years."""
    if fresh or not block.rows:
        return False
    years = sorted(
        {int(s.quantities[0].value) for s in filled if s.kind == "year" and s.cell.col and s.quantities}
    )
    return not (len(years) > 1 and years[-1] - years[0] == len(years) - 1)


def leads_pairs(grid: Grid, reader: LabelReader) -> bool:
    """Labels and values alternate along the rows (a data sheet of one school)."""
    if grid.n_cols % 2 or grid.n_cols < 2:
        return False
    keys = [
        s
        for rr in range(grid.n_rows)
        for c in range(0, grid.n_cols, 2)
        if (s := grid.at[rr][c]).cell.col == c
    ]
    answers = [
        s
        for rr in range(grid.n_rows)
        for c in range(1, grid.n_cols, 2)
        if (s := grid.at[rr][c]).cell.col == c
    ]
    keys = [s for s in keys if s.kind != "blank" and s.cell.colspan < grid.n_cols]
    top = keys[0].cell.row if keys else 0
    dated = reader.rules.roles.date_label_regex
    # 1985年 beside 建校时间 is an answer; beside 指标 it would head a column of values.
    asked = [
        s
        for s in answers
        if s.cell.row == top and not dated.search(grid.at[top][s.cell.col - 1].text.strip())
    ]
    first = [reader.read(s.text) for s in (*asked, *keys[:1]) if s.cell.row == top and s.wordy]
    if any(_heads_values(x, reader.rules) for x in first):
        return False
    if len(keys) < 3 or any(s.kind != "words" for s in keys):
        return False
    known = sum(_is_key(reader.read(s.text), reader.rules) for s in keys)
    kinds = {s.kind for s in answers if s.kind != "blank"}
    return known / len(keys) >= 0.5 and len(kinds) > 1


def _heads_values(label: Label, rules: Rules) -> bool:
    """The label heads a column of measures or values, or is a class or period: no data sheet starts so."""
    name = rules.codebook.clean(label.name)
    heads = any(p.match(name) for n, p in rules.roles.column_regexes if n in ("measure", "value", "serial"))
    return heads or label.role != "unknown"


def _is_measure(label: Label) -> bool:
    return label.votes.get("measure", 0) >= 0.9 or label.role == "change"


def _is_key(label: Label, rules: Rules) -> bool:
    roles, name = rules.roles, label.name
    return (
        label.votes.get("measure", 0) > 0
        or bool(roles.date_label_regex.search(name))
        or bool(roles.code_label_regex.search(name))
        or any(p.match(name) for n, p in roles.column_regexes if n in ("entity", "attribute", "code"))
        or bool(roles.class_column_regex.match(name))
    )


def _splits(grid: Grid, r: int, above: int) -> bool:
    return any(
        s.cell.row == above
        and 1 < s.cell.colspan < grid.n_cols
        and s.cell.rowspan == 1
        and len({id(grid.at[r][c]) for c in range(s.cell.col, min(grid.n_cols, s.cell.col + s.cell.colspan))})
        > 1
        for s in grid.row(above)
    )


def _covered(grid: Grid, r: int) -> bool:
    """A cell beside the first column reaches into row r from above, or the corner alone does."""
    above = [s for s in grid.row(r) if s.cell.row < r and s.kind != "blank"]
    return any(s.cell.col > 0 for s in above) or bool(
        above and above[0].cell.colspan >= 1 and _corner(grid, r, above[0])
    )


def _corner(grid: Grid, r: int, s: Seen) -> bool:
    return s.cell.row + s.cell.rowspan == r + 1


def _over_numbers(grid: Grid, r: int) -> float:
    """The share of columns with numbers below (up to the next row of words) in which row r has words."""
    numeric: set[int] = set()
    for below in range(r + 1, min(grid.n_rows, r + 1 + _LOOK_DOWN)):
        found = grid.numbers(below)
        if not found and numeric:
            break
        numeric |= found
    if not numeric:
        return 0.0
    return sum([grid.at[r][c].wordy for c in numeric]) / len(numeric)


def _repeats(grid: Grid, r: int, block: Block) -> bool:
    row = grid.row(r)
    return len(row) > 1 and any(_same_words(grid.row(h), row) for h in block.headers)


def _same_words(one: Sequence[Seen], other: Sequence[Seen]) -> bool:
    # Most rows differ from a header in their first cell.
    return (
        len(one) == len(other)
        and one[0].text == other[0].text
        and all(a.text == b.text for a, b in zip(one, other, strict=True))
    )


def _blank_share(grid: Grid, r: int) -> float:
    return [s.kind for s in grid.at[r]].count("blank") / grid.n_cols
