"""The contradictions on purpose → PLANTED.csv, with the value that each contradicts."""

from __future__ import annotations

import csv
import io

from .planted import PLANTED
from .reports import REPORTS, write

COLUMNS = ("file", "check", "place", "indicator", "printed", "other", "severity", "note")


def listing() -> bytes:
    """The CSV, UTF-8 with line feeds."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    others = {(r.path, place): true for r in REPORTS for place, true in write(r)[1].items()}
    for p in PLANTED:
        rows.writerow(
            [p.file, p.check, p.place, p.indicator, p.printed, others[p.file, p.place], p.severity, p.note]
        )
    return out.getvalue().encode()
