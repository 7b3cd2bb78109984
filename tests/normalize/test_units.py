"""Values in printed units → standard units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.units import is_unit, standardize
from pipeline.rules import load

RULES = load()


@pytest.mark.parametrize(
    ("value", "unit", "want"),
    [
        (1.1, "万元", (11000.0, "元")),
        (0.07, "亿元", (7000000.0, "元")),
        (2.82, "亿人", (282000000.0, "人")),
        (515.47, "万", (5154700.0, None)),
        (5, "万人次", (50000.0, "人次")),
        (7, "位", (7.0, "人")),
        (3, "亩", (2000.0, "平方米")),
        (9, "余平米", (9.0, "平方米")),
        (1.3, "万平方米", (13000.0, "平方米")),
        (1.1, "万元/生", (11000.0, "元/生")),
        (8, "成", (80.0, "%")),
        (85.5, "%", (85.5, "%")),
        (5, "个百分点", (5.0, "百分点")),
        (2, "Gbps", (2000.0, "Mbps")),
        (3.6, "个亿", (360000000.0, None)),
        (100, "M", (100.0, "Mbps")),
        (4, "台（套）", (4.0, "台套")),
        (6, "奇单位", (6.0, "奇单位")),
        (6, None, (6, None)),
        (None, "万元", (None, "元")),
    ],
)
def test_scale_and_synonyms_fold(
    value: float | None, unit: str | None, want: tuple[float | None, str | None]
) -> None:
    assert standardize(value, unit, RULES) == want


@given(st.integers(0, 10**9), st.integers(0, 3))
def test_ten_thousand_is_exact(n: int, places: int) -> None:
    value = float(f"{n}e-{places}")
    assert standardize(value, "万元", RULES)[0] == float(f"{n}e{4 - places}")


def test_a_run_of_scales_is_no_unit() -> None:
    run = "千" * 400
    assert standardize(3600.0, run, RULES) == (3600.0, run)
    assert not is_unit(run, RULES)
