"""The audit on the sample archive: each planted contradiction is found, and nothing else is called an error."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline import flow
from pipeline.rules import Rules
from raw.planted import PLANTED
from raw.prints import Planted

RAW = Path(__file__).parents[2] / "raw"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("audit")
    flow.run(RAW, folder, workers=2)
    findings = pd.read_parquet(folder / "findings")
    documents = pd.read_parquet(folder / "documents", columns=["doc_id", "source", "status"])
    return findings.merge(documents[documents.status == "ok"], on="doc_id")


def says(message: str, printed: str) -> bool:
    return printed in message.replace(",", "")


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p.check}-{p.printed}")
def test_each_planted_contradiction_is_found_in_its_report_as_grave_as_it_is(
    found: pd.DataFrame, planted: Planted
) -> None:
    mine = found[(found.source == planted.file) & (found.check_id == planted.check)]
    hits = mine[[says(m, planted.printed) for m in mine.message]]
    assert list(hits.severity.unique()) == [planted.severity]


def test_whatever_is_called_an_error_was_planted(found: pd.DataFrame) -> None:
    errors = found[found.severity == "error"]
    numbers = [p.printed for p in PLANTED]
    strange = [m for m in errors.message if not any(says(m, n) for n in numbers)]
    assert len(errors) >= 12
    assert strange == []


def test_a_finding_shows_two_sides_or_the_rule_that_it_breaks(found: pd.DataFrame, rules: Rules) -> None:
    kinds = {c.id: c.kind for c in rules.checks.checks}
    for row in found.itertuples():
        assert len(row.sources) >= (
            1 if kinds[row.check_id] in ("impossible", "out_of_range", "peers") else 2
        )
        assert row.message.endswith("。")
        assert "{" not in row.message


def test_no_check_fires_twice_on_the_same_places(found: pd.DataFrame) -> None:
    assert found.finding_id.is_unique


def test_graver_findings_come_first_in_a_report(found: pd.DataFrame) -> None:
    order = {"error": 0, "warning": 1, "info": 2}
    for _, rows in found.groupby("doc_id", sort=False):
        gravity = [order[s] for s in rows.severity]
        assert gravity == sorted(gravity)
