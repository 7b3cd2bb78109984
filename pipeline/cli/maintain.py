"""Verbs for those who keep the project: `dictionary`, `score` and `compile`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import compiled, flow
from pipeline.cli.shared import app, console
from pipeline.publish.dictionary import render, render_chinese


@app.command()
def dictionary(
    out: Annotated[Path, typer.Option(help="file to write")] = Path("docs/DICTIONARY.md"),
) -> None:
    """Write the data dictionary from the schemas, in English and beside it in Chinese."""
    chinese = out.with_suffix(".zh-CN.md")
    out.write_text(render(), encoding="utf-8")
    chinese.write_text(render_chinese(), encoding="utf-8")
    console.print(f"written: {out}, {chinese}")


@app.command()
def score(
    reports: Annotated[Path, typer.Option(help="folder of reports with gold")],
    gold: Annotated[Path, typer.Option(help="folder of gold; its scorer stands beside it")],
    out: Annotated[Path, typer.Option(help="folder for the datasets")] = Path("build/score"),
    misses: Annotated[int, typer.Option(help="print this many misses of each kind")] = 0,
) -> None:
    """Run over REPORTS and print the scorer's figures against GOLD."""
    scorer = gold.parent / "score.py"
    absent = [p for p in (reports, gold, scorer) if not p.exists()]
    if absent:
        console.print(f"nothing to score: {', '.join(map(str, absent))} not found (pass REPORTS= and GOLD=)")
        raise typer.Exit(0)
    flow.run(reports, out, workers=1)
    command = [sys.executable, str(scorer), str(out), "--gold", str(gold), "--misses", str(misses)]
    raise typer.Exit(subprocess.run(command, check=False).returncode)


@app.command("compile")
def compile_() -> None:
    """Compile the modules that read reports to machine code: runs use them until a source changes."""
    console.print(f"compiled: {compiled.build()}", highlight=False, soft_wrap=True)
