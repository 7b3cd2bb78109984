"""The commands in the docs exist; with `make docs-check` they are run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click import Group
from typer.main import get_command

from pipeline.cli.verbs import app
from tests.docs.pages import PAGES, ROOT, commands

# What a page names that a reader puts in place of: their own reports, an output of yesterday.
PLACEHOLDER = re.compile(r"=/|报告文件夹|结果文件夹|…|tcp://|s3://|^OLD=|^NEW=|APPLY=|<")
# What takes many minutes, or makes the environment itself.
LONG = {"test", "bench", "compiled", "score", "lock", "clean", "lint", "types", "docs-check"}
ALL = [(page.name, words) for page in PAGES for words in commands(page)]
MAKE = list(dict.fromkeys(tuple(words) for _, words in ALL if words[0] == "make"))
OWN = list(dict.fromkeys(tuple(words[1:]) for _, words in ALL if words[0].endswith("nianbao")))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("words", MAKE, ids=" ".join)
def test_make_targets_and_variables_exist(words: tuple[str, ...]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for word in words[1:]:
        name, assigned, _ = word.partition("=")
        if assigned:
            assert f"$({name})" in makefile, name
        elif not word.startswith("-"):
            assert word in targets()


@pytest.mark.parametrize("words", OWN, ids=" ".join)
def test_verbs_and_options_exist(words: tuple[str, ...]) -> None:
    group = get_command(app)
    assert isinstance(group, Group)
    verb = group.commands[words[0]]
    known = {o for p in verb.params for o in (*p.opts, *p.secondary_opts)}
    assert {w.split("=")[0] for w in words[1:] if w.startswith("--")} <= known | {"--help"}


def test_every_target_is_in_the_docs_or_for_those_who_keep_the_project() -> None:
    told = {w for _, words in ALL for w in words[1:2]}
    text = "".join(p.read_text(encoding="utf-8") for p in PAGES)
    assert {t for t in targets() - told if f"make {t}" not in text} == set()


@pytest.fixture(scope="session")
def place(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that may be written to, with the environment of this one and the sample datasets."""
    folder = tmp_path_factory.mktemp("reader") / "nianbao"
    kept = ("Makefile", "pyproject.toml", "pipeline", "rules", "raw", "docs", "README.md", "LICENSE")
    for name in (*kept, *(p.name for p in ROOT.glob("requirements*.lock"))):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name) if folder.exists() else (
            folder.mkdir(),
            copy(ROOT / name, folder / name),
        )
    shutil.copytree(out, folder / "output", symlinks=True)
    (folder / ".venv").mkdir()
    for entry in (ROOT / ".venv").iterdir():
        (folder / ".venv" / entry.name).symlink_to(entry)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("words", [w for w in MAKE if not (LONG & set(w))], ids=" ".join)
def test_commands_run(words: tuple[str, ...], place: Path) -> None:
    if any(PLACEHOLDER.search(w) for w in words):
        pytest.skip("names something of the reader's own")
    stamps = [f"--assume-old=.venv/{name}.stamp" for name in ("run", "export", "dev")]
    done = subprocess.run(
        [*words, *stamps], cwd=place, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(place)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
