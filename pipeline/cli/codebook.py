"""`nianbao codebook`: write the catalogue of indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import RulesFolder, app, console
from pipeline.publish.codebook import render
from pipeline.rules import DEFAULT_FOLDER, load


@app.command()
def codebook(
    out: Annotated[Path, typer.Option(help="file to write")] = Path("docs/INDICATORS.md"),
    rules: RulesFolder = None,
) -> None:
    """Write the catalogue of indicators from the rules."""
    out.write_text(render(load(rules or DEFAULT_FOLDER)), encoding="utf-8")
    console.print(f"written: {out}")
