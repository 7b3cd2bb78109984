"""Reports made in the test → the findings of the audit; the cases stand in audit.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.compare.findings import number, one_digit, place, printed, slip, transposed
from tests.compare.made import datasets, rows

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "audit.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_the_audit_finds_what_is_wrong_and_nothing_else(case: dict[str, Any], tmp_path: Path) -> None:
    found = rows(datasets(tmp_path, case["reports"]), "findings")
    said = {(f.severity, f.check_id): f.message for f in found.itertuples()}
    wanted = [e.split() for e in case["expect"]]
    assert sorted(said) == sorted((severity, check) for severity, check, _, _ in wanted), list(said.values())
    for severity, check, actual, expected in wanted:
        assert actual in said[severity, check]
        assert expected in said[severity, check]


@pytest.mark.parametrize(
    ("a", "b", "factor"),
    [(20590, 2059, 10), (82754000, 8275.4, 10000), (2059, 2059, None), (20600, 2059, None), (0, 10, None), (-10, 1, None)],
)  # fmt: skip
def test_a_slip_is_an_exact_power_of_ten(a: float, b: float, factor: int | None) -> None:
    assert slip(a, b) == factor


@pytest.mark.parametrize(
    ("a", "b", "is_so"),
    [(2342, 2324, True), (1311, 1401, False), (3293, 3239, True), (62.86, 68.62, False), (12, 21, True), (1200, 1020, True), (5, 5, False)],
)  # fmt: skip
def test_transposed_means_two_neighbours_changed_places(a: float, b: float, is_so: bool) -> None:
    assert transposed(a, b) is is_so


@pytest.mark.parametrize(
    ("a", "b", "is_so"), [(6258, 6358, True), (98, 94, False), (100, 100, False), (6258, 625, False)]
)
def test_one_digit_of_at_least_three(a: float, b: float, is_so: bool) -> None:
    assert one_digit(a, b) is is_so


def test_numbers_and_places_read_as_a_person_writes_them() -> None:
    assert [number(x) for x in (62.857142, 300.0, -0.00001, 8275.4)] == ["62.8571", "300", "0", "8275.4"]
    assert printed("100％", "%") == "100％"
    assert printed("1,860", "台") == "1,860台"
    assert place("表3", True, 2, 3) == "附表3第3行第4列"
    assert place(None, None, None, None) == "正文"
