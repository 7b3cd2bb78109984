"""A filled-in review workbook → lines of rules/overrides/values.csv and labels.csv."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from pipeline.publish.forms import (
    LABEL_COLUMNS,
    LABEL_DECISIONS,
    LABELS,
    VALUE_COLUMNS,
    VALUE_DECISIONS,
    VALUE_SHEETS,
    WHERES,
    Column,
    id_of_choice,
)
from pipeline.rules import Rules
from pipeline.rules.load import load_csv
from pipeline.rules.overrides import NOTHING, LabelOverride, ValueOverride, value_text

Line = TypeVar("Line", ValueOverride, LabelOverride)


class BadReview(ValueError):
    """The workbook cannot be taken over; str() has one `sheet:row: what; remedy` a line."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The decisions of one workbook."""

    values: list[ValueOverride]
    labels: list[LabelOverride]


def read_review(path: Path, rules: Rules) -> Applied:
    """The decisions in a workbook. BadReview for each row that is incomplete or contradicts another."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as e:
        raise BadReview(
            f"{path} cannot be opened as a workbook ({e}); give the .xlsx that `review` wrote"
        ) from e
    faults: list[str] = []
    values: dict[str, ValueOverride] = {}
    labels: dict[str, LabelOverride] = {}
    for sheet in VALUE_SHEETS:
        for where, fields in _rows(book, sheet, VALUE_COLUMNS, VALUE_DECISIONS, faults):
            _take(where, _value(fields), ValueOverride, values, rules, faults)
    for where, fields in _rows(book, LABELS, LABEL_COLUMNS, LABEL_DECISIONS, faults):
        _take(where, _label(fields), LabelOverride, labels, rules, faults)
    if faults:
        raise BadReview("\n".join(faults))
    return Applied(list(values.values()), list(labels.values()))


def write_overrides(applied: Applied, folder: Path) -> dict[str, tuple[int, int]]:
    """Merge the decisions into the files of `folder`; returns file → (new lines, lines replaced)."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "values.csv": _merge(folder / "values.csv", applied.values, ValueOverride),
        "labels.csv": _merge(folder / "labels.csv", applied.labels, LabelOverride),
    }


def _rows(
    book: Any, sheet: str, columns: tuple[Column, ...], decisions: dict[str, str], faults: list[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """(sheet:row, fields) of each row with a decision. A row filled in without one is a fault."""
    if sheet not in book.sheetnames:
        faults.append(f"{sheet}: the sheet is missing; give the .xlsx that `review` wrote")
        return
    rows = book[sheet].iter_rows(values_only=True)
    heads = [str(h) for h in next(rows, ()) if h is not None]
    for number, row in enumerate(rows, start=2):
        cells = {h: _text(v) for h, v in zip(heads, row, strict=False)}
        filled = [c.name for c in columns if c.filled_in and cells.get(c.name)]
        if not filled:
            continue
        where = f"{sheet}:{number}"
        decision = cells.get("决定", "")
        if decision not in decisions:
            faults.append(f"{where}: 决定 is {decision!r}; choose {' / '.join(decisions)}")
            continue
        yield (
            where,
            {c.field: cells.get(c.name, "") for c in columns if c.field} | {"decision": decisions[decision]},
        )


def _text(value: Any) -> str:
    """A cell as the text that was typed: 2024.0 is 2024."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value_text(float(value), None, "")
    return "" if value is None else str(value).strip()


def _value(fields: dict[str, str]) -> dict[str, str]:
    fields["indicator_id"] = id_of_choice(fields["indicator_id"])
    fields["value"] = fields["value"].replace(",", "").replace("，", "")
    return {"id": _id("v", fields["doc_id"], fields["place"])} | fields


def _label(fields: dict[str, str]) -> dict[str, str]:
    fields["indicator_id"] = id_of_choice(fields["indicator_id"])
    fields["where"] = WHERES.get(fields["where"], fields["where"])
    return {"id": _id("l", fields["where"], fields["label"])} | fields


def _id(kind: str, *of: str) -> str:
    """The same for the same place or label, so that a later decision replaces an earlier one."""
    return f"{kind}-{hashlib.sha256(chr(0).join(of).encode()).hexdigest()[:10]}"


def _take(
    where: str,
    fields: dict[str, str],
    model: type[Line],
    taken: dict[str, Line],
    rules: Rules,
    faults: list[str],
) -> None:
    try:
        line = model.model_validate({k: v for k, v in fields.items() if v})
    except ValidationError as e:
        faults += [f"{where}: {'.'.join(map(str, x['loc'])) or '决定'}: {x['msg']}" for x in e.errors()]
        return
    if line.indicator_id not in rules.codebook.by_id.keys() | {"", NOTHING}:
        faults.append(f"{where}: no indicator {line.indicator_id!r}; choose one from the list")
    elif line.id in taken and taken[line.id] != line:
        faults.append(f"{where}: the same place is decided otherwise in another row; keep one of them")
    else:
        taken[line.id] = line


def _merge(path: Path, lines: list[Line], model: type[Line]) -> tuple[int, int]:
    known = {x.id: x for x in (load_csv(path, model) if path.exists() else [])}
    replaced = sum(x.id in known for x in lines)
    known |= {x.id: x for x in lines}
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(model.model_fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(x.model_dump() for x in known.values())
    temporary.replace(path)
    return len(lines) - replaced, replaced
