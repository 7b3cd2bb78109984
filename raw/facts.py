"""The figures of whom a report is about → printed numbers for its sentences, tables and forms."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Figures, of_region, of_school, pct, wobble
from .places import Region, School
from .prints import Printer, wan

_WORDS = {"income", "spending", "equipment", "special", "recurrent", "tuition", "donations", "other_income",
          "infrastructure", "purchases", "teaching", "development", "reform", "other_spending", "insurance",
          "internship", "training_income", "mentor_pay", "service"}  # fmt: skip


@dataclass(slots=True)
class Facts:
    """One report's figures; `region` is set in a district's report, `school` in a school's or college's own."""

    year: int
    show: Printer
    region: Region | None = None
    school: School | None = None

    @property
    def code(self) -> str:
        return self.school.code if self.school else self.region.code if self.region else ""

    def of(self, year: int) -> Figures:
        """The figures of a year."""
        if self.school:
            return of_school(self.school, year)
        if not self.region:
            raise ValueError("a report is about a region or a school")
        return of_region(self.region, year)

    @property
    def now(self) -> Figures:
        return self.of(self.year)

    @property
    def last(self) -> Figures:
        return self.of(self.year - 1)

    def value(self, name: str, year: int) -> int | str:
        """A figure as it is printed: money in 万元, everything else as counted."""
        number = getattr(self.of(year), name)
        return wan(number) if name in _WORDS else number

    def n(self, name: str) -> str:
        """This year's figure in prose."""
        return self.show(f"prose/{name}", self.value(name, self.year))

    def old(self, name: str) -> str:
        """Last year's figure in prose."""
        return self.show(f"prose/{name}/last", self.value(name, self.year - 1))

    def share(self, some: str, whole: str) -> str:
        """Some as a percentage of the whole in prose, without the sign."""
        return self.show(f"prose/{some}%{whole}", pct(getattr(self.now, some), getattr(self.now, whole)))

    def points(self, some: str, whole: str) -> str:
        """提高/下降 with the percentage points against last year."""
        now, last = (pct(getattr(f, some), getattr(f, whole)) for f in (self.now, self.last))
        if now == last:
            return "与上年持平"
        return f"较上年{'提高' if now > last else '下降'}{abs(now - last):.2f}个百分点"

    def more(self, name: str, unit: str) -> str:
        """增加/减少 with the difference from last year."""
        change = getattr(self.now, name) - getattr(self.last, name)
        if not change:
            return "与上年持平"
        amount = wan(abs(change)) if name in _WORDS else abs(change)
        return f"较上年{'增加' if change > 0 else '减少'}{self.show(f'prose/{name}+', amount)}{unit}"

    def grown(self, name: str) -> str:
        """增长/下降 with the rate against last year."""
        now, last = getattr(self.now, name), getattr(self.last, name)
        return (
            f"{'增长' if now >= last else '下降'}{self.show(f'prose/{name}+%', pct(abs(now - last), last))}%"
        )

    def per(self, name: str, over: str = "students") -> str:
        """A figure a head in prose, two decimals."""
        return self.show(f"prose/{name}/{over}", self.per_head(name, over, self.year))

    def per_head(self, name: str, over: str, year: int) -> float:
        """A figure a head."""
        return float(round(getattr(self.of(year), name) / getattr(self.of(year), over), 2))

    def draw(self, name: str, low: int, high: int, year: int | None = None) -> int:
        """A small figure of no further consequence, the same wherever it is asked for."""
        return wobble(f"{self.code}{year or self.year}{name}", low, high)

    def rate(self, name: str, low: int, high: int, year: int | None = None) -> float:
        """A percentage from low to high (in hundredths) of no further consequence."""
        return self.draw(name, low, high, year) / 100

    def salary(self, year: int | None = None) -> int:
        """Mean starting pay in yuan a month."""
        year = year or self.year
        return 2840 + 130 * (year - 2019) + self.draw("salary", 0, 90, year) + (900 if self.is_college else 0)

    @property
    def is_college(self) -> bool:
        return bool(self.school and self.school.code.startswith("4"))
