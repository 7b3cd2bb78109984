"""`nianbao diff`: what a change of rules or program changed in the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.shared import app, console
from pipeline.compare.asked import Unanswerable
from pipeline.publish.diff import Difference, Incomparable, diff
from pipeline.publish.exports.plain import write_plain

Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]


@app.command(name="diff")
def diff_outputs(
    old: Folder,
    new: Folder,
    out_file: Annotated[
        Path | None, typer.Option(help="write every difference to this .csv or .xlsx")
    ] = None,
    limit: Annotated[int, typer.Option(help="lines of the summary", min=1)] = 30,
) -> None:
    """Compare two output folders value by value: new, gone and changed, by indicator and rule."""
    try:
        found = diff(old, new)
        _show(found, limit)
        if out_file:
            write_plain(found.rows, out_file)
            console.print(
                f"written: {out_file} ({found.rows.num_rows:,} rows)", highlight=False, soft_wrap=True
            )
    except (Incomparable, Unanswerable) as e:
        console.print(str(e), style="red", highlight=False, markup=False)
        raise typer.Exit(2) from e


def _show(found: Difference, limit: int) -> None:
    for name, same in found.same.items():
        changes = [r for r, d in zip(*_columns(found), strict=True) if d == name]
        counts = ", ".join(f"{changes.count(c):,} {c}" for c in ("new", "gone", "changed"))
        console.print(f"{name}: {counts}, {same:,} the same", highlight=False)
    summary = found.summary().to_pylist()
    if not summary:
        return
    table = Table("dataset", "change", "columns", "indicator", "rule", "n", "example", box=None)
    for row in summary[:limit]:
        table.add_row(*("" if x is None else str(x).replace("[", r"\[") for x in row.values()))
    console.print(table)
    if len(summary) > limit:
        console.print(
            f"{len(summary) - limit:,} more lines: --limit {len(summary)}, or --out-file for every value"
        )


def _columns(found: Difference) -> tuple[list[str], list[str]]:
    return found.rows["change"].to_pylist(), found.rows["dataset"].to_pylist()
