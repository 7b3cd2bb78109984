"""Rules files: a fault names file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rules import DEFAULT_FOLDER, RuleFault, load, version_of
from pipeline.rules.load import RuleModel, load_csv, load_yaml


class Unit(RuleModel):
    name: str
    factor: float


class Units(RuleModel):
    units: tuple[Unit, ...]


def fault(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFault) as e:
        load_yaml(path, Units)
    return str(e.value)


def test_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "units.yaml"
    path.write_text("units:\n  - {name: 万元, factor: 10000}\n", encoding="utf-8")
    assert load_yaml(path, Units).units[0] == Unit(name="万元", factor=10000)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("units:\n  - name: 万元\n    factor: 一万\n", 3, "units.0.factor"),
        ("units:\n  - {name: 元, factor: 1}\n  - name: 人\n", 3, "units.1.factor: Field required"),
        ("units:\n  - {name: 元, factor: 1, facotr: 2}\n", 2, "Extra inputs"),
        ("units:\n  - {name: 元\n", 3, "check the indentation"),
        ("", 1, "file:"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    message = fault(tmp_path / "units.yaml", text)
    assert message.startswith(f"{tmp_path / 'units.yaml'}:{line}: ")
    assert said in message


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    message = fault(tmp_path / "u.yaml", "units:\n  - {name: 元}\n  - {factor: 1}\n")
    assert [line.split(":")[1] for line in message.splitlines()] == ["2", "3"]


def test_a_missing_file_and_one_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(RuleFault, match="missing"):
        load_yaml(tmp_path / "none.yaml", Units)
    (tmp_path / "gbk.yaml").write_bytes("units: 单位".encode("gbk"))
    with pytest.raises(RuleFault, match="save it as UTF-8"):
        load_yaml(tmp_path / "gbk.yaml", Units)


def test_csv_faults_have_their_line(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("name,factor\n元,1\n万元,很多\n", encoding="utf-8")
    with pytest.raises(RuleFault, match=r"units\.csv:3: factor"):
        load_csv(path, Unit)


def test_the_version_changes_with_any_byte_of_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x: 1")
    before = version_of(tmp_path)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.csv").write_text("y")
    assert version_of(tmp_path) != before
    (tmp_path / "b" / "c.csv").unlink()
    assert version_of(tmp_path) == before


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(RuleFault, match="--rules"):
        load(tmp_path / "none")


def test_the_rules_of_the_repository_load() -> None:
    assert load(DEFAULT_FOLDER).version == version_of(DEFAULT_FOLDER)
