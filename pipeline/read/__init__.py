"""The bytes of one report → its blocks, tables and cells, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.notes import Failure
from pipeline.read.blocks import structure
from pipeline.read.body import read_body
from pipeline.read.formats import convert, kind_of
from pipeline.read.identity import Identity, identify
from pipeline.read.package import open_package
from pipeline.rules import Rules
from pipeline.schema import Block, Cell, Note, Table

_READ_DIRECTLY = "docx"
_REFUSED = {
    "empty": "EMPTY_FILE",
    "encrypted": "ENCRYPTED",
    "docm": "MACRO_ENABLED",
    "truncated": "TRUNCATED",
}
_CONVERTED = ("doc", "rtf", "wordml")


@dataclass(slots=True)
class Parsed:
    """What stands in one document, in order. Roles of cells and numbers of notes are not set yet."""

    identity: Identity
    blocks: list[Block]
    tables: list[Table]
    cells: list[Cell]
    notes: list[Note]


def read(data: bytes, name: str, rules: Rules) -> Parsed:
    """Read a report. `name` is its file name, evidence for the year and region.

    Failure (see pipeline/notes.py) for everything that is no readable Word document.
    """
    package = open_package(_as_docx(data, rules), rules.limits)
    parts = structure(read_body(package, rules), rules.reading)
    identity = identify(parts.blocks, name, rules, package.title)
    notes = parts.notes + identity.notes
    if package.charts:
        notes.append(Note("chart_data", "", f"{package.charts} charts hold numbers that are not read"))
    return Parsed(identity, parts.blocks, parts.tables, parts.cells, notes)


def _as_docx(data: bytes, rules: Rules) -> bytes:
    """The bytes of a .docx: as they are, or converted from a legacy format."""
    kind = kind_of(data)
    if kind == _READ_DIRECTLY:
        return data
    if kind in _CONVERTED:
        return convert(data, kind, rules.limits.conversion_seconds)
    raise Failure(_REFUSED.get(kind, "NOT_DOCX"), kind)
