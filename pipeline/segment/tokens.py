"""Text → tokens with parts of speech that joined give the text again.

jieba with its hidden Markov model off and the domain dictionary; `rjieba`, where it is installed, gives the
same tokens faster. Parts of speech are those of the dictionaries: a word has one, whatever its sentence.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys
from collections.abc import Callable
from functools import cache

import jieba

from pipeline.rules.prose import Dictionary

_UNKNOWN, _MARK, _NUMBER, _LATIN = "x", "w", "m", "eng"
_KEPT = 16_384  # words met lately: more than one report says
_MARKS = "，、。；：？！“”‘’《》（）().%+-—/…．\n "  # every seventh token is one of these

jieba.setLogLevel(logging.WARNING)

Tagger = Callable[[str], tuple[list[str], list[str]]]


@cache
def tagger(dictionary: Dictionary) -> Tagger:
    """A function from a text to (tokens, parts of speech), built once a process."""
    return rust_tagger(dictionary) if importlib.util.find_spec("rjieba") else plain_tagger(dictionary)


def plain_tagger(dictionary: Dictionary) -> Tagger:
    """The tagger over jieba."""
    cutter, pos_of = jieba.Tokenizer(), _parts_of_speech(dictionary).__getitem__
    for word, frequency, _ in dictionary.words:
        cutter.add_word(word, frequency)

    def tag(text: str) -> tuple[list[str], list[str]]:
        tokens = cutter.lcut(text, HMM=False)
        return tokens, list(map(pos_of, tokens))

    return tag


def rust_tagger(dictionary: Dictionary) -> Tagger:
    """The tagger over rjieba. ImportError where it is not installed."""
    cutter, pos_of = importlib.import_module("rjieba").Jieba(), _parts_of_speech(dictionary).__getitem__
    for word, frequency, pos in dictionary.words:
        cutter.add_word(word, frequency, pos)

    def tag(text: str) -> tuple[list[str], list[str]]:
        tokens = cutter.cut(text, False)
        return tokens, list(map(pos_of, tokens))

    return tag


class _PartsOfSpeech(dict[str, str]):
    """Word → part of speech, of the words met lately. What no dictionary knows is told by its characters.

    A few thousand words make up nearly all of a text: they stay in the processor's cache, and the 350 000 of
    the dictionaries do not.
    """

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, token: str) -> str:
        if len(self) >= _KEPT:
            self.clear()
        self[token] = pos = self._known.get(token) or _shape(token)
        return pos


@cache
def _parts_of_speech(dictionary: Dictionary) -> _PartsOfSpeech:
    """The words of both dictionaries; the domain dictionary's wins."""
    with jieba.get_module_res("dict.txt") as file:
        fields = file.read().decode().split()  # word, frequency, part of speech, and so on: 350 000 lines
    known = dict(zip(fields[::3], map(sys.intern, fields[2::3]), strict=True))
    known.update((word, pos) for word, _, pos in dictionary.words)
    for mark in _MARKS:
        known.setdefault(mark, _MARK)
    return _PartsOfSpeech(known)


def _shape(token: str) -> str:
    """The part of speech of a token that no dictionary knows."""
    if token[0].isdigit():
        return _NUMBER
    if token.isascii() and token.isalnum():
        return _LATIN
    return _UNKNOWN if token.isalnum() else _MARK
