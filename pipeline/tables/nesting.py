"""The row labels of a form, with units and serial groups → the full name of each row (其中：)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalize.indicators import match, match_child
from pipeline.rules.indicators import Codebook, Indicator


@dataclass(slots=True)
class FormRow:
    """One row: label, printed unit, the cell that marks it as a part (其中：) if one does, group."""

    label: str
    unit: str | None
    mark: int | None
    group: int


@dataclass(slots=True)
class Named:
    """A row's full name, parents joined by slashes, and the indicator that it is, if known."""

    name: str
    indicator: Indicator | None


def name_rows(rows: Sequence[FormRow], codebook: Codebook) -> list[Named]:
    """Name each row by what it is a part of.

    A marked row is a child of the nearest row above with the same unit in its group (else of the row above),
    and so are the rows after it in the group with that unit. Where the codebook knows a deeper parent (the
    level above) or the label alone, that is taken.
    """
    named: list[Named] = []
    parents: dict[tuple[int, str | None], str] = {}
    for i, row in enumerate(rows):
        if row.mark is not None:
            above = _parent(rows, named, i)
            if above is not None:
                parents[row.group, row.unit] = above
        parent = parents.get((row.group, row.unit))
        named.append(_name(row, parent, named[i - 1].name if i else None, codebook))
    return named


def _parent(rows: Sequence[FormRow], named: Sequence[Named], i: int) -> str | None:
    """The name of the row that the marked row i is a part of."""
    row = rows[i]
    candidates = [j for j in range(i - 1, -1, -1) if rows[j].mark != row.mark]
    same_group = [j for j in candidates if rows[j].group == row.group]
    for pool in (same_group, candidates if not same_group else []):
        same_unit = next((j for j in pool if rows[j].unit == row.unit), None)
        if same_unit is not None:
            return named[same_unit].name
        if pool:
            return named[pool[0]].name
    return None


def _name(row: FormRow, parent: str | None, before: str | None, codebook: Codebook) -> Named:
    label = codebook.clean(row.label)
    if parent is None:
        found = match([label], row.unit, codebook)
        return Named(found.name if found else label, found)
    beside = [before] if before and row.mark is not None else []
    for ancestor in (*_ancestors(before, parent), *beside):
        found = match_child(ancestor, label, row.unit, codebook)
        if found:
            return Named(found.name, found)
    found = match([label], row.unit, codebook)
    return Named(found.name, found) if found else Named(f"{parent}/{label}", None)


def _ancestors(before: str | None, parent: str) -> list[str]:
    """The row before and its parents under `parent`, then `parent` and its own parents."""
    chain = []
    name = before or ""
    while name.startswith(parent + "/"):
        chain.append(name)
        name = name.rsplit("/", 1)[0]
    while parent:
        chain.append(parent)
        parent = parent.rpartition("/")[0]
    return chain
