"""Any table → .csv or .xlsx, its column names as they are, safe to open in a spreadsheet."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pyarrow as pa

from pipeline.compare.asked import Unanswerable
from pipeline.publish.exports.delimited import write_csv
from pipeline.publish.exports.select import of_table
from pipeline.publish.exports.variables import Variable


def write_plain(table: pa.Table, path: Path) -> None:
    """Write the table in the format that the name's ending asks for. Unanswerable for another."""
    variables = tuple(
        Variable(f.name, f.name, "number" if _counts(f.type) else "text", f.name) for f in table.schema
    )
    exported = of_table(table, variables)
    if path.suffix == ".csv":
        write_csv(exported, path, {})
    elif path.suffix == ".xlsx":
        import_module("pipeline.publish.exports.workbook").write_xlsx(exported, path, {"title": path.stem})
    else:
        raise Unanswerable(f"{path.name}: name a .csv or an .xlsx")


def _counts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))
