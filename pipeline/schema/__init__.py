"""Every dataset: columns, types, units, descriptions, nulls, keys.

The Arrow schemas, the row types that travel between the stages, the data dictionary and the checks are
all made from what is declared here.
"""

from __future__ import annotations

from typing import Final

from pipeline.schema.columns import INT16, STRING, Column, Dataset, Null
from pipeline.schema.rows import (
    Block,
    Cell,
    Claim,
    Document,
    Note,
    Observation,
    Sentence,
    Table,
    Unmapped,
)
from pipeline.schema.series import District, Fact, Finding, YearOverYear

DOC_ID: Final = Column("doc_id", STRING, "The report: first 16 hex digits of the SHA-256 of the file's bytes")
REPORT_YEAR: Final = Column(
    "report_year",
    INT16,
    "Year the report is for, the partition key; 0 in the folder name where it names none (null in documents)",
    null="the report names no year",
)
REGION_CODE: Final = Column(
    "region_code", STRING, "GB/T 2260 code of the division the report is about", null="no division is named"
)
_REPORT = (DOC_ID, REPORT_YEAR)
_REGION = (DOC_ID, REPORT_YEAR, REGION_CODE)

# What one report gives, and what is gathered from the reports one by one.
REPORT_DATASETS: Final[dict[str, Dataset]] = {
    d.name: d
    for d in (
        Dataset("documents", Document, "one input file, also one that could not be read", ("source",)),
        Dataset(
            "blocks",
            Block,
            "one heading, paragraph, caption, table, image or contents line",
            ("doc_id", "block_no"),
            _REPORT,
            True,
        ),
        Dataset("tables", Table, "one table", ("doc_id", "table_no"), _REPORT, True),
        Dataset(
            "cells", Cell, "one (merged) cell of a table", ("doc_id", "table_no", "row", "col"), _REPORT, True
        ),
        Dataset(
            "sentences",
            Sentence,
            "one sentence with its tokens and parts of speech",
            ("doc_id", "block_no", "sent_no"),
            _REPORT,
            True,
        ),
        Dataset(
            "observations",
            Observation,
            "one value read from a table cell",
            ("doc_id", "obs_no"),
            _REGION,
            True,
        ),
        Dataset("claims", Claim, "one number stated in prose", ("doc_id", "claim_no"), _REGION, True),
        Dataset(
            "notes",
            Note,
            "one thing that was seen and not taken, and why",
            ("doc_id", "note_no"),
            _REPORT,
            True,
        ),
        Dataset(
            "unmapped",
            Unmapped,
            "one label or noun phrase that no rule knows yet",
            ("label", "where"),
        ),
    )
}

# What is made over the whole archive, in the order in which each needs those before it.
ARCHIVE_DATASETS: Final[dict[str, Dataset]] = {
    d.name: d
    for d in (
        Dataset("facts", Fact, "one normalized value of a known indicator", ("fact_id",), partitioned=True),
        Dataset(
            "yoy",
            YearOverYear,
            "one indicator of one entity in two consecutive years",
            ("fact_id", "prev_fact_id"),
            partitioned=True,
        ),
        Dataset(
            "districts",
            District,
            "one indicator in one year of one region or school, among its like",
            ("fact_id",),
            partitioned=True,
        ),
        Dataset(
            "findings",
            Finding,
            "one contradiction or arithmetic fault in or between reports",
            ("finding_id",),
            partitioned=True,
        ),
    )
}

DATASETS: Final[dict[str, Dataset]] = REPORT_DATASETS | ARCHIVE_DATASETS

__all__ = [
    "ARCHIVE_DATASETS",
    "DATASETS",
    "DOC_ID",
    "REGION_CODE",
    "REPORT_DATASETS",
    "REPORT_YEAR",
    "Block",
    "Cell",
    "Claim",
    "Column",
    "Dataset",
    "District",
    "Document",
    "Fact",
    "Finding",
    "Note",
    "Null",
    "Observation",
    "Sentence",
    "Table",
    "Unmapped",
    "YearOverYear",
]
