"""`nianbao run`: read every report and write the datasets."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline import flow
from pipeline.batch.lean import without_pandas
from pipeline.cli.progress import bar, json_lines, lines, say, summary_event
from pipeline.cli.shared import RulesFolder, Years, app, console, span_of

Raw = Annotated[str, typer.Argument(help="folder of reports, or a URI (s3://…)")]
Json = Annotated[bool, typer.Option("--json", help="JSON lines for machines")]


@app.command()
def run(
    raw: Raw = "raw",
    out: Annotated[str, typer.Option(help="folder of the datasets, or a URI")] = "output",
    years: Years = None,
    workers: Annotated[int, typer.Option(help="processes; 0 is one a core", min=0)] = 0,
    scheduler: Annotated[str | None, typer.Option(help="a Dask scheduler: tcp://host:8786")] = None,
    rules: RulesFolder = None,
    json: Json = False,
) -> None:
    """Read every report below RAW and write the datasets to OUT."""
    span = span_of(years)
    check_raw(raw)
    with _progress(json) as told, without_pandas():
        summary = flow.run(
            raw, out, years=span, workers=workers or os.cpu_count() or 1, scheduler=scheduler,
            rules_folder=rules, told=told,
        )  # fmt: skip
    if json:
        say(summary_event(summary))
    else:
        _show(summary, out)


def check_raw(raw: str) -> None:
    """BadParameter where a folder of reports is not there."""
    if "://" not in raw and not Path(raw).is_dir():
        raise typer.BadParameter(f"{raw!r} is no folder", param_hint="RAW")


def _progress(json: bool) -> AbstractContextManager[flow.Told]:
    if json:
        return json_lines()
    return bar(console) if console.is_terminal else lines(console)


def _show(summary: flow.Summary, out: str) -> None:
    files = ", ".join(f"{n} {status}" for status, n in summary.files.items())
    console.print(f"files: {files}" + (f", {summary.left_out} of other years" if summary.left_out else ""))
    table = Table("dataset", "rows", box=None)
    for name, n in summary.rows.items():
        table.add_row(name, f"{n:,}")
    console.print(table)
    for source, error in summary.quarantined:
        console.print(f"quarantined: {source}: {error}", highlight=False, markup=False)
    where = out if "://" in out else f"{Path(out).resolve()}{os.sep}"
    state = " (nothing has changed)" if summary.unchanged else ""
    console.print(f"the datasets are in {where}{state}", highlight=False, soft_wrap=True, markup=False)
