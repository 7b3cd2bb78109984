"""The text of a block → its sentences with tokens; joined, the sentences give the text."""

from __future__ import annotations

import re
from typing import Final

from pipeline.rules import Rules
from pipeline.schema.rows import Sentence
from pipeline.segment.tokens import tagger

# A closing mark belongs to the sentence it ends; a bracket holds no end of a sentence.
_SENTENCE: Final = re.compile(
    r"""
    (?: [^。！？!?\n（(]++              # what ends nothing and opens no bracket, in one step
      | （[^（）\n]{0,200}）            # a bracket, whatever is in it
      | \([^()\n]{0,200}\)
      | [（(]
    )*+
    (?: [。！？!?]+[”’」』）)》]* | \n | \Z )
    """,
    re.VERBOSE,
)


def spans(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences; they cover the text without gap."""
    return [m.span() for m in _SENTENCE.finditer(text) if m.end() > m.start()]


def split(block_no: int, text: str, rules: Rules) -> list[Sentence]:
    """The sentences of a block's text, numbered from 0, each with its tokens and their parts of speech."""
    tag = tagger(rules.dictionary)
    made = []
    for number, (start, end) in enumerate(spans(text)):
        said = text[start:end]
        made.append(Sentence(block_no, number, start, end, said, *tag(said)))
    return made
