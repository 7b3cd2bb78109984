"""The command `nianbao`: the same verbs as the make targets, and no logic of its own. A module a verb."""

from __future__ import annotations

import sys

from pipeline.cli import (
    audit,
    codebook,
    compare,
    datapackage,
    diff,
    explain,
    export,
    maintain,
    review,
    run,
    site,
    status,
)
from pipeline.cli.shared import app, console
from pipeline.rules import RuleFault
from pipeline.store import StoreError

VERBS = (run, status, compare, audit, site, codebook, explain, export, diff, review, datapackage, maintain)


def main() -> None:
    """Run the command; a fault of the rules or of the output is one line and exit code 2."""
    try:
        app()
    except (RuleFault, StoreError) as e:
        console.print(str(e), style="red", highlight=False)
        sys.exit(2)


__all__ = ["VERBS", "app", "main"]
