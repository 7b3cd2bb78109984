"""Exported facts → one Parquet file whose columns carry their Chinese labels as metadata."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.publish.exports.select import Exported


def write_parquet(exported: Exported, path: Path, about: dict[str, str]) -> list[str]:
    """Write the file; the schema's metadata say what was chosen and by which program and rules."""
    batches = iter(exported.batches())
    first = next(batches)
    fields = [
        field.with_metadata({"label": v.label, "description": v.description, "unit": v.unit})
        for field, v in zip(first.schema, exported.variables, strict=True)
    ]
    schema = pa.schema(fields, metadata=about)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in chain([first], batches):
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    return []
