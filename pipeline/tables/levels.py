"""The labels of a block's header rows and stub columns → one role each, siblings deciding together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.normalize.indicators import match
from pipeline.tables.columns import Column, Segment
from pipeline.tables.crossing import (
    name_crossing,
    nouns_classify,
    over_generics,
    said_across,
    shapes_measure,
    titles_gather,
    under_measure,
)
from pipeline.tables.features import Block
from pipeline.tables.grid import Grid, Seen
from pipeline.tables.labels import Label, LabelReader, LabelRole
from pipeline.tables.level import Across, Level, Levels

# How a column of 项目 or 指标 speaks for its rows: for measures, unless the columns say all that is measured.
_VOTE_OF_ITEMS: Final[dict[Across, tuple[LabelRole, float]]] = {
    "measure": ("dim", 0.35),
    "period": ("measure", 0.35),
    "open": ("measure", 0.35),
}
_ELECTED: tuple[LabelRole, ...] = ("measure", "dim", "entity", "generic", "gather")


def settle(grid: Grid, block: Block, segment: Segment, reader: LabelReader, measured: bool) -> Levels:
    """Give each label of a segment its role. `measured`: caption or title already say what is measured."""
    headers = {h: Level(_header_labels(grid, h, segment, reader)) for h in block.headers}
    stubs = {s.col: _stub_level(grid, block, s, reader) for s in segment.stubs if s.kind == "words"}
    levels = Levels(headers, stubs)
    name_crossing(levels, reader.rules)
    for level in headers.values():
        _elect(level, reader, 0)
    levels.across = said_across(levels, reader.rules)
    if levels.across == "period" and (measured or len(headers) > 1):
        levels.across = "open"
    for level in stubs.values():
        _elect(level, reader, _units(grid, block, segment), levels.across)
    _structure(grid, block, segment, levels, measured)
    titles_gather(grid, levels, reader.rules)
    return levels


def header_path(grid: Grid, block: Block, c: int, floor: int) -> list[Seen]:
    """The header cells over column c, outermost first. A blank above takes the label to its left."""
    path: list[Seen] = []
    for i, h in enumerate(block.headers):
        s = grid.at[h][c]
        if s.kind == "blank" and i < len(block.headers) - 1:
            s = _to_the_left(grid, h, c, floor)
        if s.kind != "blank" and s not in path:
            path.append(s)
    return path


def _to_the_left(grid: Grid, h: int, c: int, floor: int) -> Seen:
    for left in range(c, floor - 1, -1):
        if grid.at[h][left].kind != "blank":
            return grid.at[h][left]
    return grid.at[h][c]


def _header_labels(grid: Grid, h: int, segment: Segment, reader: LabelReader) -> list[Label]:
    seen = dict.fromkeys(grid.at[h][v.col] for v in segment.values)
    return [reader.read(s.text) for s in seen if s.kind != "blank" and s.cell.row == h]


def _stub_level(grid: Grid, block: Block, stub: Column, reader: LabelReader) -> Level:
    cells = dict.fromkeys(grid.at[r][stub.col] for r in block.rows)
    labels = [reader.read(s.text) for s in cells if s.kind != "blank" and s.cell.row not in block.headers]
    corner = reader.read(grid.at[block.headers[-1]][stub.col].text) if block.headers else None
    names_measure = (
        corner is not None and stub.name in (None, "value") and corner.votes.get("measure", 0) >= 0.6
    )
    return Level(labels, stub, dim=stub.head or None, corner=corner if names_measure else None)


def _measured_by_corner(level: Level, reader: LabelReader) -> bool:
    """The corner names the measure (满意度（%）): rows that complete it are measures, others classes."""
    if level.corner is None:
        return False
    open_labels = [x for x in level.labels if x.role == "unknown"]
    book, unit = reader.rules.codebook, level.corner.unit
    joined = sum(match([x.name + level.corner.name], unit, book) is not None for x in open_labels)
    role: LabelRole = "measure" if joined * 2 >= len(open_labels) else "dim"
    for label in open_labels:
        level.roles[label.text] = role
    return True


def _units(grid: Grid, block: Block, segment: Segment) -> int:
    """The number of distinct units in the unit column."""
    cells = {grid.at[r][u.col].text for u in segment.units for r in block.rows}
    return len(cells - {""})


def _elect(level: Level, reader: LabelReader, units: int, across: Across = "open") -> None:
    """Let the words of all siblings decide for those that are open; `across`: what their columns say."""
    if _measured_by_corner(level, reader):
        return
    votes = _votes(level.labels)
    _let_header_vote(level, votes, reader, across)
    if units > 1:
        votes["measure"] = votes.get("measure", 0.0) + len(level.labels)
    best = max(_ELECTED, key=lambda role: votes.get(role, 0.0))
    winner: LabelRole = best if votes.get(best, 0.0) > 0 else "unknown"
    for label in level.labels:
        if label.role == "unknown":
            level.roles[label.text] = _own(label, winner, level)


def _votes(labels: Iterable[Label]) -> dict[LabelRole, float]:
    votes: dict[LabelRole, float] = {}
    for label in labels:
        for role, weight in label.votes.items():
            votes[role] = votes.get(role, 0.0) + weight
    return votes


def _let_header_vote(
    level: Level, votes: dict[LabelRole, float], reader: LabelReader, across: Across
) -> None:
    n = sum(x.role == "unknown" for x in level.labels)
    if level.stub is None:
        votes["dim"] = votes.get("dim", 0.0) + (n if level.headed else 0)
        return
    if level.stub.name == "entity":
        votes["entity"] = votes.get("entity", 0.0) + 2 * n
        level.headed = True
    elif level.stub.name == "measure":
        role, weight = _VOTE_OF_ITEMS[across]
        votes[role] = votes.get(role, 0.0) + weight * n
    elif level.stub.name != "unit" and reader.rules.roles.class_column_regex.match(level.stub.head):
        # Where the columns are years alone, rows that the codebook counts are what is measured.
        votes["dim"] = votes.get("dim", 0.0) + (0.1 if across == "period" else 0.7) * n
        level.headed = True


def _own(label: Label, winner: LabelRole, level: Level) -> LabelRole:
    """A label keeps a role that its own words clearly speak for; the level decides the rest."""
    own = label.votes
    by_header = level.headed and winner in ("dim", "entity")
    part = label.marked and winner == "measure"
    counts = winner == "entity" and max(own.get("generic", 0.0), own.get("measure", 0.0)) >= 0.6
    if winner in own or not own or part or (by_header and not label.unit and not counts):
        return winner
    best = max(own, key=lambda role: own[role])
    if winner == "dim" and best == "measure" and own[best] < 0.9:
        return "dim"
    if own[best] >= 0.6:
        return best
    return winner if winner != "unknown" else best


def _structure(grid: Grid, block: Block, segment: Segment, levels: Levels, measured: bool) -> None:
    """Decide what no word decides: somewhere there is a measure, and what stands across it classifies."""
    columns_measure = any(x.has("measure") for x in levels.headers.values())
    if not columns_measure and not measured and not any(x.has("measure") for x in levels.stubs.values()):
        shapes_measure(levels)
        columns_measure = any(x.has("measure") for x in levels.headers.values())
    for level in levels.stubs.values():
        crossed = columns_measure or levels.across == "measure"
        role: LabelRole = "measure" if _rows_measure(level, segment, crossed, measured) else "dim"
        _fill(level, role)
    _gather_outer(grid, block, levels)
    nouns_classify(levels)
    rows_measure = any(x.has("measure") for x in levels.stubs.values())
    if not rows_measure and not measured:
        over_generics(levels)
    for h, level in levels.headers.items():
        for label in level.labels:
            if level.role(label) == "unknown":
                across = rows_measure or measured or under_measure(grid, h, label, levels)
                level.roles[label.text] = _open_header(block, h, across)


def _gather_outer(grid: Grid, block: Block, levels: Levels) -> None:
    """A stub column before the measures classifies if they repeat under its labels; else it gathers them."""
    measured = [c for c, level in levels.stubs.items() if level.has("measure")]
    if not measured:
        return
    inner = [grid.at[r][measured[-1]].text for r in block.rows if grid.at[r][measured[-1]].kind == "words"]
    if len(set(inner)) < len(
        dict.fromkeys(
            id(grid.at[r][measured[-1]]) for r in block.rows if grid.at[r][measured[-1]].kind == "words"
        )
    ):
        return
    for c, level in levels.stubs.items():
        if c < measured[-1]:
            for label in level.labels:
                if level.role(label) == "dim" and label.dim is None:
                    level.roles[label.text] = "gather"


def _rows_measure(level: Level, segment: Segment, columns_measure: bool, measured: bool) -> bool:
    if level.stub and level.stub.name == "entity":
        return False
    if columns_measure:
        return False
    if segment.units:
        return True
    return bool(level.stub and level.stub.name == "measure") or not (
        measured or (level.stub and level.stub.head)
    )


def _fill(level: Level, role: LabelRole) -> None:
    for label in level.labels:
        if level.role(label) == "unknown":
            level.roles[label.text] = role


def _open_header(block: Block, h: int, across: bool) -> LabelRole:
    """The role of a header that no word settles; `across`: its measure stands elsewhere."""
    if h == block.headers[-1]:
        return "dim" if across else "measure"
    return "gather"


def stub_cells(grid: Grid, block: Block, r: int, stubs: Sequence[Column]) -> list[Seen]:
    """The stub cells that row r stands under, outermost first; a blank one takes the label above it."""
    found: list[Seen] = []
    total = False
    for stub in stubs:
        s = grid.at[r][stub.col]
        if s.kind == "blank" and not total:
            s = _above(grid, block, r, stub.col, found)
        if s.kind != "blank" and s not in found:
            found.append(s)
    return found


def _above(grid: Grid, block: Block, r: int, c: int, outer: Sequence[Seen]) -> Seen:
    """The label above a blank stub cell, unless the outer label has changed in between."""
    for above in range(r - 1, block.rows[0] - 1, -1):
        if outer and outer[-1] not in grid.at[above]:
            break
        if grid.at[above][c].kind != "blank":
            return grid.at[above][c]
    return grid.at[r][c]
