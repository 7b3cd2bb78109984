"""The command `nianbao`: the same verbs as the make targets, and no logic of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline import flow
from pipeline.publish.dictionary import render
from pipeline.rules import RuleFault
from pipeline.store import StoreError

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)
console = Console()

Out = Annotated[Path, typer.Option(help="folder of the datasets")]
RulesFolder = Annotated[Path | None, typer.Option("--rules", help="another folder of rules")]


@app.command()
def run(
    raw: Annotated[Path, typer.Argument(help="folder of reports", exists=True, file_okay=False)] = Path(
        "raw"
    ),
    out: Out = Path("output"),
    years: Annotated[
        str | None, typer.Option(help="2024, or 2022-2024: only reports for these years")
    ] = None,
    workers: Annotated[int, typer.Option(help="processes; 0 is one a core", min=0)] = 0,
    rules: RulesFolder = None,
) -> None:
    """Read every report below RAW and write the datasets to OUT."""
    span = _years(years)
    total = len(flow.discover(raw))
    with _progress() as progress:
        task = progress.add_task("reading", total=total)
        summary = flow.run(
            raw, out, years=span, workers=workers or os.cpu_count() or 1, rules_folder=rules,
            told=lambda _: progress.advance(task),
        )  # fmt: skip
    _show(summary, out)


@app.command()
def dictionary(
    out: Annotated[Path, typer.Option(help="file to write")] = Path("docs/DICTIONARY.md"),
) -> None:
    """Write the data dictionary from the schemas."""
    out.write_text(render(), encoding="utf-8")
    console.print(f"written: {out}")


@app.command()
def score(
    reports: Annotated[Path, typer.Option(help="folder of reports with gold")],
    gold: Annotated[Path, typer.Option(help="folder of gold; its scorer stands beside it")],
    out: Annotated[Path, typer.Option(help="folder for the datasets")] = Path("build/score"),
    misses: Annotated[int, typer.Option(help="print this many misses of each kind")] = 0,
) -> None:
    """Run over REPORTS and print the scorer's figures against GOLD."""
    scorer = gold.parent / "score.py"
    absent = [p for p in (reports, gold, scorer) if not p.exists()]
    if absent:
        console.print(f"nothing to score: {', '.join(map(str, absent))} not found (pass REPORTS= and GOLD=)")
        raise typer.Exit(0)
    flow.run(reports, out, workers=1)
    command = [sys.executable, str(scorer), str(out), "--gold", str(gold), "--misses", str(misses)]
    raise typer.Exit(subprocess.run(command, check=False).returncode)


def main() -> None:
    """Run the command; a fault of the rules or of the output is one line and exit code 2."""
    try:
        app()
    except (RuleFault, StoreError) as e:
        console.print(str(e), style="red", highlight=False)
        sys.exit(2)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _years(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—.]+\s*(\d{4}))?", text.strip())
    if match is None:
        raise typer.BadParameter(
            f"{text!r} is neither a year (2024) nor years (2022-2024)", param_hint="--years"
        )
    return int(match[1]), int(match[2] or match[1])


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


if __name__ == "__main__":
    main()
