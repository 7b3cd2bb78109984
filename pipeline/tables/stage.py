"""Tables and cells of one report → observations, notes and cell roles. The stage's one public function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema.rows import Cell, Note, Observation, Table
from pipeline.tables.columns import columns_of
from pipeline.tables.features import Block
from pipeline.tables.forms import recognise
from pipeline.tables.grid import CellReader, Grid, Seen
from pipeline.tables.labels import LabelReader, is_entity, label_reader
from pipeline.tables.layout import Layout, lay_out
from pipeline.tables.leftovers import leftover_notes, note_on
from pipeline.tables.roles import mark_roles
from pipeline.tables.scope import Scope, caption_of, relative_words, scope_of
from pipeline.tables.values import read_block
from pipeline.tables.view import View, views_of


@dataclass(slots=True)
class TableRows:
    """What the tables of one report give. Cells and tables are completed in place."""

    observations: list[Observation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Opened:
    """One table opened: its grid, layout and scope; `shift` rows of headers were carried over from before."""

    table: Table
    grid: Grid
    layout: Layout
    reader: LabelReader
    shift: int = 0
    caption_from: Table | None = None


@dataclass(slots=True)
class TableRead:
    """One table as it was read: opened, what it says as a whole, its segments, and the rows they gave."""

    opened: Opened
    scope: Scope
    views: list[View] = field(default_factory=list)
    rows: TableRows = field(default_factory=TableRows)


def observe(tables: Sequence[Table], cells: Sequence[Cell], context: Context, rules: Rules) -> TableRows:
    """Read every value of every table.

    `cells` cover each grid position of their table once. Sets Cell.role on all cells, Table.template and
    Table.unit_note; every value cell that is not blank gives an observation or a note.
    """
    rows = TableRows()
    for table in read_tables(tables, cells, context, rules):
        rows.observations += table.rows.observations
        rows.notes += table.rows.notes
    for i, observation in enumerate(rows.observations):
        observation.obs_no = i
    return rows


def read_tables(
    tables: Sequence[Table], cells: Sequence[Cell], context: Context, rules: Rules
) -> Iterator[TableRead]:
    """Read the tables in order, each with what led to its rows; `observe` keeps the rows alone."""
    by_table: dict[int, list[Cell]] = {}
    for cell in cells:
        by_table.setdefault(cell.table_no, []).append(cell)
    before: Opened | None = None
    reader, looks = label_reader(rules, context.report_year), CellReader(rules, context.report_year)
    for table in tables:
        seen = [looks.see(c) for c in by_table.get(table.table_no, ())]
        opened = _open(table, seen, before, context, reader)
        yield _read(opened, context, rules)
        before = opened


def _open(
    table: Table, seen: Sequence[Seen], before: Opened | None, context: Context, reader: LabelReader
) -> Opened:
    rules = reader.rules
    notes = [s.text for s in seen if rules.roles.note_regex.match(s.text)]
    relative = relative_words(notes, context, rules)
    reader = LabelReader(rules, context.report_year, relative) if relative else reader
    grid = Grid(seen, table.n_rows, table.n_cols)
    opened = Opened(table, grid, lay_out(grid, reader), reader)
    if before and _goes_on(opened, before, rules):
        return _continue(opened, before, context, rules)
    return opened


def _goes_on(opened: Opened, before: Opened, rules: Rules) -> bool:
    """The table goes on from the one before: its caption says so, or it has no caption and no header."""
    same_width = opened.grid.n_cols == before.grid.n_cols and bool(before.layout.blocks)
    said = bool(rules.roles.continued_regex.match(opened.table.caption or ""))
    headless = bool(opened.layout.blocks) and not opened.layout.blocks[0].headers
    adjacent = opened.table.block_no <= before.table.block_no + 1 and not opened.table.caption
    return said or (same_width and headless and adjacent)


def _continue(opened: Opened, before: Opened, context: Context, rules: Rules) -> Opened:
    opened.caption_from = before.caption_from or before.table
    blocks = opened.layout.blocks
    same_width = opened.grid.n_cols == before.grid.n_cols
    if not same_width or not blocks or blocks[0].headers or not before.layout.blocks[-1:]:
        return opened
    headers = before.layout.blocks[-1].headers
    shift = len(headers)
    if not shift:
        return opened
    carried = {id(s): s for h in headers for s in before.grid.row(h)}.values()
    top = headers[0]
    seen = [_moved(s, -top, shift) for s in carried]
    seen += [
        Seen(replace(s.cell, row=s.cell.row + shift), s.text, s.kind, s.quantities, s.cell, s.said)
        for s in opened.grid.seen
    ]
    _carry_stubs(seen, before.grid, shift)
    grid = Grid(seen, opened.grid.n_rows + shift, opened.grid.n_cols)
    layout = lay_out(grid, opened.reader, shift)
    return Opened(opened.table, grid, layout, opened.reader, shift, opened.caption_from)


def _carry_stubs(seen: list[Seen], before: Grid, shift: int) -> None:
    """A blank label after a page break is the last label of its column before it."""
    top = {s.cell.col: s for s in seen if s.cell.row == shift}
    for c in range(before.n_cols - 1):
        above = before.at[before.n_rows - 1][c]
        if c not in top or top[c].kind != "blank" or above.kind != "words":
            break
        top[c].text, top[c].kind = above.text, above.kind


def _moved(s: Seen, by: int, limit: int) -> Seen:
    cell = replace(s.cell, row=s.cell.row + by, rowspan=min(s.cell.rowspan, limit - s.cell.row - by))
    return Seen(cell, s.text, s.kind, s.quantities, said=s.said)


def _read(opened: Opened, context: Context, rules: Rules) -> TableRead:
    table, layout = opened.table, opened.layout
    scope = _scope(opened, context, rules)
    if table.caption is None and layout.titles:
        table.caption = layout.titles[0].text.strip()
    if table.unit_note is None:
        table.unit_note = scope.unit
    table.template = recognise(opened.grid, rules)
    read = TableRead(opened, scope)
    values: set[int] = set()
    for block in layout.blocks:
        values |= _read_block(read, block, context, rules)
    mark_roles(opened.grid, layout, values)
    return read


def _read_block(read: TableRead, block: Block, context: Context, rules: Rules) -> set[int]:
    """Read one block; returns the identities of its value cells."""
    opened, scope, rows = read.opened, read.scope, read.rows
    grid, reader = opened.grid, opened.reader
    columns = columns_of(grid, block, reader)
    inner = _narrow(scope, [s.text for s in block.bands], opened, context, rules)
    views = views_of(grid, block, columns, reader, inner)
    read.views += views
    values: set[int] = set()
    notes = list(leftover_notes(grid, block, columns, views)) if views else _words_only(grid, block)
    for view in views:
        found = read_block(view, reader, context, rules, opened.table.template)
        values |= found.values
        rows.observations += [_shifted(o, opened.shift) for o in found.observations]
        notes += found.notes
    rows.notes += [_shifted_note(n, opened.shift) for n in notes]
    return values


def _words_only(grid: Grid, block: Block) -> list[Note]:
    """One note for a block without values."""
    cells = [s for r in block.rows for s in grid.starting(r) if s.kind != "blank"]
    return [note_on(cells[0], "text_table")] if cells else []


def _scope(opened: Opened, context: Context, rules: Rules) -> Scope:
    layout = opened.layout
    titles = [s.text for s in layout.titles]
    if opened.caption_from is not None:
        titles.append(caption_of(opened.caption_from))
    scope = scope_of(opened.table, titles, [s.text for s in layout.units], context, rules)
    if scope.entity is None and not any(block.headers for block in layout.blocks):
        return replace(scope, entity=_named_in_sheet(opened.grid, rules))
    return scope


def _named_in_sheet(grid: Grid, rules: Rules) -> str | None:
    """Whom a data sheet is about: the answer beside 学校名称. None where none or more than one is named."""
    asks = [p for name, p in rules.roles.column_regexes if name == "entity"]
    named = {
        right.text.strip()
        for s in grid.seen
        if any(p.match(rules.codebook.clean(s.text)) for p in asks)
        and (c := s.cell.col + s.cell.colspan) < grid.n_cols
        and is_entity((right := grid.at[s.cell.row][c]).text, rules)
    }
    return named.pop() if len(named) == 1 else None


def _narrow(scope: Scope, bands: Sequence[str], opened: Opened, context: Context, rules: Rules) -> Scope:
    """The scope with what the bands of a block say put before what the table says."""
    if not bands:
        return scope
    inner = scope_of(
        replace(opened.table, caption=None, unit_note=None), list(reversed(bands)), [], context, rules
    )
    return Scope(
        inner.period or scope.period,
        inner.unit or scope.unit,
        inner.entity or scope.entity,
        inner.measure or scope.measure,
    )


def _shifted(observation: Observation, shift: int) -> Observation:
    observation.row -= shift
    return observation


def _shifted_note(note: Note, shift: int) -> Note:
    if note.row is not None:
        note.row -= shift
    return note
