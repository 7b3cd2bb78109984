"""The rows that travel between the stages, and what each column of theirs means.

Rows of one report do not repeat `doc_id`, `report_year` and `region_code`: those are the report's, and
are added when the rows become a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypedDict

from pipeline.schema.columns import (
    BOOL,
    DIMS,
    FLOAT32,
    FLOAT64,
    INT8,
    INT16,
    INT32,
    INT64,
    NEAREST,
    STRING,
    STRINGS,
    Null,
    Unit,
)

Kind = Literal["heading", "paragraph", "caption", "table", "image", "toc", "list"]
Role = Literal["header", "stub", "value", "note", "blank"]
Status = Literal["ok", "duplicate", "quarantined"]
ValueStatus = Literal["reported", "not_applicable", "illegible"]
Qualifier = Literal["exact", "about", "over", "under", "at_least", "at_most", "range"]
Relation = Literal["level", "share", "change", "difference", "rank", "target", "threshold"]
Level = Literal["national", "province", "city", "district", "school", "college", "enterprise"]

_NO_VALUE = Null("the cell holds no number that could be read: see `status`")
_NOT_SAID = Null("not stated")


@dataclass(slots=True)
class Document:
    """One input file, also one that could not be read."""

    doc_id: Annotated[str, STRING, "First 16 hex digits of the SHA-256 of the file's bytes"]
    source: Annotated[str, STRING, "Path below the raw folder, or the URI"]
    sha256: Annotated[str, STRING, "SHA-256 of the file's bytes, hexadecimal"]
    size_bytes: Annotated[int, INT64, "Size of the file", Unit("bytes")]
    status: Annotated[Status, STRING, "ok | duplicate (same bytes as an earlier file) | quarantined"]
    error: Annotated[str | None, STRING, "CODE: what is wrong and what to do", Null("the file was read")] = (
        None
    )
    title: Annotated[str | None, STRING, "The report's title as printed", _NOT_SAID] = None
    report_year: Annotated[
        int | None, INT16, "Year the report is for (2023年度 published in 2024 is 2023)", _NOT_SAID
    ] = None
    publisher: Annotated[str | None, STRING, "Who filed the report, as printed", _NOT_SAID] = None
    level: Annotated[
        Level | None,
        STRING,
        "national | province | city | district | school | college | enterprise",
        _NOT_SAID,
    ] = None
    region_code: Annotated[
        str | None, STRING, "GB/T 2260 code of the most specific division named", _NOT_SAID
    ] = None
    province: Annotated[str | None, STRING, "Province-level division", _NOT_SAID] = None
    city: Annotated[
        str | None,
        STRING,
        "Prefecture-level division",
        Null("not stated, or the province has none above the district"),
    ] = None
    district: Annotated[str | None, STRING, "County-level division", _NOT_SAID] = None
    org: Annotated[
        str | None, STRING, "School or enterprise, where `level` is one", Null("the report is a region's")
    ] = None
    education: Annotated[str | None, STRING, "中职 | 高职 | 技工 | 职业教育", _NOT_SAID] = None
    n_blocks: Annotated[int, INT32, "Number of rows in blocks"] = 0
    n_tables: Annotated[int, INT32, "Number of rows in tables"] = 0
    n_observations: Annotated[int, INT32, "Number of rows in observations"] = 0
    n_claims: Annotated[int, INT32, "Number of rows in claims"] = 0


@dataclass(slots=True)
class Block:
    """One heading, paragraph, caption, table, image or contents line, in reading order."""

    block_no: Annotated[int, INT32, "Position in reading order, from 0"]
    kind: Annotated[Kind, STRING, "heading | paragraph | caption | table | image | toc | list"]
    text: Annotated[str, STRING, "The text exactly as a reader sees it; a line break inside is \\n"]
    level: Annotated[int | None, INT8, "Heading level, 1 to 9", Null("not a heading")] = None
    number: Annotated[
        str | None,
        STRING,
        "The number as printed, typed or automatic (2.5.1, 一、, 案例3)",
        Null("it has none"),
    ] = None
    section: Annotated[str, STRING, "Heading texts from the top, joined with ' > '"] = ""
    table_no: Annotated[
        int | None,
        INT16,
        "The table, on a table block and on the caption that belongs to it",
        Null("no table"),
    ] = None


@dataclass(slots=True)
class Table:
    """One table."""

    table_no: Annotated[int, INT16, "From 1 in body order; tables inside tables come after the body's"]
    block_no: Annotated[int, INT32, "The block that the table stands in"]
    n_rows: Annotated[int, INT16, "Grid rows"]
    n_cols: Annotated[int, INT16, "Grid columns"]
    caption: Annotated[str | None, STRING, "Caption as printed", Null("the table has none")] = None
    number: Annotated[str | None, STRING, "Number in the caption (表1)", Null("the caption has none")] = None
    section: Annotated[str, STRING, "Section that the table stands in, as in blocks"] = ""
    annex: Annotated[bool, BOOL, "Stands in the annex of official forms"] = False
    template: Annotated[
        str | None, STRING, "Rule that recognised the layout", Null("no official form was recognised")
    ] = None
    unit_note: Annotated[
        str | None, STRING, "Unit printed for the whole table (单位：万元)", Null("none is printed")
    ] = None


@dataclass(slots=True)
class Cell:
    """One (merged) cell of a table; the cells of a table cover each grid position exactly once."""

    table_no: Annotated[int, INT16, "The table"]
    row: Annotated[int, INT16, "First grid row, from 0"]
    col: Annotated[int, INT16, "First grid column, from 0"]
    rowspan: Annotated[int, INT16, "Grid rows covered"]
    colspan: Annotated[int, INT16, "Grid columns covered"]
    text: Annotated[str, STRING, "Text as printed; paragraphs and breaks are \\n"]
    role: Annotated[Role, STRING, "header | stub | value | note | blank"] = "blank"
    is_header_row: Annotated[bool, BOOL, "Word marks the row as a repeated header (w:tblHeader)"] = False


@dataclass(slots=True)
class Note:
    """One thing that was seen and not taken, and why. It stands in a block or in a table cell."""

    code: Annotated[str, STRING, "Code from the catalogue of notes"]
    text: Annotated[str, STRING, "The characters it is about"]
    message: Annotated[str, STRING, "Why it was not taken"]
    block_no: Annotated[
        int | None, INT32, "The block", Null("the note is about a table cell or the file")
    ] = None
    start: Annotated[
        int | None, INT32, "First character in blocks.text", Null("about the block as a whole")
    ] = None
    end: Annotated[int | None, INT32, "One past the last character", Null("about the block as a whole")] = (
        None
    )
    table_no: Annotated[int | None, INT16, "The table", Null("the note is not about a table")] = None
    row: Annotated[int | None, INT16, "Grid row", Null("not about a cell")] = None
    col: Annotated[int | None, INT16, "Grid column", Null("not about a cell")] = None
    note_no: Annotated[int, INT32, "Running number within the report, from 0"] = -1


@dataclass(slots=True)
class Sentence:
    """One sentence of a block with its tokens. Offsets are into blocks.text."""

    block_no: Annotated[int, INT32, "The block"]
    sent_no: Annotated[int, INT16, "From 0 within the block"]
    start: Annotated[int, INT32, "First character in blocks.text"]
    end: Annotated[int, INT32, "One past the last character"]
    text: Annotated[str, STRING, "The sentence as printed"]
    tokens: Annotated[list[str], STRINGS, "Tokens in order; joined they give the text"]
    pos: Annotated[list[str], STRINGS, "Part of speech of each token (jieba tag set)"]


@dataclass(slots=True)
class Observation:
    """One value read from a table cell."""

    table_no: Annotated[int, INT16, "The table"]
    row: Annotated[int, INT16, "Grid row of the cell"]
    col: Annotated[int, INT16, "Grid column of the cell"]
    raw: Annotated[str, STRING, "The characters the value was read from"]
    part: Annotated[int, INT16, "Part of a composite cell (22人10天), from 0"] = 0
    labels: Annotated[list[str], STRINGS, "Header path: row labels, then column headers, outermost first"] = (
        field(default_factory=list)
    )
    indicator_id: Annotated[
        str | None, STRING, "Indicator in the codebook", Null("no rule knows the label: see unmapped")
    ] = None
    indicator: Annotated[
        str | None, STRING, "Canonical Chinese name", Null("no rule knows the label: see unmapped")
    ] = None
    dims: Annotated[dict[str, str], DIMS, "What classifies the value, such as {专业大类: 轻工纺织大类}"] = (
        field(default_factory=dict)
    )
    entity: Annotated[str | None, STRING, "Whom the value is about, in full", _NOT_SAID] = None
    period: Annotated[
        str | None, STRING, "2024 | 2023/2024 (school year) | 2024-06 | 2022..2024", _NOT_SAID
    ] = None
    year: Annotated[
        int | None, INT16, "Year the value belongs to; a school year counts for its second", _NOT_SAID
    ] = None
    value: Annotated[float | None, FLOAT64, "The number as printed", _NO_VALUE] = None
    value_high: Annotated[float | None, FLOAT64, "Upper end of a range", Null("not a range")] = None
    unit: Annotated[
        str | None, STRING, "Unit as printed, in the cell, header, column or caption", Null("no unit")
    ] = None
    std_value: Annotated[float | None, FLOAT64, "The number in the standard unit", _NO_VALUE] = None
    std_unit: Annotated[str | None, STRING, "Standard unit (万元 is 元, 亿 is 1)", Null("no unit")] = None
    qualifier: Annotated[Qualifier, STRING, "exact | about | over | under | at_least | at_most | range"] = (
        "exact"
    )
    status: Annotated[ValueStatus, STRING, "reported | not_applicable | illegible"] = "reported"
    rule: Annotated[str, STRING, "Id of the rule that made the row"] = ""
    confidence: Annotated[float, FLOAT32, "Estimated probability that the row is right in every field"] = 0.0
    obs_no: Annotated[int, INT32, "Running number within the report, from 0"] = -1


@dataclass(slots=True)
class Claim:
    """One number stated in prose; blocks.text[start:end] == quote."""

    block_no: Annotated[int, INT32, "The block"]
    start: Annotated[int, INT32, "First character in blocks.text"]
    end: Annotated[int, INT32, "One past the last character"]
    quote: Annotated[str, STRING, "The number with its qualifier and unit, as printed"]
    sentence: Annotated[str, STRING, "The sentence it stands in"]
    indicator_text: Annotated[str, STRING, "The noun phrase that the number measures"]
    indicator_id: Annotated[
        str | None, STRING, "Indicator in the codebook", Null("no rule knows the phrase: see unmapped")
    ] = None
    indicator: Annotated[
        str | None, STRING, "Canonical Chinese name", Null("no rule knows the phrase: see unmapped")
    ] = None
    dims: Annotated[dict[str, str], DIMS, "What classifies the value"] = field(default_factory=dict)
    entity: Annotated[str | None, STRING, "Whom the value is about, in full", _NOT_SAID] = None
    period: Annotated[
        str | None, STRING, "2024 | 2023/2024 (school year) | 2024-06 | 2022..2024", _NOT_SAID
    ] = None
    year: Annotated[int | None, INT16, "Year the value belongs to", _NOT_SAID] = None
    relation: Annotated[
        Relation, STRING, "level | share | change | difference | rank | target | threshold"
    ] = "level"
    base: Annotated[
        str | None,
        STRING,
        "The whole of a share, or what a change is measured against",
        Null("neither share nor change"),
    ] = None
    value: Annotated[float | None, FLOAT64, "The number as printed", Null("could not be read")] = None
    value_high: Annotated[float | None, FLOAT64, "Upper end of a range", Null("not a range")] = None
    unit: Annotated[str | None, STRING, "Unit as printed, without qualifier", Null("no unit")] = None
    std_value: Annotated[
        float | None, FLOAT64, "The number in the standard unit", Null("could not be read")
    ] = None
    std_unit: Annotated[str | None, STRING, "Standard unit", Null("no unit")] = None
    qualifier: Annotated[Qualifier, STRING, "exact | about | over | under | at_least | at_most | range"] = (
        "exact"
    )
    rule: Annotated[str, STRING, "Id of the rule that made the row"] = ""
    confidence: Annotated[float, FLOAT32, "Estimated probability that the row is right in every field"] = 0.0
    claim_no: Annotated[int, INT32, "Running number within the report, from 0"] = -1


class Nearest(TypedDict):
    """A known indicator that resembles a label, with the similarity from 0 to 1."""

    indicator_id: str
    score: float


@dataclass(slots=True)
class Unmapped:
    """One label or noun phrase that no rule knows yet."""

    label: Annotated[str, STRING, "The label or noun phrase, without unit, numbering and marks"]
    where: Annotated[Literal["table", "prose"], STRING, "table | prose"]
    count: Annotated[int, INT32, "Number of values under it"]
    reports: Annotated[int, INT32, "Number of reports that have it"]
    nearest: Annotated[list[Nearest], NEAREST, "The most similar known indicators, best first"]
    example: Annotated[str, STRING, "One place: the labels and the value, or the sentence"]
