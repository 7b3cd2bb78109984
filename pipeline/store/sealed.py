"""Bytes ⇄ a file that is whole or not there, and that notices when a bit of it has changed.

A sealed file is its body, the SHA-256 of the body, and an end marker. A file without all three does not
exist for the reader.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

_END: Final = b"NIANBAO\n"
_SEAL: Final = hashlib.sha256().digest_size + len(_END)


class StoreError(Exception):
    """The output cannot be written; str() says why and what to do."""


class Damaged(Exception):
    """A sealed file that is cut off or has changed since it was written."""


def write_sealed(path: Path, body: bytes | memoryview) -> None:
    """Write `body` to `path`, whole or not at all. StoreError where there is no room or no permission."""

    def fill(sink: BinaryIO) -> None:
        sink.write(body)
        sink.write(hashlib.sha256(body).digest() + _END)

    write_whole(path, fill)


def write_whole(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let `fill` write a file, and give it its name when it is on the disk."""
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as sink:
                fill(sink)
                sink.flush()
                os.fsync(sink.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def read_sealed(path: Path) -> memoryview:
    """The body of a sealed file. Damaged where the seal does not fit, OSError where it cannot be opened."""
    data = memoryview(path.read_bytes())
    body, digest, end = data[:-_SEAL], data[-_SEAL : -len(_END)], data[-len(_END) :]
    if len(data) < _SEAL or bytes(end) != _END or digest != hashlib.sha256(body).digest():
        raise Damaged(path.name)
    return body


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Within it `folder` is written; where the disk refuses, StoreError tells a person what to do."""
    try:
        yield
    except OSError as e:
        raise StoreError(
            f"{folder} cannot be written ({e.strerror or e}); make room or choose another folder with OUT=, "
            "and run again: what is done is kept"
        ) from e
