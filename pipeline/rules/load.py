"""One rules file → a validated model; every fault names file, line and what to do.

YAML is read by the C loader; only when a file is faulty is it composed again with line marks, so a good
file costs one fast pass.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleModel(BaseModel):
    """Base of all rule models: frozen, and an unknown key is a fault (a typing slip must not pass)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=BaseModel)


class RuleFault(ValueError):
    """A rules file does not fit its schema; str() has one `file:line: what; remedy` a line."""


def load_yaml(path: Path, model: type[Model]) -> Model:
    """Return the file as `model`. RuleFault when it is missing, no YAML, or does not fit."""
    text = _read(path)
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise RuleFault(f"{path}:{line}: {e.problem}; check the indentation and quotes near this line") from e
    try:
        return model.model_validate(data)
    except ValidationError as e:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        raise RuleFault("\n".join(f"{path}:{_line(node, x['loc'])}: {_say(x)}" for x in e.errors())) from e


def load_csv(path: Path, model: type[Model]) -> list[Model]:
    """Return one `model` a row, the header naming its fields; an empty cell leaves the model's default."""
    rows, faults = [], []
    reader = csv.DictReader(io.StringIO(_read(path)))
    for row in reader:
        try:
            rows.append(model.model_validate({k: v for k, v in row.items() if v != ""}))
        except ValidationError as e:
            faults += [f"{path}:{reader.line_num}: {_say(x)}" for x in e.errors()]
    if faults:
        raise RuleFault("\n".join(faults))
    return rows


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as e:
        raise RuleFault(f"{path}:1: the file is missing; restore it from the repository") from e
    except UnicodeDecodeError as e:
        raise RuleFault(f"{path}:1: not UTF-8 ({e.reason}); save it as UTF-8") from e


def _say(error: Any) -> str:
    where = ".".join(map(str, error["loc"]))
    return f"{where or 'file'}: {error['msg']} (found {str(error['input'])[:60]!r}); see docs/RULES.md"


def _line(node: Any, loc: Sequence[int | str]) -> int:
    """The line (from 1) of the deepest node on the path `loc` that exists."""
    for key in loc:
        child = _child(node, key)
        if child is None:
            break
        node = child
    return int(node.start_mark.line) + 1 if node is not None else 1


def _child(node: Any, key: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None
