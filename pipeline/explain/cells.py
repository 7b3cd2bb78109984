"""One cell of a table that was read → the steps that led to its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.explain.naming import joined, name_step
from pipeline.explain.steps import IDENTITY, PERIODS, ROLES, UNITS, Step
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.segment.quantity import Quantity
from pipeline.tables.confidence import base_of, doubts
from pipeline.tables.grid import Seen
from pipeline.tables.parts import part_path
from pipeline.tables.paths import Paths
from pipeline.tables.reading import Reading, read_labels
from pipeline.tables.sides import Path, Settled
from pipeline.tables.stage import TableRead
from pipeline.tables.unit_words import percent_word, word_unit
from pipeline.tables.view import View, unit_cell


def cell_steps(table: TableRead, r: int, c: int, part: int, context: Context, rules: Rules) -> list[Step]:
    """The steps for the cell that covers row r, column c of the table; `part` is the value within it.

    IndexError where the table has no such position.
    """
    opened = table.opened
    if not (0 <= r < opened.table.n_rows and 0 <= c < opened.table.n_cols):
        raise IndexError(
            f"table {opened.table.table_no} has {opened.table.n_rows} rows and {opened.table.n_cols} columns"
        )
    s = opened.grid.at[r + opened.shift][c]
    steps = [_cell(s, table)]
    view = _view_of(s, table)
    if view is None:
        return steps
    path = part_path(Paths(view, opened.reader).over(s.cell.row, s.cell.col), s, part, opened.reader)
    reading = read_labels(path, view, s, context, rules, part)
    labels = path.labels
    quantity = s.quantities[part] if part < len(s.quantities) else None
    return [
        *steps,
        *([_number(quantity)] if quantity else []),
        *_layout(view, table),
        *(_label(x) for x in labels),
        _unit(quantity, reading, labels, s, view, rules),
        _indicator(reading, labels, view, s, rules),
        *(
            [Step("dims", "；".join(f"{k}：{v}" for k, v in reading.dims.items()), rule=ROLES)]
            if reading.dims
            else []
        ),
        _entity(reading, labels, view),
        _period(reading, labels, view),
        *_doubts(s, path, reading, view, table),
    ]


def _cell(s: Seen, table: TableRead) -> Step:
    t, cell = table.opened.table, s.source or s.cell
    span = f"{cell.rowspan}×{cell.colspan}" if cell.rowspan > 1 or cell.colspan > 1 else ""
    where = " · ".join(x for x in (t.section, t.caption or "", cell.role, span) if x)
    return Step("cell", cell.text.strip(), seen=where, rule=f"looks like {s.kind}")


def _view_of(s: Seen, table: TableRead) -> View | None:
    """The segment in which the cell is a value, if it is one."""
    for view in table.views:
        if s.cell.row in view.block.rows and any(v.col == s.cell.col for v in view.segment.values):
            return view if s.kind != "blank" else None
    return None


def _number(q: Quantity) -> Step:
    value = f"{q.value:g}" if q.high is None else f"{q.value:g}..{q.high:g}"
    return Step("number", f"{value} ({q.qualifier})", "exact", q.surface, q.rule)


def _layout(view: View, table: TableRead) -> Iterator[Step]:
    form = table.opened.table.template
    rule = f"rules/forms.yaml: {form}" if form else ROLES
    heads = ", ".join(f"r{h}" for h in view.block.headers)
    if table.opened.shift:
        yield Step("layout", "", "carried", rule=rule)
    else:
        yield Step("layout", heads, "header_rows" if heads else "headless", rule=rule)
    stubs = ", ".join(f"c{x.col}" for x in view.segment.stubs)
    if stubs:
        yield Step("layout", stubs, "label_columns", rule=rule)


def _label(x: Settled) -> Step:
    votes = " ".join(f"{role} {weight:g}" for role, weight in sorted(x.label.votes.items()))
    name = x.label.name if x.dim is None or x.role not in ("dim", "total") else f"{x.dim}：{x.label.name}"
    seen = " ".join(x.label.text.split())
    return Step("label", f"{name} → {x.role}", "row" if x.row else "column", seen, votes)


def _unit(
    q: Quantity | None, reading: Reading, path: Sequence[Settled], s: Seen, view: View, rules: Rules
) -> Step:
    unit = (q.unit if q else None) or reading.unit
    if unit is None:
        return Step("unit", "")
    found = next(
        ((how, seen) for how, u, seen in _units(q, reading, path, s, view, rules) if u == unit), ("", "")
    )
    return Step("unit", unit, *found, rule=UNITS)


def _units(
    q: Quantity | None, reading: Reading, path: Sequence[Settled], s: Seen, view: View, rules: Rules
) -> Iterator[tuple[str, str, str]]:
    """(how, unit, where it is printed), the nearest first, in the order in which they win."""
    if q and q.unit:
        yield "in_cell", q.unit, q.surface
    for row, how in ((False, "in_header"), (True, "in_row")):
        for x in reversed([x for x in path if x.row == row]):
            yield how, _bare(x), x.label.text
    for x in reversed([x for x in path if not x.row]):
        yield "of_words", percent_word(x.label.name, rules) or "", x.label.name
    printed = unit_cell(view.grid, s.cell.row, view.segment)
    yield "in_row", (printed or "").strip("()（） "), printed or ""
    yield "in_outer", view.scope.unit or "", view.scope.unit or ""
    if reading.indicator:
        yield "of_codebook", reading.indicator.unit, reading.indicator.name
    for x in reversed(path):
        yield "of_words", word_unit(x.label.name, rules) or "", x.label.name


def _bare(x: Settled) -> str:
    return x.label.unit or (x.label.text.strip("()（） ") if x.role == "unit" else "")


def _indicator(reading: Reading, path: Sequence[Settled], view: View, s: Seen, rules: Rules) -> Step:
    found = reading.indicator
    if found is None and any(x.role == "change" for x in path):
        return Step("indicator", "", "on_purpose")
    named = view.named.get(s.cell.row)
    wordings = _wordings(path)
    if found and named and named.indicator is found and "/" in found.name:
        return Step(
            "indicator",
            f"{found.name} [{found.id}]",
            "in_form",
            named.name,
            f"rules/indicators: {found.family}",
        )
    if found and found is view.scope.measure and not _said(found.name, wordings, rules):
        return Step(
            "indicator", f"{found.name} [{found.id}]", "in_caption", "", f"rules/indicators: {found.family}"
        )
    return name_step(found, wordings, rules)


def _wordings(path: Sequence[Settled]) -> list[str]:
    """What the labels may be read as: rows and columns together, each alone, and with their classes."""
    naming = [x for x in path if x.role in ("measure", "generic")]
    rows = [x.label.name for x in naming if x.row]
    heads = [x.label.name for x in naming if not x.row]
    classes = [x.label.name for x in path if not x.row and x.role == "dim"]
    tries = [
        *joined([*rows, *heads]),
        "".join([*heads, *rows[-1:]]),
        *joined(rows),
        *joined([*classes[-1:], *rows[-1:]]),
    ]
    return list(dict.fromkeys(t for t in tries if t))


def _said(name: str, wordings: Sequence[str], rules: Rules) -> bool:
    return rules.codebook.fold(name) in {rules.codebook.fold(w) for w in wordings}


def _entity(reading: Reading, path: Sequence[Settled], view: View) -> Step:
    labels = [x for x in path if x.role == "entity"]
    if labels:
        return Step(
            "entity", reading.entity or "", "row" if labels[-1].row else "column", labels[-1].label.text
        )
    how = "caption" if view.scope.entity else "report"
    return Step("entity", reading.entity or "", how, rule=ROLES if view.scope.entity else IDENTITY)


def _period(reading: Reading, path: Sequence[Settled], view: View) -> Step:
    if reading.period is None:
        return Step("period", "")
    said = next((x for x in reversed(path) if x.label.period == reading.period), None)
    if any(x.role == "change" for x in path if not x.row) and view.latest == reading.period:
        how = "latest"
    elif said:
        how = "row" if said.row else "column"
    else:
        how = "caption" if view.scope.period == reading.period else "report"
    seen = said.label.text if said and how != "latest" else ""
    return Step("period", reading.period[0], how, seen, IDENTITY if how == "report" else PERIODS)


def _doubts(s: Seen, path: Path, reading: Reading, view: View, table: TableRead) -> Iterator[Step]:
    base = base_of(table.opened.table.template)
    for name, factor in doubts(s, path, reading, view):
        yield Step("doubt", f"×{factor:g}", name, rule=f"from {base:g}")
