"""What the datasets are made in → each made by whatever process is free, or taken over from the last version.

A piece is known by its key and by a digest of all that it is made of. One whose digest has not changed is
the last version's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.engines import Engine
from pipeline.store.build import Built
from pipeline.store.versions import take_over


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a run reads and writes: results of reports, the version that stands, the one being built."""

    results: Path
    old: Path | None
    new: Path


@dataclass(frozen=True, slots=True)
class Piece:
    """`make` can travel to another process. The lower `order`, the earlier it is given out."""

    key: str
    digest: str
    make: Callable[[], Built]
    order: int = 0


def digest_of(lines: Iterable[str]) -> str:
    """A hash of all that a piece is made of, one line each."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Then:
    """A piece to be made as soon as those with the keys `after` are there, while others may still be made."""

    after: frozenset[str]
    piece: Callable[[dict[str, Built]], Piece]


def carry_out(
    engine: Engine,
    folders: Folders,
    pieces: Sequence[Piece],
    before: dict[str, Built],
    told: Callable[[int, int], None],
    then: Then | None = None,
) -> dict[str, Built]:
    """Bring every piece into the new version; return what became of them by key, in order of the pieces."""
    at_work = _AtWork(engine, folders, before)
    for piece in sorted(pieces, key=lambda p: p.order):
        at_work.give_out(piece)
    keys = [piece.key for piece in pieces]
    while at_work.waiting or then:
        if then and then.after <= at_work.built.keys():
            piece = then.piece({k: at_work.built[k] for k in keys if k in then.after})
            at_work.give_out(piece)
            keys.append(piece.key)
            then = None
        for number in at_work.take_in():
            told(number, at_work.given_out + (then is not None))
    return {key: at_work.built[key] for key in keys}


class _AtWork:
    """Pieces given out and taken in again; those that the last version has need no work."""

    def __init__(self, engine: Engine, folders: Folders, before: dict[str, Built]) -> None:
        self.engine, self.folders, self.before = engine, folders, before
        self.built: dict[str, Built] = {}
        self.waiting: dict[Future[Built], Piece] = {}
        self.given_out = 0

    def give_out(self, piece: Piece) -> None:
        """Take the piece over from the last version, or let whoever is free make it."""
        old, same = self.folders.old, self.before.get(piece.key)
        if old and same and same.digest == piece.digest and _taken(old, self.folders.new, same):
            self.built[piece.key] = same
            return
        self.waiting[self.engine.executor.submit(piece.make)] = piece
        self.given_out += 1

    def take_in(self) -> Iterator[int]:
        """Wait until some are made; the number of all that have been, after each."""
        for future in wait(self.waiting, return_when=FIRST_COMPLETED).done:
            piece = self.waiting.pop(future)
            try:
                self.built[piece.key] = future.result()
            except self.engine.lost:  # no file is to blame: the rows are there, only the process is gone
                self.built[piece.key] = piece.make()
            yield self.given_out - len(self.waiting)


def _taken(old: Path, new: Path, piece: Built) -> bool:
    try:
        take_over(old, new, piece)
    except OSError:
        return False
    return True
