"""The labels over a cell that holds several values → the labels over one of them.

218人（其中女126人） has a part of its own words, 60/31.9% under 人数/占比 a half of the label for each value.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.tables.grid import Seen
from pipeline.tables.labels import Label, LabelReader, LabelRole
from pipeline.tables.sides import Path, Settled, Side

_SLASH: Final = re.compile(r"\s*[/／]\s*")


def part_path(path: Path, s: Seen, part: int, reader: LabelReader) -> Path:
    """The labels over the value at place `part` of cell `s`, whose own labels are `path`."""
    n = len(s.quantities)
    said = s.said[part] if part < len(s.said) else ""
    if n <= 1 and not said:
        return path
    rows, heads = path.rows.labels, path.heads.labels
    if n > 1:
        rows = [_half(x, part, n, reader) for x in rows]
        heads = [_half(x, part, n, reader) for x in heads]
    if said:
        heads = [*heads, *_of_words(said, reader)]
    return Path(Side(rows, reader.rules), Side(heads, reader.rules))


def _half(x: Settled, part: int, n: int, reader: LabelReader) -> Settled:
    """The label, or the part of it between slashes where it has one for each of `n` values."""
    halves = _SLASH.split(x.label.name)
    if x.role in ("period", "entity") or len(halves) != n or not all(halves):
        return x
    label = reader.read(halves[part])
    role = _settled(label, x.role)
    return x._replace(label=label, role=role, named=None)


def _of_words(said: str, reader: LabelReader) -> list[Settled]:
    """What the words in brackets before a value say of it: when, which part, or that it is a share."""
    book = reader.rules.codebook
    name = book.labels.among_regex.sub("", said.strip()).strip(" :：,，、;；")
    if not name:
        return []
    label = reader.read(name)
    return [Settled(label, _settled(label, "dim"), label.dim, False)]


def _settled(label: Label, otherwise: LabelRole) -> LabelRole:
    """The role that a label's own words give it."""
    if label.role != "unknown":
        return label.role
    return max(label.votes, key=lambda role: label.votes[role]) if label.votes else otherwise
