"""The rows of one report ⇄ one file named after the hash of all that they depend on.

An interrupted run loses nothing that was done, and a missing name is the list of what is left to do.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.rules import Rules
from pipeline.schema import REPORT_DATASETS
from pipeline.schema.columns import Dataset
from pipeline.store.packed import pack, unpack
from pipeline.store.sealed import Damaged, read_sealed, write_sealed
from pipeline.version import extraction_version

if TYPE_CHECKING:  # who reads results needs nothing of what reads reports
    from pipeline.extract import ReportRows


def result_name(sha256: str, source: str, rules: Rules) -> str:
    """The name of a report's result: a hash of its bytes, its path, the rules it depends on, the program."""
    digest = hashlib.sha256(sha256.encode())
    corrections = rules.overrides.by_doc.get(sha256[:16], ()) + rules.overrides.by_source.get(source, ())
    corrected = "\n".join(c.model_dump_json() for c in corrections)
    for part in (source, rules.extraction_version, corrected, extraction_version()):
        digest.update(b"\0" + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def result_path(folder: Path, name: str) -> Path:
    """Where a result lies: 256 folders, so that none grows beyond what a file system likes."""
    return folder / name[:2] / name[2:]


def write_result(folder: Path, name: str, report: ReportRows) -> None:
    """Write all rows of one report as Arrow streams in one sealed file. StoreError where that fails."""
    tables = (_table(dataset, report) for dataset in REPORT_DATASETS.values())
    write_sealed(result_path(folder, name), pack(tables))


def read_result(folder: Path, name: str) -> dict[str, pa.Table]:
    """The tables of one report by dataset. Damaged where the file is not what was written, or not there."""
    try:
        source = unpack(read_sealed(result_path(folder, name)))
    except (OSError, ValueError) as e:
        raise Damaged(name) from e
    return {dataset: pa.ipc.open_stream(source).read_all() for dataset in REPORT_DATASETS}


def kept_results(folder: Path) -> set[str]:
    """The names of all results that are there: listing the folders is cheaper than asking for each name."""
    return {shelf.name + path.name for shelf in _listed(folder) if shelf.is_dir() for path in _listed(shelf)}


def _listed(folder: str | Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def forget_results(folder: Path, needed: set[str]) -> None:
    """Remove the results that no file of this run needs, and what an interrupted run left half written."""
    for path in folder.glob("??/*"):
        if path.parent.name + path.name not in needed:
            path.unlink(missing_ok=True)
    for path in (p for p in folder.glob("*") if p.is_file()):  # a layout that is no longer written
        path.unlink(missing_ok=True)


def _table(dataset: Dataset, report: ReportRows) -> pa.Table:
    if dataset.name == "documents":
        return dataset.table([report.document], {})
    d = report.document
    shared = {"doc_id": d.doc_id, "report_year": d.report_year, "region_code": d.region_code}
    return dataset.table(report.rows.get(dataset.name, []), shared)
