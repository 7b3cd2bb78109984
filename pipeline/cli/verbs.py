"""All verbs of the command, on one app."""

from __future__ import annotations

from typing import Final

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
from pipeline.compiled import CannotCompile
from pipeline.rules import RuleFault
from pipeline.store import StoreError

VERBS = (run, status, compare, audit, site, codebook, explain, export, diff, review, datapackage, maintain)
# What a person can mend is said in one line.
Fault: Final = (RuleFault, StoreError, CannotCompile)

__all__ = ["VERBS", "Fault", "app", "console"]
