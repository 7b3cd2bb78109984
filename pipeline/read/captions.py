"""Paragraphs and tables → which paragraph is the caption of which table.

A caption may stand above its table or below it, with a line for the unit between. Where captions and
tables alternate without anything else, the side that ties more of them wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.read.body import BodyTable, Item, Paragraph
from pipeline.rules.reading import ReadingRules


@dataclass(slots=True)
class Captions:
    """Captions by the index of their paragraph, and what each table (by its index) has.

    `number` holds the printed number of a caption (表1), null for a title without one.
    """

    number: dict[int, str | None] = field(default_factory=dict)
    of_table: dict[int, int] = field(default_factory=dict)
    unit_note: dict[int, str] = field(default_factory=dict)


def find_captions(items: list[Item], headings: set[int], rules: ReadingRules) -> Captions:
    """Return captions of tables and figures; headings are never captions."""
    captions = Captions()
    for index, item in enumerate(items):
        if isinstance(item, Paragraph) and index not in headings and not item.contents:
            number = _numbered(item, rules)
            if number is not None:
                captions.number[index] = number or None
    for run in _runs(items, captions, rules):
        _tie(run, items, captions)
    for index, item in enumerate(items):
        if isinstance(item, BodyTable) and index not in captions.of_table:
            title = _title_above(index, items, headings, captions, rules)
            if title is not None:
                captions.number[title], captions.of_table[index] = None, title
    for index, item in enumerate(items):
        if isinstance(item, BodyTable):
            note = _unit_note(index, items, captions, rules)
            if note:
                captions.unit_note[index] = note
    return captions


def _numbered(item: Paragraph, rules: ReadingRules) -> str | None:
    """The number of a caption (表1); '' for one in a caption style without number; None for no caption."""
    text = item.text.strip()
    if not text or len(text) > rules.caption_max_chars or "\n" in text.strip("\n"):
        return None
    match = rules.caption_regex.match(text)
    styled = item.style.kind == "caption"
    if match is None:
        auto = (item.number or "").strip()
        if auto and rules.caption_regex.match(auto):
            return auto
        return "" if styled else None
    if not styled and rules.sentence_end_regex.search(text):
        return None
    return match["number"].strip()


def _runs(items: list[Item], captions: Captions, rules: ReadingRules) -> list[list[int]]:
    """Stretches of tables and table captions with nothing but blanks and unit lines between."""
    runs: list[list[int]] = [[]]
    for index, item in enumerate(items):
        if isinstance(item, BodyTable) or (index in captions.number and _of_table(captions.number[index])):
            runs[-1].append(index)
        elif isinstance(item, Paragraph) and not _skipped(item, rules):
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _of_table(number: str | None) -> bool:
    return number is None or "表" in number


def _tie(run: list[int], items: list[Item], captions: Captions) -> None:
    """Tie the captions of one run to tables: above or below, whichever ties more; above where even."""
    above = [(b, a) for a, b in pairwise(run) if _is(items, b) and not _is(items, a)]
    below = [(a, b) for a, b in pairwise(run) if _is(items, a) and not _is(items, b)]
    better, worse = (below, above) if len(below) > len(above) else (above, below)
    captions.of_table |= dict(better)
    # What the better side leaves over may still belong to the other: a caption below the last table.
    taken = set(captions.of_table.values())
    captions.of_table |= {t: c for t, c in worse if t not in captions.of_table and c not in taken}


def _is(items: list[Item], index: int) -> bool:
    return isinstance(items[index], BodyTable)


def _title_above(
    index: int, items: list[Item], headings: set[int], captions: Captions, rules: ReadingRules
) -> int | None:
    """The centred line right above a table that has no numbered caption: its title."""
    for k in range(index - 1, -1, -1):
        item = items[k]
        if isinstance(item, BodyTable) or k in headings or k in captions.number or item.contents:
            return None
        if _skipped(item, rules):
            continue
        text = item.text.strip()
        short = len(text) <= rules.caption_max_chars and "\n" not in text
        return k if short and item.centered and not rules.sentence_end_regex.search(text) else None
    return None


def _skipped(item: Paragraph, rules: ReadingRules) -> bool:
    """Whether a paragraph may stand between a caption and its table: blank, or only a unit."""
    text = item.text.strip()
    if not text:
        return not item.image_before
    return rules.unit_note_regex.fullmatch(text) is not None


def _unit_note(index: int, items: list[Item], captions: Captions, rules: ReadingRules) -> str | None:
    """The unit printed for a whole table: in its caption, else in a line right above it."""
    tied = captions.of_table.get(index)
    caption = items[tied] if tied is not None else None
    if isinstance(caption, Paragraph) and (match := rules.unit_note_regex.search(caption.text)):
        return match[0].strip()
    for k in range(index - 1, -1, -1):
        item = items[k]
        if k == tied:
            continue
        if not isinstance(item, Paragraph) or not _skipped(item, rules):
            return None
        if item.text.strip():
            return item.text.strip()
    return None
