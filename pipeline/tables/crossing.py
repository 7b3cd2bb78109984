"""Header rows against stub columns: what measures on one side leaves to the other."""

from __future__ import annotations

from pipeline.rules import Rules
from pipeline.tables.grid import Grid
from pipeline.tables.labels import NOUN, Label
from pipeline.tables.level import Across, Level, Levels


def name_crossing(levels: Levels, rules: Rules) -> None:
    """Rows of mere 人数 and 比例 below a corner that names a class (去向): the columns are of that class."""
    last = next(reversed(levels.headers.values()), None)
    for level in levels.stubs.values():
        head = level.stub.head if level.stub else ""
        counts = bool(level.labels) and all(_only_counts(x, rules) for x in level.labels)
        if (
            last
            and counts
            and level.stub
            and level.stub.name is None
            and rules.roles.class_column_regex.match(head)
        ):
            last.dim, last.headed = head, True


def _only_counts(label: Label, rules: Rules) -> bool:
    """人数（人）, 比例, a period: no name of a thing."""
    name = rules.codebook.clean(label.name)
    return label.role in ("period", "unit") or name in rules.codebook.labels.generic_kinds


def said_across(levels: Levels, rules: Rules) -> Across:
    """What the columns say: each a measure, or they count and pay (人数, 金额); or only years; else open."""
    last = next(reversed(levels.headers.values()), None)
    labels = [x for x in last.labels if last.role(x) not in ("total", "change")] if last else []
    if last is None or not labels:
        return "open"
    kinds = {_kind(x, rules) for x in labels if last.role(x) == "generic"}
    if all(last.role(x) == "measure" for x in labels) or {"count", "money"} <= kinds:
        return "measure"
    return "period" if all(last.role(x) == "period" for x in labels) else "open"


def _kind(label: Label, rules: Rules) -> str:
    """The kind of unit that 人数, 金额 … imply, or that is printed with them."""
    name = rules.codebook.clean(label.name)
    return rules.codebook.labels.generic_kinds.get(name) or rules.codebook.kind(label.unit)


def titles_gather(grid: Grid, levels: Levels, rules: Rules) -> None:
    """A header that only names the classes below it (职称 over 高级, 中级) gathers them."""
    for h, level in list(levels.headers.items())[:-1]:
        for label in level.labels:
            name = rules.codebook.clean(label.name)
            titled = name in rules.roles.classes or rules.roles.class_column_regex.match(name)
            if level.role(label) in ("dim", "unknown") and label.dim is None and titled:
                below = [x for c in _columns(grid, h, label) for x in _below(grid, h, c, levels)]
                if below and all(role == "dim" for role in below):
                    level.roles[label.text] = "gather"


def under_measure(grid: Grid, h: int, label: Label, levels: Levels) -> bool:
    """A header above covers this one and others, and says what is measured (学期学时 over 一, 二)."""
    return any(
        s.cell.colspan > 1 and any(x.text == s.text and level.role(x) == "measure" for x in level.labels)
        for c in _columns(grid, h, label)
        for above, level in levels.headers.items()
        if above < h and (s := grid.at[above][c]).cell.row == above
    )


def _columns(grid: Grid, h: int, label: Label) -> list[int]:
    return [c for c in range(grid.n_cols) if grid.at[h][c].text == label.text]


def _below(grid: Grid, h: int, c: int, levels: Levels) -> list[str]:
    """The roles of the header labels under row h in column c."""
    return [
        level.role(x)
        for below, level in levels.headers.items()
        if below > h
        for x in level.labels
        if x.text == grid.at[below][c].text
    ]


def shapes_measure(levels: Levels) -> None:
    """Nothing else is measured: column headers mostly of the mere shape of classes name measures."""
    for level in levels.headers.values():
        classes = [x for x in level.labels if level.role(x) == "dim"]
        if level.has("generic") or 2 * sum(x.dim is not None for x in classes) > len(classes):
            continue
        for label in classes:
            level.roles[label.text] = "measure"


def nouns_classify(levels: Levels) -> None:
    """Rows that say a quantity against columns that are bare nouns (在校生, 家长): the nouns classify."""
    strong = any(
        level.role(x) == "measure" and x.votes.get("measure", 0) >= 1
        for level in levels.stubs.values()
        for x in level.labels
    )
    for level in levels.headers.values():
        named = [x for x in level.labels if level.role(x) == "measure"]
        if strong and named and all(x.votes.get("measure", NOUN) == NOUN and not x.unit for x in named):
            level.roles |= {x.text: "dim" for x in named}


def over_generics(levels: Levels) -> None:
    """Labels over 数量, 比例 … name the measures, if they only have the shape of classes."""
    *outer, last = levels.headers.values() or [Level([])]
    if outer and last.labels and all(last.role(x) == "generic" for x in last.labels):
        for level in outer:
            classified = any(x.dim is not None and level.role(x) == "dim" for x in level.labels)
            for label in level.labels:
                if level.role(label) == "dim" and label.dim is None and not classified:
                    level.roles[label.text] = "measure"
