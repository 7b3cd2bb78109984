"""One run at a time writes an output folder; a second one says who holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.sealed import StoreError, writing


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the output folder for one run. StoreError when it cannot be written, or another run holds it.

    The lock is the kernel's: it ends with the process that holds it, however that ends.
    """
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        handle = (out / ".lock").open("a+")
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            handle.seek(0)
            holder = handle.read().strip() or "?"
            raise StoreError(f"{out} is in use by process {holder}; wait for it to end") from e
        handle.seek(0)
        handle.truncate()
        handle.write(f"{os.getpid()} on {socket.gethostname()}")
        handle.flush()
        yield
