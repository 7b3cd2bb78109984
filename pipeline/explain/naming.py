"""An indicator and the words it was found by → how the codebook knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.explain.steps import Step
from pipeline.rules import Rules
from pipeline.rules.indicators import Codebook, Indicator

_NO_STEM = "in_several"


def name_step(indicator: Indicator | None, wordings: Iterable[str], rules: Rules) -> Step:
    """The step that says by which wording, under which name, an indicator was found."""
    if indicator is None:
        return Step("indicator", "", "unknown", " / ".join(wordings))
    found = f"{indicator.name} [{indicator.id}]"
    rule = f"rules/indicators: {indicator.family}"
    for how, wording, name in _ways(indicator, list(wordings), rules.codebook):
        seen = wording if name == wording else f"{wording} = {name}"
        return Step("indicator", found, how, seen, rule)
    return Step("indicator", found, _NO_STEM, "", rule)


def joined(labels: Sequence[str]) -> list[str]:
    """The ways to read a path of labels as one name, the innermost label alone last."""
    return [mark.join(labels[i:]) for i in range(len(labels)) for mark in ("/", "")]


def _ways(indicator: Indicator, wordings: Sequence[str], book: Codebook) -> Iterator[tuple[str, str, str]]:
    """(how, wording, name of the indicator) for each wording that names it, the surest ways first."""
    names = {book.fold(n).replace("/", ""): n for n in (*indicator.synonyms, indicator.name)}
    cleaned = [book.clean(w) for w in wordings]
    for wording in cleaned:
        name = names.get(book.fold(wording).replace("/", ""))
        if name:
            yield ("name" if name == indicator.name else "synonym"), wording, name
    stems = {book.stem(n): n for n in (*indicator.synonyms, indicator.name)}
    for wording in cleaned:
        if book.stem(wording) in stems:
            yield "stem", wording, stems[book.stem(wording)]
    leaf = indicator.name.rpartition("/")[2]
    for wording in cleaned:
        if book.fold(wording) == book.fold(leaf):
            yield "leaf", wording, indicator.name
