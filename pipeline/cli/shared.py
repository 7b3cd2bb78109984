"""What the commands have in common: the app they hang on, the console, and the options they share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="From filed vocational-education quality reports (.docx) to comparable, traceable data.",
)
console = Console()

Out = Annotated[Path, typer.Option(help="folder of the datasets")]
RulesFolder = Annotated[Path | None, typer.Option("--rules", help="another folder of rules")]
Years = Annotated[str | None, typer.Option(help="2024, or 2022-2024")]


def span_of(text: str | None) -> tuple[int, int] | None:
    """First and last year of `2024` or `2022-2024`. BadParameter for anything else."""
    if not text:
        return None
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—.]+\s*(\d{4}))?", text.strip())
    if match is None:
        raise typer.BadParameter(
            f"{text!r} is neither a year (2024) nor years (2022-2024)", param_hint="--years"
        )
    return int(match[1]), int(match[2] or match[1])
