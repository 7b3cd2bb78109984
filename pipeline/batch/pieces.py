"""What the datasets are made in → each made by whatever process is free, or taken over from the last version.

A piece is known by its key and by a digest of all that it is made of. One whose digest has not changed is
the last version's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
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


def carry_out(
    engine: Engine,
    folders: Folders,
    pieces: Sequence[Piece],
    before: dict[str, Built],
    told: Callable[[int, int], None],
) -> dict[str, Built]:
    """Bring every piece into the new version; return what became of them by key, in order of the pieces."""
    built: dict[str, Built] = {}
    to_make: list[Piece] = []
    for piece in pieces:
        same = before.get(piece.key)
        if folders.old and same and same.digest == piece.digest and _taken(folders.old, folders.new, same):
            built[piece.key] = same
        else:
            to_make.append(piece)
    for number, (key, made) in enumerate(_made(engine, to_make), 1):
        built[key] = made
        told(number, len(to_make))
    return {piece.key: built[piece.key] for piece in pieces}


def _made(engine: Engine, pieces: list[Piece]) -> Iterator[tuple[str, Built]]:
    """Give the pieces out in their order, and yield what became of each as it comes."""
    waiting = {engine.executor.submit(p.make): p for p in sorted(pieces, key=lambda p: p.order)}
    for future in as_completed(waiting):
        piece = waiting[future]
        try:
            yield piece.key, future.result()
        except engine.lost:  # no file is to blame: the rows are there, only the process is gone
            yield piece.key, piece.make()


def _taken(old: Path, new: Path, piece: Built) -> bool:
    try:
        take_over(old, new, piece)
    except OSError:
        return False
    return True
