"""How far a run has come → a live bar on a terminal, plain lines in a log, or JSON lines for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.flow import Step, Summary, Told

_EVERY_SECONDS: Final = 10.0


@dataclass(slots=True)
class Pace:
    """Counts what a run says of itself: failed files, the rate since a step began, what is left of it."""

    failed: int = 0
    name: str = ""
    began: float = 0.0
    first: int = 0
    now: float = field(default_factory=time.monotonic)

    def take(self, step: Step) -> None:
        """Hear of one step."""
        self.now = time.monotonic()
        if step.name != self.name:
            self.name, self.began, self.first = step.name, self.now, step.done
        if step.last and step.last.status == "quarantined":
            self.failed += 1

    def rate(self, step: Step) -> float:
        """So many a second since the step began."""
        return (step.done - self.first) / max(self.now - self.began, 1e-6)

    def left(self, step: Step) -> float | None:
        """Seconds until the step is done, None while nothing is known."""
        rate = self.rate(step)
        return (step.total - step.done) / rate if rate > 0 else None


@contextmanager
def bar(console: Console) -> Iterator[Told]:
    """A live bar: done of total, failed, rate, time left."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed  {task.fields[rate]:.1f}/s"), TimeRemainingColumn(),
    )  # fmt: skip
    pace = Pace()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None, failed=0, rate=0.0)

        def told(step: Step) -> None:
            pace.take(step)
            progress.update(
                task, description=step.name, completed=step.done, total=step.total,
                failed=pace.failed, rate=pace.rate(step),
            )  # fmt: skip

        yield told


@contextmanager
def lines(console: Console) -> Iterator[Told]:
    """A line every ten seconds, and one at the end of each step."""
    pace, said = Pace(), [time.monotonic()]

    def told(step: Step) -> None:
        pace.take(step)
        if pace.now - said[0] >= _EVERY_SECONDS or step.done == step.total:
            said[0] = pace.now
            left = pace.left(step)
            rest = f", {left:.0f} s left" if left else ""
            text = (
                f"{step.name}: {step.done}/{step.total}, {pace.failed} failed, {pace.rate(step):.1f}/s{rest}"
            )
            console.print(text, highlight=False, soft_wrap=True)

    yield told


@contextmanager
def json_lines() -> Iterator[Told]:
    """A JSON object a line for every file, part and dataset that is done."""
    pace = Pace()

    def told(step: Step) -> None:
        pace.take(step)
        event: dict[str, Any] = {
            "event": "progress",
            "step": step.name,
            "done": step.done,
            "total": step.total,
        }
        event |= {"failed": pace.failed, "rate": round(pace.rate(step), 2)}
        if step.last:
            event |= {"source": step.last.source, "status": step.last.status, "error": step.last.error}
            event["seconds"] = round(step.last.seconds, 3)
        say(event)

    yield told


def summary_event(summary: Summary) -> dict[str, Any]:
    """The last line of a run."""
    return {
        "event": "summary", "files": summary.files, "left_out": summary.left_out, "rows": summary.rows,
        "unchanged": summary.unchanged, "quarantined": dict(summary.quarantined),
    }  # fmt: skip


def say(event: dict[str, Any]) -> None:
    """Print one JSON line."""
    sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
    sys.stdout.flush()
