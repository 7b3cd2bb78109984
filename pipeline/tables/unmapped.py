"""Observations without an indicator → their labels, counted.

Changes and shares of something (较上年增减) have no indicator on purpose and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.normalize.unmapped import counted
from pipeline.rules import Rules
from pipeline.schema.rows import Observation, Unmapped
from pipeline.tables.labels import LabelReader, label_reader

# What a label is when it does not name what is measured.
_NO_NAME = frozenset(("period", "unit", "total", "gather"))


def unmapped(observations: Iterable[Observation], rules: Rules) -> list[Unmapped]:
    """One row a label that no rule knows, for one report; `nearest` is filled when reports are added up."""
    return counted(
        "table", ((label, " > ".join([*o.labels, o.raw])) for label, o in unknown(observations, rules))
    )


def unknown(observations: Iterable[Observation], rules: Rules) -> Iterator[tuple[str, Observation]]:
    """The observations that no rule knows, each with its label."""
    reader = label_reader(rules, None)
    for o in observations:
        if o.indicator_id is None and o.labels and all(reader.named(x).role != "change" for x in o.labels):
            yield _label(o, reader), o


def _label(observation: Observation, reader: LabelReader) -> str:
    """The labels that name what is measured: no period, unit, total or dimension; joined by slashes.

    Where nothing but classes is named, the classes are (what they count stands in the caption).
    """
    read = [reader.named(text) for text in observation.labels]
    naming = [x.name for x in read if x.role not in _NO_NAME and x.name]
    classes = set(observation.dims.values()) | {observation.entity}
    names = [n for n in naming if n not in classes] or naming
    return "/".join(dict.fromkeys(names)) or "/".join(observation.labels)
