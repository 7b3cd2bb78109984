"""A figure and its place in a report → what is printed there: the figure, or the deliberate contradiction."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Planted:
    """A contradiction on purpose: at `place` of `file` stands `printed` where the others say something else."""

    file: str
    check: str
    place: str
    indicator: str
    printed: str
    severity: str
    note: str


@dataclass(slots=True)
class Printer:
    """Prints the figures of one report; remembers which contradictions were printed and against what."""

    planted: dict[str, Planted] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def __call__(self, place: str, value: float | str) -> str:
        """The printed form of `value` at `place`, such as prose/students or table/teachers/2023/dual."""
        true = plain(value)
        if place not in self.planted:
            return true
        if place in self.used:
            raise ValueError(f"two figures at one place: {place}")
        self.used[place] = true
        return self.planted[place].printed


def plain(value: float | str) -> str:
    """A number as the reports print it: counts whole, the rest with two decimals, words as they are."""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def wan(yuan: int) -> str:
    """Yuan in 万元 with two decimals."""
    return f"{yuan / 10000:.2f}"


def thousands(value: int) -> str:
    """1,234."""
    return f"{value:,}"
