"""A grid → the official form that it is, by the share of its row labels that are labels of the form."""

from __future__ import annotations

from pipeline.rules import Rules
from pipeline.tables.grid import Grid


def recognise(grid: Grid, rules: Rules) -> str | None:
    """The id of the form, or None. Order, missing and added rows do not matter."""
    book = rules.codebook
    labels = {book.fold(book.clean(s.text)) for s in grid.seen if s.kind == "words" and len(s.text) < 60}
    best, share = None, 0.0
    for form in rules.forms.forms:
        known = book.labels_of(form.families)
        hits = labels & known
        rows = sum(bool(book.fold(book.clean(s.text)) in known) for s in grid.seen if s.kind == "words")
        of = rows / max(1, grid.n_rows - 1)
        if len(hits) >= rules.forms.min_labels and of > max(share, rules.forms.min_share):
            best, share = form.id, of
    return best
