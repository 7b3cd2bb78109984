"""What a column is: an Arrow type and a description, declared once on the row type.

A dataset is a slotted dataclass whose fields are `Annotated[<python type>, <arrow type>, "description"]`.
The Arrow schema, the data dictionary and the checks are all made from that declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_type_hints

import pyarrow as pa

INT8, INT16, INT32, INT64 = pa.int8(), pa.int16(), pa.int32(), pa.int64()
FLOAT32, FLOAT64 = pa.float32(), pa.float64()
STRING, BOOL = pa.string(), pa.bool_()
STRINGS = pa.list_(pa.string())
DIMS = pa.map_(pa.string(), pa.string())
SOURCES = pa.list_(pa.struct([("doc_id", pa.string()), ("origin", pa.string()), ("origin_no", pa.int32())]))
NEAREST = pa.list_(pa.struct([("indicator_id", pa.string()), ("score", pa.float32())]))


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a numeric column, as the dictionary shows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Null:
    """What null means in a column; a column without one is never null."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset: name, Arrow type, description, unit, and the meaning of null."""

    name: str
    type: pa.DataType
    description: str
    unit: str | None = None
    null: str | None = None

    def field(self) -> pa.Field:
        """The Arrow field, with description, unit and null meaning as metadata."""
        meta = {"description": self.description}
        if self.unit:
            meta["unit"] = self.unit
        if self.null:
            meta["null"] = self.null
        return pa.field(self.name, self.type, nullable=self.null is not None, metadata=meta)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset: its name, what a row is, its key, and its columns in order.

    `shared` columns (doc_id, report_year, region_code) hold one value for all rows of a report; the row
    type does not carry them, the store adds them.
    """

    name: str
    row: type[Any]
    a_row_is: str
    key: tuple[str, ...]
    shared: tuple[Column, ...] = ()
    partitioned: bool = False

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that the row type carries."""
        return columns_of(self.row)  # type: ignore[arg-type]  # a class is hashable

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, shared ones first."""
        return self.shared + self.own

    def schema(self) -> pa.Schema:
        """The Arrow schema of the dataset, the partition column included."""
        return pa.schema([c.field() for c in self.columns])

    def table(self, rows: Sequence[Any], shared: dict[str, Any]) -> pa.Table:
        """The rows of one report as an Arrow table; `shared` gives the value of each shared column."""
        arrays = [pa.repeat(pa.scalar(shared[c.name], c.type), len(rows)) for c in self.shared]
        arrays += [pa.array(values(rows, c), c.type) for c in self.own]
        return pa.Table.from_arrays(arrays, schema=self.schema())


def values(rows: Iterable[Any], column: Column) -> list[Any]:
    """One attribute of all rows, as Arrow takes it (a dict becomes the list of its pairs)."""
    out = list(map(attrgetter(column.name), rows))
    return [sorted(v.items()) for v in out] if pa.types.is_map(column.type) else out


@cache
def columns_of(row: type[Any]) -> tuple[Column, ...]:
    """The columns declared on a row type, in order."""
    return tuple(_column(name, hint) for name, hint in get_type_hints(row, include_extras=True).items())


def _column(name: str, hint: Any) -> Column:
    extras = getattr(hint, "__metadata__", ())
    types = [e for e in extras if isinstance(e, pa.DataType)]
    texts = [e for e in extras if isinstance(e, str)]
    if len(types) != 1 or len(texts) != 1:
        raise TypeError(f"column {name!r} needs one Arrow type and one description")
    unit = next((e.text for e in extras if isinstance(e, Unit)), None)
    null = next((e.text for e in extras if isinstance(e, Null)), None)
    return Column(name, types[0], texts[0], unit, null)
