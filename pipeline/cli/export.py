"""`nianbao export`: facts as a file for Excel, Stata, SPSS, DuckDB, R or pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import Out, RulesFolder, Years, app, console, span_of
from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports import Format, Selection, Shape, export
from pipeline.rules import load


@app.command(name="export")
def export_facts(
    form: Annotated[Format, typer.Option("--format", help="kind of file")] = "xlsx",
    out: Out = Path("output"),
    region: Annotated[str, typer.Option(help="南岸区, 重庆市, or the start of a code")] = "",
    years: Years = None,
    indicators: Annotated[str, typer.Option(help="ids or names, parted by commas")] = "",
    shape: Annotated[Shape, typer.Option(help="a row a value, or a column an indicator")] = "tidy",
    all_mentions: Annotated[
        bool, typer.Option(help="every mention of a value, not only the preferred")
    ] = False,
    out_file: Annotated[Path | None, typer.Option(help="file to write")] = None,
    rules: RulesFolder = None,
) -> None:
    """Write the facts of a region, of years, of indicators to a file."""
    names = tuple(n for n in indicators.replace("，", ",").replace("、", ",").split(",") if n)
    selection = Selection(region.strip(), span_of(years), tuple(n.strip() for n in names), all_mentions)
    path = out_file or out / "exports" / f"facts-{shape}.{form}"
    try:
        written = export(out, path, form, shape, selection, load(rules) if rules else load())
    except Unanswerable as e:
        console.print(str(e), style="red", highlight=False, markup=False)
        raise typer.Exit(2) from e
    columns = f", {written.variables} variables" if written.variables else ""
    console.print(
        f"written: {written.path} ({written.rows:,} rows{columns})", highlight=False, soft_wrap=True
    )
    for remark in written.remarks:
        console.print(remark, highlight=False, soft_wrap=True)
