"""The command `nianbao`: the same verbs as the make targets, and no logic of its own. A module a verb."""

from __future__ import annotations

import sys

from pipeline.batch.workers import prepare


def main() -> None:
    """Run the command; a fault of the rules or of the output is one line and exit code 2."""
    if sys.argv[1:2] == ["run"] and not any(word.startswith("--scheduler") for word in sys.argv):
        prepare()
    # Worker processes import again what their parent began with, which is this module: they need no verbs.
    from pipeline.cli.verbs import Fault, app, console  # noqa: PLC0415

    try:
        app()
    except Fault as e:
        console.print(str(e), style="red", highlight=False)
        sys.exit(2)
