"""The house rules that a machine can check: imports point one way, modules and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[1] / "pipeline"
# Each may import what stands at its own place or further left, never further right.
ORDER = ("compiled", "notes", "schema", "rules", "read", "segment", "normalize", "tables", "claims", "extract", "explain", "version",
         "store", "compare", "batch", "flow", "publish", "api", "cli")  # fmt: skip
FILES = sorted(ROOT.rglob("*.py"))
IDS = [p.relative_to(ROOT).as_posix() for p in FILES]


def stage(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The stages that a module imports from this package."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_imports_point_upstream_only(path: Path) -> None:
    if path.parent == ROOT and path.name == "__init__.py":
        return
    allowed = ORDER[: ORDER.index(stage(path)) + 1]
    assert imported(path) <= set(allowed)


def test_tables_and_claims_do_not_know_each_other() -> None:
    for path in FILES:
        if stage(path) == "tables":
            assert "claims" not in imported(path)
        if stage(path) == "claims":
            assert "tables" not in imported(path)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_module_is_at_most_300_lines_and_says_what_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def functions() -> list[tuple[str, int]]:
    """(name, lines without the docstring) of every function."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if ast.get_docstring(node):
                    lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
                found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines))
    return found


def test_functions_stay_short() -> None:
    sizes = functions()
    lines = [n for _, n in sizes]
    assert [s for s in sizes if s[1] > 60] == []
    assert quantiles(lines, n=20)[-1] <= 30
    assert median(lines) <= 9


def test_only_the_work_on_one_file_catches_everything() -> None:
    broad = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            ):
                broad.append(path.name)
    assert broad == ["work.py"]


def test_public_functions_have_docstrings() -> None:
    missing = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                missing.append(f"{path.name}:{node.name}")
    assert missing == []
