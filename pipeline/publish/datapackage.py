"""A folder of datasets → datapackage.json, so that any tool knows what each file and column is.

Frictionless Data Package v1 (specs.frictionlessdata.io/data-package): one resource a dataset, with its schema
in English and Chinese, its keys, and which program and rules made it. Beside it the codebook, as CSV.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator
from pipeline.schema import DATASETS
from pipeline.schema.chinese import unit_in_chinese, words_of
from pipeline.schema.columns import Column, Dataset

CODEBOOK: Final = "indicators.csv"
_TYPES: Final = (
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_map, "object"),
    (pa.types.is_list, "array"),
)
_CODEBOOK_FIELDS: Final = {
    "id": ("指标编号", "Id of the indicator"),
    "name": ("指标名称", "Official Chinese name; a slash parts a whole from its part"),
    "unit": ("单位", "Standard unit"),
    "canonical_id": ("合并编号", "Id that stands for all names of the same concept, as in facts"),
    "series_id": ("序列编号", "First indicator of the series that editions of the forms continue"),
    "family": ("所属表单", "Form or section it belongs to"),
    "synonyms": ("别名", "Other names, parted by semicolons"),
    "direction": ("方向", "Whether higher or lower is better: higher | lower | none"),
    "valid_from": ("启用年度", "First report year of its form, empty where not known"),
    "valid_to": ("停用年度", "Last report year of its form, empty where it still holds"),
    "definition": ("定义", "What it counts"),
}
_INTEGERS: Final = ("valid_from", "valid_to")
# The program and what it adds. The reports themselves stay under whatever terms they were published.
_LICENCE: Final = {"name": "MIT", "title": "MIT License, for the program, its rules and the schema"}


class NoData(ValueError):
    """The folder holds no datasets; str() says what to do."""


def write_datapackage(out: Path, rules: Rules) -> Path:
    """Write datapackage.json and the codebook into the folder of the datasets; returns the former's path."""
    package = datapackage(out, rules)
    (out / CODEBOOK).write_text(_codebook(rules), encoding="utf-8")
    path = out / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def datapackage(out: Path, rules: Rules) -> dict[str, Any]:
    """The descriptor of the datasets in `out`. NoData where there are none."""
    resources = [r for d in DATASETS.values() if (r := _resource(out, d))]
    if not resources or resources[0]["name"] != "documents":
        raise NoData(f"{out} holds no datasets; run `nianbao run` first")
    made_by = _made_by(out)
    return {
        "profile": "data-package",
        "name": "nianbao",
        "title": "职业教育质量年度报告数据",
        "description": "Values read from vocational-education quality reports, each with its place in them.",
        "version": "+".join(made_by.values()),
        **made_by,
        "keywords": ["vocational education", "quality report", "职业教育", "质量年度报告"],
        "licenses": [_LICENCE],
        "sources": _sources(out),
        "resources": [*resources, _codebook_resource()],
    }


def _resource(out: Path, dataset: Dataset) -> dict[str, Any] | None:
    """The resource of one dataset, or None where it was not written."""
    files = sorted((out / dataset.name).rglob("*.parquet"))
    if not files:
        return None
    words = words_of(dataset.name)
    return {
        "profile": "data-resource",
        "name": dataset.name,
        "title": words.name,
        "description": f"A row is {dataset.a_row_is}.",
        "description_zh": words.description,
        "path": [f.relative_to(out).as_posix() for f in files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "partition_keys": ["report_year"] if dataset.partitioned else [],
        "rows": sum(pq.ParquetFile(f).metadata.num_rows for f in files),
        "bytes": sum(f.stat().st_size for f in files),
        "schema": _schema(dataset),
    }


def _schema(dataset: Dataset) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(dataset.name, c) for c in dataset.columns],
        "primaryKey": list(dataset.key),
    }
    if dataset.name in ("facts", "yoy", "districts"):
        to = {"resource": "indicators", "fields": ["id"]}
        schema["foreignKeys"] = [{"fields": ["indicator_id"], "reference": to}]
    return schema


def _field(dataset: str, column: Column) -> dict[str, Any]:
    words = words_of(dataset, column.name)
    field: dict[str, Any] = {
        "name": column.name,
        "title": words.name,
        "type": next((name for holds, name in _TYPES if holds(column.type)), "string"),
        "description": column.description,
        "description_zh": words.description,
        "arrow_type": str(column.type),
    }
    if column.unit:
        field |= {"unit": column.unit, "unit_zh": unit_in_chinese(column.unit)}
    if column.null:
        return field | {"null_means": column.null, "null_means_zh": words.null}
    return field | {"constraints": {"required": True}}


def _made_by(out: Path) -> dict[str, str]:
    """Program and rules version, as the files say: the facts, which all rules made, if they are there."""
    first = next(f for name in ("facts", "documents") for f in sorted((out / name).rglob("*.parquet")))
    meta = pq.ParquetFile(first).schema_arrow.metadata or {}
    return {k: meta.get(k.encode(), b"?").decode() for k in ("program_version", "rules_version")}


def _sources(out: Path) -> list[dict[str, Any]]:
    """The reports, by year: a list of each would be longer than the rest."""
    table = pq.read_table(out / "documents", columns=["report_year", "status"])
    years = [y for y, s in zip(*table.to_pydict().values(), strict=True) if s == "ok"]
    known = sorted({y for y in years if y is not None})
    found = [{"title": f"{y}年度职业教育质量报告", "reports": years.count(y)} for y in known]
    unknown = years.count(None)
    return found + ([{"title": "未写明年度的职业教育质量报告", "reports": unknown}] if unknown else [])


def _codebook_resource() -> dict[str, Any]:
    fields = [
        {"name": name, "title": zh, "type": "integer" if name in _INTEGERS else "string", "description": en}
        for name, (zh, en) in _CODEBOOK_FIELDS.items()
    ]
    return {
        "profile": "tabular-data-resource",
        "name": "indicators",
        "title": "指标表",
        "description": "A row is one known indicator.",
        "description_zh": "一行是一个已知指标",
        "path": CODEBOOK,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": ["id"]},
    }


def _codebook(rules: Rules) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_CODEBOOK_FIELDS)
    writer.writerows(_codebook_row(i, rules) for i in rules.codebook.indicators)
    return text.getvalue()


def _codebook_row(i: Indicator, rules: Rules) -> list[Any]:
    book = rules.codebook
    made = {
        "canonical_id": book.canonical[i.id],
        "series_id": book.series[i.id],
        "synonyms": "；".join(i.synonyms),
    }
    return [made.get(name, getattr(i, name, None)) for name in _CODEBOOK_FIELDS]
