"""A report's bytes and a place in it → how the number there was read, step by step, each with its rule.

The stages run as they do for a batch; a replay keeps what they hold in between. What is reported of a row
is the row that the batch makes, corrections by people included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.claims.whose import Teller
from pipeline.explain.cells import cell_steps
from pipeline.explain.steps import ENTITIES, HOWS, KEYS, UNITS, Explanation, Key, Step
from pipeline.explain.texts import claim_steps, number_step
from pipeline.extract import context_of, extract
from pipeline.normalize.overrides import PREFIX, place_of_row, read_text
from pipeline.read import read
from pipeline.rules import Rules
from pipeline.schema.place import CellPlace, Place, TextPlace
from pipeline.schema.rows import Cell, Claim, Note, Observation
from pipeline.tables.stage import read_tables

Row = Observation | Claim


class Replay:
    """One report, read once, of which any number can be explained."""

    def __init__(self, data: bytes, source: str, rules: Rules) -> None:
        self.rules = rules
        self.report = extract(data, source, rules)
        self.rows: dict[Place, Row] = {place_of_row(r): r for r in self._made("observations", "claims")}
        self.notes: list[Note] = self.report.rows["notes"]
        parsed = read(data, source.rsplit("/", 1)[-1], rules)
        self.context = context_of(parsed)
        self.blocks = {b.block_no: b for b in parsed.blocks}
        self.teller = Teller(parsed.blocks, self.context, rules)
        self.tables = {
            t.opened.table.table_no: t for t in read_tables(parsed.tables, parsed.cells, self.context, rules)
        }

    def _made(self, *datasets: str) -> list[Any]:
        return [row for name in datasets for row in self.report.rows[name]]

    def at(self, place: Place) -> Explanation:
        """How the number at a place was read. LookupError names the places near it where there is none."""
        row, note = self._row(place), self._note(place)
        steps = self._cell(place) if isinstance(place, CellPlace) else self._text(place, row)
        if not steps:
            raise LookupError(f"there is no number at {place}; {self._near(place)}")
        if row:
            steps += [*_settled_later(row, steps), *_row_steps(row)]
        elif note:
            steps.append(Step("note", note.code, "", note.text, note.message))
        d = self.report.document
        at = place_of_row(row) if row else place
        return Explanation(d.source, d.doc_id, str(at), tuple(steps), row, note if row is None else None)

    def table(self, table_no: int) -> list[list[Cell]]:
        """The cells of a table with their roles, row by row. LookupError where there is no such table."""
        if table_no not in self.tables:
            raise LookupError(f"the report has tables 1 to {len(self.tables)}")
        rows: dict[int, list[Cell]] = {}
        for cell in self.report.rows["cells"]:
            if cell.table_no == table_no:
                rows.setdefault(cell.row, []).append(cell)
        return [rows[r] for r in sorted(rows)]

    def _row(self, place: Place) -> Row | None:
        if isinstance(place, CellPlace):
            return self.rows.get(replace(place, row=self._top(place)[0], col=self._top(place)[1]))
        inside = (c for c in self._made("claims") if c.block_no == place.block_no)
        return next((c for c in inside if c.start <= place.start < c.end), None)

    def _top(self, place: CellPlace) -> tuple[int, int]:
        """Where the cell that covers a position begins."""
        for cell in self.report.rows["cells"]:
            covers = (
                cell.row <= place.row < cell.row + cell.rowspan
                and cell.col <= place.col < cell.col + cell.colspan
            )
            if cell.table_no == place.table_no and covers:
                return cell.row, cell.col
        return place.row, place.col

    def _note(self, place: Place) -> Note | None:
        if isinstance(place, CellPlace):
            where = (place.table_no, *self._top(place))
            return next((n for n in self.notes if (n.table_no, n.row, n.col) == where), None)
        inside = (n for n in self.notes if n.block_no == place.block_no and n.start is not None)
        return next((n for n in inside if (n.start or 0) <= place.start < (n.end or 0)), None)

    def _cell(self, place: CellPlace) -> list[Step]:
        table = self.tables.get(place.table_no)
        if table is None:
            raise LookupError(
                f"there is no table {place.table_no}; the report has tables 1 to {len(self.tables)}"
            )
        try:
            return cell_steps(table, place.row, place.col, place.part, self.context, self.rules)
        except IndexError as e:
            raise LookupError(str(e)) from e

    def _text(self, place: TextPlace, row: Row | None) -> list[Step]:
        block = self.blocks.get(place.block_no)
        prose = block is not None and block.kind in ("paragraph", "list")
        number = number_step(block, place.start, self.rules) if block and prose else None
        if block is None or number is None:
            return []
        said = row.sentence if isinstance(row, Claim) else block.text
        steps = [Step("sentence", said, seen=block.section, rule=block.kind), number]
        return steps + (claim_steps(row, block, self.teller, self.rules) if isinstance(row, Claim) else [])

    def _near(self, place: Place) -> str:
        if isinstance(place, CellPlace):
            return f"look at the grid with --table {place.table_no}"
        known = sorted(
            {str(p) for p in self.rows if isinstance(p, TextPlace) and p.block_no == place.block_no}
        )
        return (
            f"in that block there are {', '.join(known)}"
            if known
            else f"block {place.block_no} holds no claim"
        )


def explain(data: bytes, source: str, place: Place, rules: Rules) -> Explanation:
    """How the number at `place` of the report in `data` was read. LookupError where there is none."""
    return Replay(data, source, rules).at(place)


def _settled_later(row: Row, steps: Sequence[Step]) -> list[Step]:
    """What the row says otherwise than its place does: full names of schools, corrections by people."""
    said = {s.key: s.found for s in steps}
    found: dict[Key, str] = {
        "indicator": f"{row.indicator} [{row.indicator_id}]" if row.indicator_id else "",
        "unit": row.unit or "",
        "entity": row.entity or "",
        "period": row.period or "",
    }
    by_person = row.rule.startswith(PREFIX)
    how = "by_person" if by_person else "full_name"
    rule = row.rule if by_person else ENTITIES
    return [Step(k, v, how, said.get(k, ""), rule) for k, v in found.items() if said.get(k, v) != v]


def _row_steps(row: Row) -> list[Step]:
    """Standardization, and the row as it stands in the dataset."""
    standard = "" if row.std_value is None else f"{row.std_value:.15g} {row.std_unit or ''}".strip()
    status = f" · {row.status}" if isinstance(row, Observation) and row.status != "reported" else ""
    made = f"{read_text(row)} {row.unit or ''}".strip() + status
    how = "by_person" if row.rule.startswith(PREFIX) else ""
    return [
        Step("standard", standard, seen=f"{read_text(row)} {row.unit or ''}".strip(), rule=UNITS),
        Step("row", f"{row.indicator or '—'} = {made}", how, rule=row.rule),
        Step("confidence", f"{row.confidence:.3f}"),
    ]


__all__ = ["HOWS", "KEYS", "Explanation", "Replay", "Step", "explain"]
