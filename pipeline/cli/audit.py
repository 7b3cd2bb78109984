"""`nianbao audit`: write what contradicts what as a page and a workbook."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli.shared import Out, RulesFolder, app, console
from pipeline.publish.audit import write
from pipeline.rules import DEFAULT_FOLDER, load


@app.command()
def audit(out: Out = Path("output"), rules: RulesFolder = None) -> None:
    """Write OUT/audit/index.html and audit.xlsx: every contradiction with both its sides."""
    for path in write(out, load(rules or DEFAULT_FOLDER)):
        console.print(f"written: {path}", highlight=False)
