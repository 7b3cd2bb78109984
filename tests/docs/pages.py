"""The pages that people read: their fenced blocks, commands and links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "raw" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
_SHELL = ("", "sh", "bash", "console")


def fenced(page: Path, language: str) -> list[str]:
    """The text of every fenced block in a language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def commands(page: Path) -> list[list[str]]:
    """The words of every `make …` and `nianbao …` line of a page's shell blocks."""
    found = []
    for language in _SHELL:
        for block in fenced(page, language):
            for line in block.splitlines():
                if re.match(r"\$?\s*(make|nianbao|\.venv/bin/nianbao) ", line):
                    found.append(shlex.split(line.removeprefix("$").strip(), comments=True))
    return found
