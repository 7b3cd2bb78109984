"""What a check found → a finding in words: both numbers as printed, their places, a likely explanation."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from typing import Any, Final

from pipeline.rules import Rules
from pipeline.rules.checks import Check, CheckRules

GRAVITY: Final = ("error", "warning", "info")
_SURE: Final = 100
# Kinds whose two numbers are two prints of one thing: only there do their digits explain anything.
_TWO_PRINTS: Final = frozenset(("same_value", "other_report", "totals", "among", "history"))
_COMPUTED: Final = frozenset(("totals", "among", "identity", "prose_share", "prose_sum", "prose_change",
                              "table_change", "impossible", "out_of_range", "history", "peers"))  # fmt: skip


class Wording:
    """The words of one check."""

    def __init__(self, check: Check, checks: CheckRules, rules: Rules) -> None:
        self.check = check
        self.checks = checks
        self.rules = rules

    def finding(self, row: dict[str, Any]) -> dict[str, Any]:
        """One finding, as findings has it, from a row of cited.sql."""
        explanation, sure = self._explain(row)
        doubt = 0 if sure else row["doubt"]
        gravity = min(GRAVITY.index(self.check.severity) + doubt, len(GRAVITY) - 1)
        return {
            "finding_id": finding_id(self.check.id, row["sources"]),
            "doc_id": row["doc_id"],
            "report_year": row["report_year"],
            "region_code": row["region_code"],
            "check_id": self.check.id,
            "severity": GRAVITY[gravity],
            "indicator_id": row["indicator_id"],
            "year": row["year"],
            "entity": row["entity"],
            "message": self._message(row),
            "expected": row["expected"],
            "actual": row["actual"],
            "explanation": explanation,
            "sources": row["sources"],
        }

    def _explain(self, row: dict[str, Any]) -> tuple[str | None, bool]:
        """(the likely explanation, whether it settles that one side is wrong)."""
        say = self.checks.explanations
        if row["reason"] == "period":
            return say.period, False
        actual, expected = row["actual"], row["expected"]
        if self.check.kind not in _TWO_PRINTS or not expected or not actual:
            return None, False
        if factor := slip(actual, expected):
            # Of small numbers (1, 10) many are ten times another by chance.
            return say.slip.format(factor=f"{factor:,}"), min(actual, expected) >= _SURE
        if self.check.kind == "history":
            factor = slip(actual, expected, within=0.08)
            return (say.near_slip.format(factor=f"{factor:,}") if factor else None), False
        if transposed(actual, expected):
            return say.transposed, True
        if one_digit(actual, expected):
            return say.digit, False
        if abs(actual - expected) > self.checks.far * max(abs(actual), abs(expected)):
            return say.far, False
        return None, False

    def _message(self, row: dict[str, Any]) -> str:
        scale, unit = row["scale"] or 1.0, row["printed_unit"] or row["unit"] or ""
        if self.check.kind in _COMPUTED or row["there_print"] is None:
            expected = number(row["expected"] / scale) + unit
        else:
            expected = printed(row["there_print"], row["there_unit"])
        return self.check.message.format(
            entity=row["entity"] or "",
            year=row["year"] or "",
            indicator=row["indicator"] or "（未识别的指标）",
            actual=printed(row["print"], row["printed_unit"]),
            expected=expected,
            here=place(row["table_name"], row["annex"], row["row"], row["col"]),
            there=place(row["there_table"], row["there_annex"], row["there_row"], row["there_col"]),
            arithmetic=plain(row["arithmetic"]),
        )


def finding_id(check: str, sources: list[dict[str, Any]]) -> str:
    """16 hex digits: the check and the places it compares, the same for as long as those are."""
    text = "|".join([check, *(f"{s['doc_id']}{s['origin']}{s['origin_no']}" for s in sources)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def place(table: str | None, annex: bool | None, row: int | None, col: int | None) -> str:
    """正文, or a table with row and column counted from 1 as a reader counts them."""
    if table is None or row is None or col is None:
        return "正文"
    return f"{'附' if annex and '附' not in table else ''}{table}第{row + 1}行第{col + 1}列"


def printed(text: str | None, unit: str | None) -> str:
    """A value as it is printed, with its unit once."""
    text = (text or "").replace("\n", "")
    folded = unicodedata.normalize("NFKC", text)
    return text if not unit or unicodedata.normalize("NFKC", unit) in folded else text + unit


def number(value: float) -> str:
    """A computed number, to at most four decimals, without trailing zeros."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


def plain(arithmetic: str | None) -> str:
    """The arithmetic without the .0 of whole numbers."""
    return (arithmetic or "").replace(".0÷", "÷").replace(".0×", "×").replace(".0，", "，").removesuffix(".0")


def slip(a: float, b: float, within: float = 1e-4) -> int | None:
    """10, 100, 1000 … when one number is that many times the other, `within` so many powers of ten."""
    if a <= 0 or b <= 0:
        return None
    power = math.log10(max(a, b) / min(a, b))
    nearest = round(power)
    return int(10**nearest) if nearest >= 1 and abs(power - nearest) < within else None


def transposed(a: float, b: float) -> bool:
    """The numbers have the same digits, and two neighbours have changed places (2342, 2324)."""
    x, y = _digits(a), _digits(b)
    if len(x) != len(y) or sorted(x) != sorted(y):
        return False
    off = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    return len(off) == 2 and off[1] - off[0] == 1


def one_digit(a: float, b: float) -> bool:
    """The numbers, of at least three digits, differ in one digit only."""
    x, y = _digits(a), _digits(b)
    return len(x) == len(y) >= 3 and sum(p != q for p, q in zip(x, y, strict=True)) == 1


def _digits(value: float) -> str:
    return f"{abs(value):.10g}".replace(".", "")
