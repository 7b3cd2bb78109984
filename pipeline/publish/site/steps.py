"""A report's file → how each of its numbers was read, for the page that shows the report.

The same replay as `nianbao explain`, in Chinese. Texts come back over and over, so each is written once.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from pipeline.explain import Replay
from pipeline.explain.steps import HOWS, KEYS, Step
from pipeline.rules import Rules
from pipeline.store.places import Place, place_at

_LONGEST: Final = 120  # characters of a text that a step shows


class Files:
    """The files that the datasets were made of, where they are still at hand."""

    def __init__(self, raw: str) -> None:
        self.place: Place = place_at(raw)
        self.paths = {entry.source: entry.path for entry in self.place.entries()}

    def bytes_of(self, source: str, doc_id: str) -> bytes | None:
        """The bytes of a report; None where the file is gone or is another by now."""
        if source not in self.paths:
            return None
        try:
            data = self.place.read(self.paths[source])[0]
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest().startswith(doc_id) else None


def steps_of(data: bytes, source: str, rules: Rules) -> dict[str, Any]:
    """{"s": texts, "v": {anchor: [[step, what it gave, how, seen in, rule] as numbers of texts]}}."""
    replay = Replay(data, source, rules)
    texts: dict[str, int] = {}
    found: dict[str, list[list[int]]] = {}
    for place in sorted(replay.rows, key=str):
        steps = [[texts.setdefault(t, len(texts)) for t in _said(s)] for s in replay.at(place).steps]
        found.setdefault(str(place).replace(":", "-"), []).extend(steps)
    return {"s": list(texts), "v": found}


def _said(step: Step) -> tuple[str, str, str, str, str]:
    how = HOWS[step.how][1] if step.how in HOWS else step.how
    return (KEYS[step.key][1], _short(step.found), how, _short(step.seen), step.rule)


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _LONGEST else f"{joined[: _LONGEST - 1]}…"
