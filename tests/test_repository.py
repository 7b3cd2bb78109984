"""What holds of the repository as a whole: no registry hosts, no paths of a machine, no URLs in the locks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org")
_PATHS = ("/root" + "/", "/work" + "/main", "/home" + "/")


def tracked() -> list[Path]:
    """The text files of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    return [ROOT / n for n in names if (ROOT / n).is_file() and not n.endswith((".docx", ".png", ".doc"))]


@pytest.mark.parametrize("word", [*_HOSTS, *_PATHS])
def test_no_file_names_a_registry_or_a_path_of_one_machine(word: str) -> None:
    assert [
        p.relative_to(ROOT).as_posix()
        for p in tracked()
        if word in p.read_text(encoding="utf-8", errors="ignore")
    ] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_pin_with_hashes_and_without_urls(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9._-]+==", text, re.M)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)


def test_the_squatted_model_is_not_a_dependency() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        assert "zh-core-web" not in (ROOT / name).read_text(encoding="utf-8").replace("_", "-")
