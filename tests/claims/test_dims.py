"""What classifies a claim: the cohort of its clause, the level and the prize in its phrase."""

from __future__ import annotations

import pytest

from pipeline.claims import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules
from pipeline.schema import Block


@pytest.mark.parametrize(
    ("text", "dims"),
    [
        ("2021级在籍学生312人。", [{"年级": "2021级"}]),
        ("2021级共有3名学生在企业实习；全校教职工88人。", [{"年级": "2021级"}, {}]),
        ("建成省级实训基地8个、市级实训基地12个。", [{"级别": "省级"}, {"级别": "市级"}]),
        ("学生获一等奖2项。", [{"奖项": "一等奖"}]),
        ("专任教师345人。", [{}]),
    ],
)
def test_dims(text: str, dims: list[dict[str, str]], rules: Rules) -> None:
    rows = claim([Block(0, "paragraph", text)], Context(report_year=2023, district="青石区"), rules)
    assert [c.dims for c in rows.claims] == dims
