"""What the stages after reading know of the report as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schema.rows import Level


@dataclass(frozen=True, slots=True)
class Context:
    """The report's own identity: the scope of every value that says nothing closer."""

    report_year: int | None = None
    region_code: str | None = None
    province: str | None = None
    city: str | None = None
    district: str | None = None
    org: str | None = None
    level: Level | None = None
    education: str | None = None

    @property
    def region(self) -> str | None:
        """The most specific division named."""
        return self.district or self.city or self.province

    @property
    def entity(self) -> str | None:
        """Whom the report is about: the school or enterprise, else the region."""
        return self.org or self.region
