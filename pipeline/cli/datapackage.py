"""`nianbao datapackage`: what the datasets are, for any tool to read."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.shared import Out, RulesFolder, app, console
from pipeline.publish.datapackage import NoData, write_datapackage
from pipeline.rules import load


@app.command(name="datapackage")
def describe(out: Out = Path("output"), rules: RulesFolder = None) -> None:
    """Write datapackage.json and the codebook of indicators beside the datasets."""
    try:
        path = write_datapackage(out, load(rules) if rules else load())
    except NoData as e:
        console.print(str(e), style="red", highlight=False, markup=False)
        raise typer.Exit(2) from e
    console.print(f"written: {path}", highlight=False, soft_wrap=True)
