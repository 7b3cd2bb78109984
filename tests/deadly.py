"""Something to make that ends the first process that makes it; imported by worker processes, so no pandas."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from pathlib import Path

from pipeline.store.build import Built


class Deadly:
    """What to make. `mark` says that a process has tried."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self) -> Built:
        if parent_process() is not None:
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Built("digest", {"facts": 1})
