"""`nianbao explain`: how one number of a report was read, or a table with the role of each cell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import RulesFolder, app, console
from pipeline.explain import HOWS, KEYS, Explanation, Replay, Step
from pipeline.notes import Failure
from pipeline.rules import load
from pipeline.schema.place import place_of
from pipeline.schema.rows import Cell

_COLOURS = {"header": "cyan", "stub": "green", "value": "bold", "note": "yellow", "blank": "dim"}


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="the report", exists=True, dir_okay=False)],
    at: Annotated[str | None, typer.Option(help="the place: t8r3c2, or b120:45")] = None,
    table: Annotated[int | None, typer.Option(help="print this table with the role of each cell")] = None,
    rules: RulesFolder = None,
) -> None:
    """Replay how the number at a place was read, with the rule of each step."""
    if (at is None) == (table is None):
        raise typer.BadParameter("give a place (--at t8r3c2) or a table (--table 8)", param_hint="--at")
    try:
        replay = Replay(file.read_bytes(), file.name, load(rules) if rules else load())
        if table is not None:
            _print_grid(replay.table(table))
        else:
            _print_steps(replay.at(place_of(at or "")))
    except (Failure, LookupError, ValueError) as e:
        console.print(
            str(e.args[0] if isinstance(e, LookupError) else e), style="red", highlight=False, markup=False
        )
        raise typer.Exit(2) from e


def _print_steps(found: Explanation) -> None:
    console.print(f"[bold]{_plain(found.source)} {found.place}[/]", highlight=False)
    for step in found.steps:
        console.print(_line(step), highlight=False, soft_wrap=True)


def _line(step: Step) -> str:
    """`unit            人 · in the row's label: 人数（人）  [rule]`."""
    how = HOWS[step.how][0] if step.how in HOWS else step.how
    evidence = ": ".join(" ".join(x.split()) for x in (how, step.seen) if x)
    said = " · ".join(_plain(x) for x in (" ".join(step.found.split()) or "—", evidence) if x)
    rule = f"  [dim]\\[{_plain(step.rule)}][/]" if step.rule else ""
    return f"[cyan]{KEYS[step.key][0]:<15}[/] {said}{rule}"


def _plain(text: str) -> str:
    """Text that the console prints as it is."""
    return text.replace("[", r"\[")


def _print_grid(rows: list[list[Cell]]) -> None:
    for cells in rows:
        console.print(" | ".join(_cell(c) for c in cells), highlight=False, soft_wrap=True)
    console.print(" ".join(f"[{c}]{role}[/]" for role, c in _COLOURS.items()))


def _cell(cell: Cell) -> str:
    span = f" {cell.rowspan}×{cell.colspan}" if cell.rowspan > 1 or cell.colspan > 1 else ""
    text = _plain(" ".join(cell.text.split()))
    return f"[dim]r{cell.row}c{cell.col}{span} {cell.role}[/] [{_COLOURS[cell.role]}]{text}[/]"
