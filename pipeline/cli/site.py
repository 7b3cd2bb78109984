"""`nianbao site`: write the pages to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import Out, RulesFolder, app, console
from pipeline.rules import DEFAULT_FOLDER, load


@app.command()
def site(
    out: Out = Path("output"),
    raw: Annotated[
        str | None, typer.Option(help="folder of the reports: show how each number was read")
    ] = None,
    rules: RulesFolder = None,
) -> None:
    """Write OUT/site/: every report as it reads, indicators over years and places, the audit."""
    # Only this verb needs what draws charts: a run does without.
    from pipeline.publish.site import build  # noqa: PLC0415

    made = build(out, load(rules or DEFAULT_FOLDER), raw)
    console.print(
        f"written: {made.index} ({made.reports:,} reports, {made.indicators} indicators, "
        f"{made.size / 1e6:.1f} MB); open it in a browser",
        highlight=False, soft_wrap=True,
    )  # fmt: skip
