"""A printed label → its name, unit, period, and how far its words speak for each role."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pipeline.normalize.indicators import match
from pipeline.normalize.periods import find_periods, parse_period
from pipeline.normalize.units import unit_line
from pipeline.rules import Rules

LabelRole = Literal[
    "measure", "dim", "entity", "period", "unit", "total", "change", "generic", "gather", "unknown"
]
NOUN = 0.95  # the vote of a bare noun that the codebook counts
_EMPTY = re.compile(r"\(\)|（）")
_DIVISION = re.compile(r"^.{2,9}?[省市区县州旗](?=.{3})")
_MOST_KNOWN = 10_000  # labels kept by a reader; more are forgotten together
# Two years in a row with nothing beside them head a column only as a school year (2021-2022).
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)[-—–~～/]{1,2}((?:19|20)\d\d)\Z")

_MONTH = re.compile(r"(1[0-2]|0?[1-9])月份?\Z")  # of the report year, where a label is no more than this


@dataclass(slots=True)
class Label:
    """One label. `full` is without its unit, `name` also without its period.

    `votes` weighs what its words speak for; `heads` says that it usually heads a column (指标, 单位).
    """

    text: str
    full: str
    name: str
    unit: str | None
    period: tuple[str, int] | None
    marked: bool
    role: LabelRole
    dim: str | None = None
    heads: bool = False
    votes: dict[LabelRole, float] = field(default_factory=dict)


class LabelReader:
    """Reads labels with one set of rules for one report year, each distinct text once."""

    def __init__(self, rules: Rules, report_year: int | None, relative: dict[str, tuple[str, int]]) -> None:
        self.rules, self.report_year, self.relative = rules, report_year, relative
        self._known: dict[str, Label] = {}
        self._named: dict[str, Label] = {}
        self._value_column = dict(rules.roles.column_regexes)["value"]

    def read(self, text: str) -> Label:
        """The label that a cell's text is."""
        return _kept(self._known, text, self._read)

    def named(self, text: str) -> Label:
        """The label with its definite role and its name alone, without what its words vote for."""
        return _kept(self._named, text, self._name)

    def period(self, folded: str) -> tuple[str, int] | None:
        """The period that a whole label is, as defined by the table's notes, else by the calendar.

        Width and white space of the label are folded already.
        """
        month = _MONTH.match(folded)
        if month and self.report_year:
            return f"{self.report_year}-{int(month[1]):02d}", self.report_year
        school = _SCHOOL_YEAR.match(folded)
        if school and int(school[2]) == int(school[1]) + 1:
            return f"{school[1]}/{school[2]}", int(school[2])
        return self.relative.get(folded) or parse_period(folded, self.report_year, self.rules.periods)

    def _read(self, text: str) -> Label:
        label = self._name(text)
        if label.role == "unknown":
            self._vote(label)
        label.heads = self._heads_column(label)
        return label

    def _name(self, text: str) -> Label:
        folded = "".join(unicodedata.normalize("NFKC", text).split())
        book = self.rules.codebook
        bare, unit = book.split_unit(folded)
        marked = bool(book.labels.among_regex.match(folded))
        period = self.period(bare)
        full = printed(text, unit)
        label = Label(text, full, full, unit, period, marked, self._definite(bare, unit, period))
        if label.role == "unknown":
            self._take_period(label, bare)
        return label

    def _heads_column(self, label: Label) -> bool:
        roles, name = self.rules.roles, self.rules.codebook.clean(label.name)
        return label.role == "unit" or bool(
            roles.column_regex.match(name) or roles.class_column_regex.match(name)
        )

    def _definite(self, bare: str, unit: str | None, period: tuple[str, int] | None) -> LabelRole:
        roles = self.rules.roles
        if not bare or (unit is None and self.rules.codebook.is_unit(bare)) or unit_line(bare, self.rules):
            return "unit"
        if period:
            return "period"
        name = self.rules.codebook.clean(bare)
        if self._adds_up(name, unit):
            return "total"
        if roles.change_regex.match(name):
            return "change"
        return "gather" if not name else "unknown"

    def _adds_up(self, name: str, unit: str | None) -> bool:
        """合计, 海棠校区合计 add up others; 学费收入合计 is a measure."""
        roles = self.rules.roles
        m = roles.total_regex.match(name)
        if not m:
            return False
        of = roles.total_tail_regex.sub("", name)
        summed = of not in ("", name) and bool(roles.measure_regex.search(of))
        return not summed and not match([name], unit, self.rules.codebook)

    def _says_measure(self, name: str) -> bool:
        """The name itself says that it is a quantity (在校生数), not only what is counted (在校生)."""
        return bool(
            self.rules.roles.measure_regex.search(name)
            or self.rules.codebook.labels.generic_regex.search(name)
        )

    def _counts(self, name: str) -> bool:
        """The name ends as only a quantity's does: 参测人数, 达标率, not 数 or 水平."""
        tail = self.rules.codebook.labels.generic_regex.search(name)
        return bool(self.rules.roles.percent_regex.search(name) or (tail and len(tail[0]) > 1))

    def _take_period(self, label: Label, bare: str) -> None:
        """Tell the period that a label names beside other things, and take it out of the name."""
        found = find_periods(bare, self.report_year, self.rules.periods)
        label.period = (found[0].period, found[0].year) if len(found) == 1 else None
        name = label.name
        if name != bare:
            found = find_periods(name, self.report_year, self.rules.periods)
        for p in reversed(found):
            name = name[: p.start] + name[p.end :]
        label.name = _EMPTY.sub("", name).strip("的 ") or label.name

    def _vote(self, label: Label) -> None:
        roles, name, votes = self.rules.roles, self.rules.codebook.clean(label.name), label.votes
        tail = self.rules.codebook.labels.generic_kinds.get(name)
        if tail or self._value_column.match(name):
            votes["generic"] = 1.0
        if match([name], label.unit, self.rules.codebook):
            votes["measure"] = 1.3 if label.unit else 1.0 if self._says_measure(name) else NOUN
        elif label.unit or ("generic" not in votes and roles.measure_regex.search(name)):
            votes["measure"] = 0.9 if label.unit or self._counts(name) else 0.6
        known = roles.class_regex.match(name)
        dim = next(d for d, p in roles.class_regexes if p.match(name)) if known else None
        if dim:
            label.dim, votes["dim"] = dim, 1.2 if votes.get("measure") == 0.6 else 1.0
        elif roles.class_shape_regex.search(name) and not votes.get("measure"):
            votes["dim"] = 0.4
        if is_entity(name, self.rules):
            votes["entity"] = 1.0
        if roles.gather_regex.match(name) and votes.get("measure", 0) < 1 and not dim:
            votes["gather"] = 0.8


def _kept(known: dict[str, Label], text: str, read: Callable[[str], Label]) -> Label:
    label = known.get(text)
    if label is None:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        label = known[text] = read(text)
    return label


@lru_cache(maxsize=16)
def label_reader(rules: Rules, report_year: int | None) -> LabelReader:
    """The reader that a process has for reports of one year: forms print the same labels in all of them."""
    return LabelReader(rules, report_year, {})


def is_entity(name: str, rules: Rules) -> bool:
    """The words have the shape of a school's or a division's name, not of a kind of school."""
    roles = rules.roles
    if not roles.entity_regex.search(name) or roles.entity_not_regex.search(name):
        return False
    return not roles.entity_not_regex.search(_DIVISION.sub("", name))


def printed(text: str, unit: str | None) -> str:
    """The label as printed, without white space and without its unit in brackets."""
    name = "".join(text.split())
    if unit:
        folded = unicodedata.normalize("NFKC", name)
        cut = folded.rfind("(")
        if cut > 0 and len(folded) == len(name):
            return name[:cut]
        return name.removesuffix(unit) if not folded.endswith(")") else name
    return name
