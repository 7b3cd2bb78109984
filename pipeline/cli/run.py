"""`nianbao run`: read every report and write the datasets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline import flow
from pipeline.cli.shared import Out, RulesFolder, Years, app, console, span_of


@app.command()
def run(
    raw: Annotated[Path, typer.Argument(help="folder of reports", exists=True, file_okay=False)] = Path(
        "raw"
    ),
    out: Out = Path("output"),
    years: Years = None,
    workers: Annotated[int, typer.Option(help="processes; 0 is one a core", min=0)] = 0,
    rules: RulesFolder = None,
) -> None:
    """Read every report below RAW and write the datasets to OUT."""
    span = span_of(years)
    total = len(flow.discover(raw))
    with _progress() as progress:
        task = progress.add_task("reading", total=total)
        summary = flow.run(
            raw, out, years=span, workers=workers or os.cpu_count() or 1, rules_folder=rules,
            told=lambda _: progress.advance(task),
        )  # fmt: skip
    _show(summary, out)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _show(summary: flow.Summary, out: Path) -> None:
    files = ", ".join(f"{n} {status}" for status, n in summary.files.items())
    console.print(f"files: {files}" + (f", {summary.left_out} of other years" if summary.left_out else ""))
    table = Table("dataset", "rows", box=None)
    for name, n in summary.rows.items():
        table.add_row(name, f"{n:,}")
    console.print(table)
    for source, error in summary.quarantined:
        console.print(f"quarantined: {source}: {error}", highlight=False, markup=False)
    console.print(f"the datasets are in {out.resolve()}{os.sep}", highlight=False, soft_wrap=True)
