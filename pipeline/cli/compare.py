"""`nianbao compare`: one indicator over years and places, as a table, files and a chart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.shared import Out, RulesFolder, Years, app, console, span_of
from pipeline.compare.archive import archive
from pipeline.compare.asked import Unanswerable
from pipeline.compare.panel import By, Panel, Question, panel
from pipeline.rules import DEFAULT_FOLDER, load


@app.command()
def compare(
    indicator: Annotated[str, typer.Argument(help="id, name or synonym: 双师型教师占比")],
    years: Years = None,
    region: Annotated[str, typer.Option(help="南岸区, 重庆市, or the start of a code")] = "",
    by: Annotated[By, typer.Option(help="what is compared")] = "district",
    of: Annotated[str, typer.Option(help="one class of the indicator: 专业大类=轻工纺织大类")] = "",
    out: Out = Path("output"),
    to: Annotated[Path | None, typer.Option(help="files to write, without ending")] = None,
    rules: RulesFolder = None,
) -> None:
    """Print an indicator over years and places; write it as CSV, xlsx, PNG and SVG."""
    # Only this verb needs what draws charts: a run does without.
    from pipeline.publish.comparison import write  # noqa: PLC0415

    loaded = load(rules or DEFAULT_FOLDER)
    question = Question(indicator.strip(), span_of(years), region.strip(), by, of.strip())
    try:
        with archive(out, loaded) as connection:
            found = panel(connection, question, loaded)
    except Unanswerable as e:
        console.print(str(e), style="red", highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(2) from e
    _show(found)
    for path in write(found, to or out / "compare" / _stem(found, question)):
        console.print(f"written: {path}", highlight=False, soft_wrap=True, markup=False)


def _stem(found: Panel, question: Question) -> str:
    parts = (found.name, question.of, question.region, found.by, f"{found.years[0]}-{found.years[-1]}")
    return "_".join(re.sub(r'[\\/:*?"“”<>|\s]+', "-", p).strip("-") for p in parts if p)


def _show(found: Panel) -> None:
    from pipeline.publish.comparison import wide  # noqa: PLC0415

    table = wide(found)
    title = f"{found.name}（{found.unit}）" if found.unit else found.name
    shown = Table(title=title, title_justify="left", box=None)
    for n, head in enumerate(table.heads):
        shown.add_column(head, justify="left" if n == 0 else "right", overflow="fold")
    first = table.heads.index(str(table.years[0]))
    for row, marks in zip(table.rows, table.marks, strict=True):
        cells = [_text(v) for v in row]
        for n, mark in enumerate(marks):
            cells[first + n] += mark
        shown.add_row(*cells)
    console.print(shown)
    for note in table.notes:
        console.print(note, highlight=False, markup=False, soft_wrap=True)


def _text(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
