"""A summary of a run → its row in runs, a page for people, and a line for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.schema.runs import RUNS, RunRow, Slow
from pipeline.store import Done
from pipeline.store.sealed import write_whole

_SLOWEST = 20
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Nianbao: last run</title>
<style>body{{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;margin:1em 0}}
td{{padding:.2em .8em;border-bottom:1px solid #ccc;vertical-align:top;overflow-wrap:anywhere}}
td.n{{text-align:right}}</style>
<h1>Last run</h1>
{sections}
</html>
"""


def slowest(done: Iterable[Done]) -> list[Slow]:
    """The files of this run that took longest."""
    fresh = sorted((d for d in done if d.fresh), key=lambda d: (-d.seconds, d.source))
    return [Slow(source=d.source, seconds=round(d.seconds, 3)) for d in fresh[:_SLOWEST]]


def by_code(quarantined: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many files were quarantined for each reason, from (source, error)."""
    return dict(sorted(Counter(error.split(":")[0] for _, error in quarantined).items()))


def write_record(out: Path, row: RunRow, quarantined: Sequence[tuple[str, str]]) -> None:
    """Add the run's row to OUT/runs, and replace the page of the last run. StoreError where that fails."""
    folder = out / "runs"
    number = len(list(folder.glob("run-*.parquet"))) + 1
    table = RUNS.table([row], {})
    write_whole(folder / f"run-{number:06}.parquet", lambda sink: pq.write_table(table, sink))
    write_whole(folder / "latest.html", lambda sink: sink.write(page(row, quarantined).encode()))


def page(row: RunRow, quarantined: Sequence[tuple[str, str]]) -> str:
    """The run as a page. File names and messages come from strangers: everything is escaped."""
    facts = [
        ("reports", row.raw),
        ("began", row.started.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")),
        ("took", f"{row.seconds:.1f} s, {row.scheduler or row.workers or 'no'} workers"),
        ("read", f"{row.worked_on} files; {row.known} were known, {row.left_out} are of other years"),
        ("datasets", "unchanged" if row.unchanged else "replaced"),
        ("program", f"{row.program_version}, reading {row.extraction_version}, rules {row.rules_version}"),
    ]
    sections = [
        _table("", facts),
        _table("Files by status", row.files.items()),
        _table("Quarantined by code", row.quarantined.items()),
        _table("Quarantined files", quarantined),
        _table("Slowest files, seconds", [(s["source"], s["seconds"]) for s in row.slowest]),
        _table("Rows by dataset", row.rows.items()),
    ]
    return _PAGE.format(sections="\n".join(s for s in sections if s))


def now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def _table(title: str, rows: Iterable[tuple[str, object]]) -> str:
    lines = [f"<tr><td>{escape(k)}</td>{_cell(v)}</tr>" for k, v in rows]
    head = f"<h2>{escape(title)}</h2>\n" if title else ""
    return f"{head}<table>\n{chr(10).join(lines)}\n</table>" if lines else ""


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f'<td class="n">{value:,}</td>'
    return f"<td>{escape(str(value))}</td>"
