"""What the datasets are made in → each made by whatever process is free, or taken over from the last version.

A piece is known by its key and by a digest of all that it is made of. One whose digest has not changed is
the last version's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.store.build import Built
from pipeline.store.versions import take_over

if TYPE_CHECKING:  # processes that make pieces need nothing of what reads reports
    from pipeline.batch.engines import Engine


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a run reads and writes: results of reports, the version that stands, the one being built."""

    results: Path
    old: Path | None
    new: Path


@dataclass(frozen=True, slots=True)
class Piece:
    """`make` can travel to another process."""

    key: str
    digest: str
    make: Callable[[], Built]


def digest_of(lines: Iterable[str]) -> str:
    """A hash of all that a piece is made of, one line each."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Pieces:
    """Pieces given out in their order as soon as this is there; what the last version has needs no work."""

    def __init__(
        self, engine: Engine, folders: Folders, pieces: Sequence[Piece], before: dict[str, Built]
    ) -> None:
        self.engine = engine
        self.keys = [piece.key for piece in pieces]
        self.built: dict[str, Built] = {}
        self.waiting: dict[Future[Built], Piece] = {}
        for piece in pieces:
            same = before.get(piece.key)
            if same and same.digest == piece.digest and _taken(folders, same):
                self.built[piece.key] = same
            else:
                self.waiting[engine.executor.submit(piece.make)] = piece

    def done(self, told: Callable[[int, int], None] = lambda *_: None) -> dict[str, Built]:
        """Wait for all of them; what became of each, by key, in the order in which they were given."""
        for number, future in enumerate(as_completed(self.waiting), 1):
            piece = self.waiting[future]
            try:
                self.built[piece.key] = future.result()
            except self.engine.lost:  # no file is to blame: the rows are there, only the process is gone
                self.built[piece.key] = piece.make()
            told(number, len(self.waiting))
        return {key: self.built[key] for key in self.keys}


def _taken(folders: Folders, piece: Built) -> bool:
    if folders.old is None:
        return False
    try:
        take_over(folders.old, folders.new, piece)
    except OSError:
        return False
    return True
