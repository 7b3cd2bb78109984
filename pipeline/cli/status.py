"""`nianbao status`: what is fresh, what a run would do, and what is quarantined and why."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.batch.status import STATES, status
from pipeline.cli.progress import say
from pipeline.cli.run import Json, Raw, check_raw
from pipeline.cli.shared import RulesFolder, app, console
from pipeline.rules import load
from pipeline.store.remote import is_remote, local_copy

_SHOWN: Final = 10


@app.command(name="status")
def show(
    raw: Raw = "raw",
    out: Annotated[str, typer.Option(help="folder of the datasets, or a URI")] = "output",
    rules: RulesFolder = None,
    json: Json = False,
) -> None:
    """Say which reports are fresh, stale or quarantined, and why. Nothing is read or written."""
    check_raw(raw)
    folder = local_copy(out) if is_remote(out) else Path(out)
    found = status(raw, folder, load(rules) if rules else load())
    if json:
        say({"event": "status"} | asdict(found))
        return
    for state, count in found.counts.items():
        if count or state == "fresh":
            console.print(f"{count:7} {state}: {STATES[state]}", highlight=False)
            _list(found.files.get(state, []))
    console.print(f"{len(found.quarantined):7} quarantined in the last run", highlight=False)
    for source, error in found.quarantined:
        console.print(f"        {source}: {error}", highlight=False, markup=False, soft_wrap=True)


def _list(sources: list[str]) -> None:
    for source in sources[:_SHOWN]:
        console.print(f"        {source}", highlight=False, markup=False, soft_wrap=True)
    if len(sources) > _SHOWN:
        console.print(f"        … and {len(sources) - _SHOWN} more", highlight=False)
