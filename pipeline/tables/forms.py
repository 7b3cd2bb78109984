"""A grid → the official form that it is, by the share of its row labels that are labels of the form."""

from __future__ import annotations

from typing import Final

from pipeline.rules import Rules
from pipeline.tables.grid import Grid

_LONGEST: Final = 60  # characters: a longer text is no label of a form


def recognise(grid: Grid, rules: Rules) -> str | None:
    """The id of the form, or None. Order, missing and added rows do not matter."""
    book = rules.codebook
    words = [s.text for s in grid.seen if s.kind == "words"]
    keys = [book.fold(book.clean(text)) for text in words]
    labels = {key for key, text in zip(keys, words, strict=True) if len(text) < _LONGEST}
    best, share = None, 0.0
    for form in rules.forms.forms:
        known = book.labels_of(form.families)
        if len(labels & known) < rules.forms.min_labels:
            continue
        of = sum(key in known for key in keys) / max(1, grid.n_rows - 1)
        if of > max(share, rules.forms.min_share):
            best, share = form.id, of
    return best
