"""`python -m raw [folder]`: writes the sample archive, by default into raw/ itself."""

from __future__ import annotations

import sys
from pathlib import Path

from .listing import listing
from .reports import archive


def main(folder: Path) -> None:
    """Write every report and the list of contradictions below `folder`."""
    for path, data in archive().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "PLANTED.csv").write_bytes(listing())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
