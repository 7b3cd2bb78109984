"""rules/indicators/*.yaml, ranges.yaml and labels.yaml → the codebook, every reference in it checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.rules.indicators import Codebook, Family, Ranges
from pipeline.rules.labels import LabelRules
from pipeline.rules.load import RuleFault, load_yaml


def load_codebook(folder: Path) -> Codebook:
    """Read `indicators/*.yaml`, `ranges.yaml` and `labels.yaml` below the folder of rules.

    RuleFault names file and line, also of an indicator that is there twice or points to none.
    """
    paths = sorted((folder / "indicators").glob("*.yaml"))
    families = {p: load_yaml(p, Family) for p in paths}
    faults = list(_faults(families))
    if faults:
        raise RuleFault("\n".join(faults))
    ranges = load_yaml(folder / "ranges.yaml", Ranges).root
    known = [i for f in families.values() for i in f.members()]
    return Codebook(known, load_yaml(folder / "labels.yaml", LabelRules), ranges)


def _faults(families: dict[Path, Family]) -> Iterator[str]:
    """Ids twice, same_as without such a name, replaces without such an id or in a circle."""
    every = [i for f in families.values() for i in f.indicators]
    names, older = {i.name for i in every}, {i.id: i.replaces for i in every}
    seen: set[str] = set()
    for path, family in families.items():
        for i in family.indicators:
            at = f"{path}:{_line_of(path, i.id)}: {i.id}:"
            if i.id in seen:
                yield f"{at} two indicators have this id; give one of them another"
            if i.same_as and i.same_as not in names:
                yield f"{at} same_as names no indicator {i.same_as!r}; use the exact name of another"
            if i.replaces and i.replaces not in older:
                yield f"{at} replaces no known indicator {i.replaces!r}; use the id of another"
            elif _circular(i.id, older):
                yield f"{at} replaces goes round in a circle; the oldest edition replaces none"
            seen.add(i.id)


def _circular(start: str, older: dict[str, str]) -> bool:
    at, seen = older[start], {start}
    while at:
        if at in seen:
            return True
        seen.add(at)
        at = older.get(at, "")
    return False


def _line_of(path: Path, indicator_id: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if f"id: {indicator_id}," in line), 1)
