"""`nianbao review`: a workbook of what the machine is not sure of, and the corrections filled into it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.shared import Out, RulesFolder, app, console
from pipeline.rules import DEFAULT_FOLDER, load


@app.command(name="review")
def review_doubtful(
    out: Out = Path("output"),
    out_file: Annotated[Path | None, typer.Option(help="workbook to write")] = None,
    below: Annotated[float, typer.Option(help="list values below this confidence", min=0, max=1)] = 0.9,
    limit: Annotated[int, typer.Option(help="rows a sheet", min=1)] = 2000,
    apply: Annotated[
        Path | None, typer.Option(help="take over this filled-in workbook", exists=True, dir_okay=False)
    ] = None,
    rules: RulesFolder = None,
) -> None:
    """Write what is to be reviewed to a workbook, or take over a filled-in one (--apply)."""
    if apply is not None:
        _apply(apply, rules or DEFAULT_FOLDER)
        return
    path = out_file or out / "review.xlsx"
    made = _extra("pipeline.publish.review").review(out, path, load(rules) if rules else load(), below, limit)
    for name, n in made.rows.items():
        more = f" of {made.found[name]:,}" if made.found[name] > n else ""
        console.print(f"{name}: {n:,}{more}", highlight=False)
    console.print(
        f"written: {path}; fill in the yellow columns, then `nianbao review --apply {path}`", soft_wrap=True
    )


def _apply(path: Path, folder: Path) -> None:
    corrections = _extra("pipeline.publish.corrections")
    try:
        applied = corrections.read_review(path, load(folder))
    except corrections.BadReview as e:
        console.print(str(e), style="red", highlight=False, markup=False)
        raise typer.Exit(2) from e
    for name, (new, replaced) in corrections.write_overrides(applied, folder / "overrides").items():
        console.print(
            f"{folder / 'overrides' / name}: {new} new, {replaced} replaced", highlight=False, soft_wrap=True
        )
    console.print("they hold from the next `nianbao run` on")


def _extra(module: str) -> Any:
    """A module whose libraries belong to the extra [export]."""
    try:
        return import_module(module)
    except ModuleNotFoundError as e:
        console.print(
            f"{e.name} is missing; `make review` sets it up, or install nianbao[export]", style="red"
        )
        raise typer.Exit(2) from e
