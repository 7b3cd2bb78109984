"""datapackage.json fits the Frictionless specification, and says of the files what the files say."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import Package, Resource
from typer.testing import CliRunner

from pipeline.cli.verbs import app
from pipeline.publish.datapackage import NoData, datapackage, write_datapackage
from pipeline.rules import Rules
from pipeline.schema import DATASETS
from pipeline.version import PROGRAM


@pytest.fixture
def package(out: Path, rules: Rules) -> dict[str, Any]:
    return json.loads(write_datapackage(out, rules).read_text(encoding="utf-8"))


def test_the_descriptor_is_valid(package: dict[str, Any], out: Path) -> None:
    report = Package.validate_descriptor(package, basepath=str(out))
    assert report.valid, report.flatten(["message"])
    read = Package(str(out / "datapackage.json"))
    assert read.resource_names == [*DATASETS, "indicators"]
    assert [e for r in read.resources for e in r.schema.metadata_validate(r.schema.to_descriptor())] == []


def test_every_file_of_every_dataset_is_named_and_there(package: dict[str, Any], out: Path) -> None:
    for resource in package["resources"][:-1]:
        name = resource["name"]
        found = {p.relative_to(out).as_posix() for p in (out / name).rglob("*.parquet")}
        assert set(resource["path"]) == found
        assert resource["rows"] == pq.read_table(out / name).num_rows
        assert resource["bytes"] == sum((out / p).stat().st_size for p in found)


def test_the_columns_are_those_of_the_files_with_words_in_both_languages(
    package: dict[str, Any], out: Path
) -> None:
    for resource in package["resources"][:-1]:
        fields = resource["schema"]["fields"]
        columns = pq.read_table(out / resource["name"]).column_names
        assert {f["name"] for f in fields} == set(columns)
        assert all(f["title"] and f["description"] and f["description_zh"] for f in fields)
        assert all(("null_means" in f) != ("constraints" in f) for f in fields)
        assert set(resource["schema"]["primaryKey"]) <= set(columns)


def test_the_types_are_those_of_the_specification(package: dict[str, Any]) -> None:
    facts = next(r for r in package["resources"] if r["name"] == "facts")
    types = {f["name"]: f["type"] for f in facts["schema"]["fields"]}
    wanted = {
        "value": "number",
        "year": "integer",
        "is_preferred": "boolean",
        "dims": "object",
        "entity": "string",
    }
    assert {k: types[k] for k in wanted} == wanted


def test_provenance_and_licence(package: dict[str, Any], rules: Rules, out: Path) -> None:
    assert (package["program_version"], package["rules_version"]) == (PROGRAM, rules.version)
    assert package["licenses"][0]["name"] == "MIT"
    documents = pq.read_table(out / "documents").to_pylist()
    assert sum(s["reports"] for s in package["sources"]) == sum(d["status"] == "ok" for d in documents)


def test_the_codebook_holds_every_indicator_and_every_fact_points_into_it(
    package: dict[str, Any], out: Path, rules: Rules
) -> None:
    with (out / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = {r["id"]: r for r in csv.DictReader(file)}
    assert list(rows) == [i.id for i in rules.codebook.indicators]
    assert rows["students"]["canonical_id"] == rules.codebook.canonical["students"]
    for name in ("facts", "yoy", "districts"):
        assert set(pq.read_table(out / name)["indicator_id"].to_pylist()) <= rows.keys()
    assert Resource.from_descriptor(package["resources"][-1], basepath=str(out)).validate().valid


def test_the_same_data_give_the_same_descriptor(out: Path, rules: Rules) -> None:
    assert datapackage(out, rules) == datapackage(out, rules)
    assert "created" not in datapackage(out, rules)


def test_a_folder_without_datasets_is_told(tmp_path: Path, rules: Rules) -> None:
    with pytest.raises(NoData, match="run `nianbao run` first"):
        datapackage(tmp_path, rules)
    assert CliRunner().invoke(app, ["datapackage", "--out", str(tmp_path)]).exit_code == 2
