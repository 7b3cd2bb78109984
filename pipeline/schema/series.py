"""The rows made over the whole archive: facts, yoy, districts, findings, and what each column means.

They are made by queries, not by one report; so every row carries its report's columns itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

from pipeline.schema.columns import (
    BOOL,
    DIMS,
    FLOAT32,
    FLOAT64,
    INT16,
    INT32,
    SOURCES,
    STRING,
    Null,
    Unit,
)

Origin = Literal["table", "prose"]
Scope = Literal["region", "school", "other"]
Basis = Literal["same_report", "consecutive_reports"]
Severity = Literal["error", "warning", "info"]

_NOT_SAID = Null("not stated")
_NO_YEAR = Null("the report names no year")
_NO_REGION = Null("no division is named")
_COMPARABLE = Null("nothing stands against it")


@dataclass(slots=True)
class Fact:
    """One normalized value of a known indicator, from a table or from prose."""

    fact_id: Annotated[str, STRING, "doc_id, then t and the obs_no or p and the claim_no"]
    doc_id: Annotated[str, STRING, "The report"]
    report_year: Annotated[int | None, INT16, "Year the report is for", _NO_YEAR]
    origin: Annotated[Origin, STRING, "table | prose"]
    origin_no: Annotated[int, INT32, "obs_no in observations, or claim_no in claims"]
    place: Annotated[Literal["annex", "body", "prose"], STRING, "annex table | body table | prose"]
    region_code: Annotated[str | None, STRING, "GB/T 2260 code of the report's division", _NO_REGION]
    province: Annotated[str | None, STRING, "Province-level division", _NOT_SAID]
    city: Annotated[str | None, STRING, "Prefecture-level division", _NOT_SAID]
    district: Annotated[str | None, STRING, "County-level division", _NOT_SAID]
    level: Annotated[str | None, STRING, "Level of the report, as in documents", _NOT_SAID]
    education: Annotated[str | None, STRING, "中职 | 高职 | 技工 | 职业教育", _NOT_SAID]
    entity: Annotated[str | None, STRING, "Whom the value is about, in full", _NOT_SAID]
    scope: Annotated[Scope, STRING, "region: the report's own division | school | other"]
    indicator_id: Annotated[str, STRING, "Indicator in the codebook; two names of one concept are one"]
    indicator: Annotated[str, STRING, "Canonical Chinese name"]
    series_id: Annotated[str, STRING, "First indicator of the series that editions of the forms continue"]
    dims: Annotated[dict[str, str], DIMS, "What classifies the value"]
    year: Annotated[int | None, INT16, "Year the value belongs to", _NOT_SAID]
    period: Annotated[str | None, STRING, "Period as in observations and claims", _NOT_SAID]
    value: Annotated[float, FLOAT64, "The value in the standard unit"]
    value_high: Annotated[float | None, FLOAT64, "Upper end of a range, standard unit", Null("not a range")]
    unit: Annotated[str | None, STRING, "Standard unit", Null("no unit")]
    tolerance: Annotated[
        float, FLOAT64, "Half a unit of the last digit printed, in the standard unit: what rounding explains"
    ]
    qualifier: Annotated[str, STRING, "exact | about | over | under | at_least | at_most | range"]
    relation: Annotated[str, STRING, "level | share | change | difference | rank | target | threshold"]
    is_preferred: Annotated[
        bool, BOOL, "The one to use of a report's mentions of one value: annex, body, prose; exact first"
    ]
    confidence: Annotated[float, FLOAT32, "Estimated probability that the row is right in every field"]


@dataclass(slots=True)
class YearOverYear:
    """One indicator of one entity in two consecutive years."""

    report_year: Annotated[int | None, INT16, "Year of the report that gives the later value", _NO_YEAR]
    region_code: Annotated[str | None, STRING, "GB/T 2260 code of the report's division", _NO_REGION]
    province: Annotated[str | None, STRING, "Province-level division", _NOT_SAID]
    city: Annotated[str | None, STRING, "Prefecture-level division", _NOT_SAID]
    district: Annotated[str | None, STRING, "County-level division", _NOT_SAID]
    level: Annotated[str | None, STRING, "Level of the report, as in documents", _NOT_SAID]
    entity: Annotated[str | None, STRING, "Whom the values are about, in full", _NOT_SAID]
    scope: Annotated[Scope, STRING, "region | school | other"]
    indicator_id: Annotated[str, STRING, "Indicator of the later value"]
    indicator: Annotated[str, STRING, "Canonical Chinese name"]
    dims: Annotated[dict[str, str], DIMS, "What classifies the values"]
    unit: Annotated[str | None, STRING, "Standard unit of both values", Null("no unit")]
    year: Annotated[int, INT16, "Year of the later value"]
    value: Annotated[float, FLOAT64, "The later value"]
    prev_value: Annotated[float, FLOAT64, "The value of the year before"]
    change: Annotated[float, FLOAT64, "value − prev_value, in the unit; percentage points for rates"]
    change_pct: Annotated[
        float | None,
        FLOAT64,
        "100 × change / |prev_value|",
        Unit("%"),
        Null("a rate (its change is in percentage points), a ratio, or the earlier value is 0"),
    ]
    basis: Annotated[
        Basis, STRING, "same_report: both from one report | consecutive_reports: each from its own year's"
    ]
    restated: Annotated[
        bool, BOOL, "The later report gives the earlier year another value than the earlier report did"
    ]
    comparable: Annotated[bool, BOOL, "The two values measure the same thing in the same way"]
    note: Annotated[
        str | None, STRING, "Why they cannot be compared, or what the editions changed", _COMPARABLE
    ]
    fact_id: Annotated[str, STRING, "The later value in facts"]
    prev_fact_id: Annotated[str, STRING, "The earlier value in facts"]


@dataclass(slots=True)
class District:
    """One indicator in one year of one region or school, among its like."""

    report_year: Annotated[int | None, INT16, "Year of the report that the value is from", _NO_YEAR]
    year: Annotated[int, INT16, "Year the value belongs to"]
    indicator_id: Annotated[str, STRING, "Indicator in the codebook"]
    indicator: Annotated[str, STRING, "Canonical Chinese name"]
    dims: Annotated[dict[str, str], DIMS, "What classifies the value"]
    unit: Annotated[str | None, STRING, "Standard unit", Null("no unit")]
    scope: Annotated[Scope, STRING, "region: ranked among regions of its level | school: among schools"]
    level: Annotated[str | None, STRING, "Level of the report: only one level is ranked together", _NOT_SAID]
    education: Annotated[
        str | None, STRING, "中职 | 高职 | 技工 | 职业教育: only one is ranked together", _NOT_SAID
    ]
    region_code: Annotated[str | None, STRING, "GB/T 2260 code", _NO_REGION]
    province: Annotated[str | None, STRING, "Province-level division", _NOT_SAID]
    city: Annotated[str | None, STRING, "Prefecture-level division", _NOT_SAID]
    district: Annotated[str | None, STRING, "County-level division", _NOT_SAID]
    entity: Annotated[str | None, STRING, "The region or school, in full", _NOT_SAID]
    value: Annotated[float, FLOAT64, "The value in the standard unit"]
    rank: Annotated[
        int | None,
        INT32,
        "1 is best (highest, or lowest where lower is better); equal values share the best rank",
        Null("not comparable: see `note`"),
    ]
    n: Annotated[int, INT32, "Number of values ranked together"]
    valid_share: Annotated[
        float | None,
        FLOAT64,
        "n, of 100 reports of that year, level and education",
        Unit("%"),
        Null("no report of that year is in the archive"),
    ]
    percentile: Annotated[
        float | None,
        FLOAT64,
        "Share of the other values that are not above this one (0 lowest, 100 highest)",
        Unit("%"),
        Null("not comparable, or the only value"),
    ]
    median: Annotated[
        float | None, FLOAT64, "Median of the values ranked together", Null("none can be compared")
    ]
    distance: Annotated[
        float | None, FLOAT64, "value − median, in the unit", Null("not comparable: see `note`")
    ]
    comparable: Annotated[bool, BOOL, "The value is like those it stands among"]
    note: Annotated[str | None, STRING, "Why it is not ranked", _COMPARABLE]
    fact_id: Annotated[str, STRING, "The value in facts"]


class Source(TypedDict):
    """One side of a finding: an observation or a claim of a report."""

    doc_id: str
    origin: Origin
    origin_no: int


@dataclass(slots=True)
class Finding:
    """One contradiction or arithmetic fault found in or between reports."""

    finding_id: Annotated[str, STRING, "Hash of the check and its sources"]
    doc_id: Annotated[str, STRING, "The report in which the fault would be mended"]
    report_year: Annotated[int | None, INT16, "Year the report is for", _NO_YEAR]
    region_code: Annotated[str | None, STRING, "GB/T 2260 code", _NO_REGION]
    check_id: Annotated[str, STRING, "Check in rules/checks.yaml"]
    severity: Annotated[Severity, STRING, "error | warning | info"]
    indicator_id: Annotated[
        str | None, STRING, "Indicator of the value in doubt", Null("the value has no known indicator")
    ]
    year: Annotated[int | None, INT16, "Year of the value in doubt", _NOT_SAID]
    entity: Annotated[str | None, STRING, "Whom the value in doubt is about", _NOT_SAID]
    message: Annotated[str, STRING, "One sentence in Chinese with both numbers in it"]
    expected: Annotated[
        float | None,
        FLOAT64,
        "What the other side says, or the arithmetic gives",
        Null("a rule, not a value"),
    ]
    actual: Annotated[float, FLOAT64, "The value in doubt, standard unit"]
    explanation: Annotated[str | None, STRING, "Likely explanation, in Chinese", Null("none is evident")]
    sources: Annotated[list[Source], SOURCES, "The values compared, the one in doubt first"]
