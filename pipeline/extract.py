"""The bytes of one report and the rules → all its rows. No disk, no clock: the whole left half of the flow.

read → segment → tables and claims, in the order in which the rows of one stage are the input of the next.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.claims import claim, unmapped_phrases
from pipeline.claims.unmapped import unknown as unknown_phrases
from pipeline.normalize.context import Context
from pipeline.normalize.entities import resolve, school_texts
from pipeline.normalize.overrides import File, correct_labels, correct_values, without_ignored
from pipeline.notes import check_note
from pipeline.read import Parsed, read
from pipeline.rules import Rules
from pipeline.schema import Block, Cell, Claim, Document, Note, Observation, Table
from pipeline.tables import observe, unmapped
from pipeline.tables.unmapped import unknown as unknown_labels

# Made up: enough of what reports say to make use of nearly every pattern.
_SENTENCE: Final = "2023年，全区有学校12所，其中中职学校3所，在校生1.2万人，比上年增长5.2%，就业率达98%以上。"
_GRID: Final = (("序号", "指标", "单位", "2022年", "2023年"), ("1", "在校生", "人", "1,200", "1260"))


@dataclass(slots=True)
class ReportRows:
    """The rows of one report by dataset, and its row in documents."""

    document: Document
    rows: dict[str, list[Any]] = field(default_factory=dict)


def extract(data: bytes, source: str, rules: Rules) -> ReportRows:
    """Return every row of the report in `data`; `source` is its path below the raw folder.

    Failure where the file cannot be read.
    """
    parsed = read(data, source.rsplit("/", 1)[-1], rules)
    context = context_of(parsed)
    from_tables = observe(parsed.tables, parsed.cells, context, rules)
    from_prose = claim(parsed.blocks, context, rules)
    texts = school_texts(parsed.blocks, parsed.cells)
    resolve(from_tables.observations, from_prose.claims, texts, context, rules)
    corrected = _correct(data, source, from_tables.observations, from_prose.claims, rules)
    rows: dict[str, list[Any]] = {
        "blocks": parsed.blocks,
        "tables": parsed.tables,
        "cells": parsed.cells,
        "sentences": from_prose.sentences,
        "observations": from_tables.observations,
        "claims": from_prose.claims,
        "notes": _numbered(parsed.notes + from_tables.notes + from_prose.notes + corrected),
    }
    unmapped_rows = unmapped(from_tables.observations, rules) + unmapped_phrases(from_prose.claims)
    rows["unmapped"] = without_ignored(unmapped_rows, rules)
    return ReportRows(_document(data, source, parsed, rows), rows)


def _correct(
    data: bytes, source: str, observations: list[Observation], claims: list[Claim], rules: Rules
) -> list[Note]:
    """Apply what people have corrected, labels first, single values over them; notes on what did not fit."""
    overrides = rules.overrides
    if overrides.labels:
        correct_labels([*unknown_labels(observations, rules), *unknown_phrases(claims)], rules)
    if not overrides.values:
        return []
    return correct_values(File(source, hashlib.sha256(data).hexdigest()), observations, claims, rules)


def rehearse(rules: Rules) -> None:
    """Build what is built once a process, dictionaries and patterns, before there is a report to read."""
    context = Context(2023, "330212", "浙江省", "宁波市", "鄞州区", level="district")
    cells = [Cell(1, r, c, 1, 1, text) for r, row in enumerate(_GRID) for c, text in enumerate(row)]
    observe([Table(1, 1, len(_GRID), len(_GRID[0]))], cells, context, rules)
    claim([Block(0, "paragraph", _SENTENCE)], context, rules)


def unread(data: bytes, source: str, error: str) -> ReportRows:
    """The row of a file that could not be read."""
    return ReportRows(_file(data, source, "quarantined", error))


def context_of(parsed: Parsed) -> Context:
    """What the later stages know of the report as a whole."""
    who = parsed.identity
    return Context(
        who.report_year,
        who.region_code,
        who.province,
        who.city,
        who.district,
        who.org,
        who.level,
        who.education,
    )


def _numbered(notes: list[Note]) -> list[Note]:
    """The notes in the order of the document, numbered from 0."""

    def place(note: Note) -> tuple[int, ...]:
        table = (note.table_no or 0, note.row or 0, note.col or 0)
        block = (note.block_no if note.block_no is not None else -1, note.start or 0)
        return (1, *table) if note.table_no is not None else (0, *block)

    notes = sorted(notes, key=place)
    for number, note in enumerate(notes):
        note.note_no = number
        check_note(note.code)
    return notes


def _document(data: bytes, source: str, parsed: Parsed, rows: dict[str, list[Any]]) -> Document:
    document = _file(data, source, "ok", None)
    who = parsed.identity
    document.title, document.report_year, document.publisher = who.title, who.report_year, who.publisher
    document.level, document.education, document.org = who.level, who.education, who.org
    document.region_code, document.province, document.city = who.region_code, who.province, who.city
    document.district = who.district
    document.n_blocks, document.n_tables = len(rows["blocks"]), len(rows["tables"])
    document.n_observations, document.n_claims = (
        len(rows.get("observations", ())),
        len(rows.get("claims", ())),
    )
    return document


def _file(data: bytes, source: str, status: Any, error: str | None) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(digest[:16], source, digest, len(data), status, error)
