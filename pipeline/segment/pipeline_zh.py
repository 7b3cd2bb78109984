"""A blank spaCy `zh` pipeline with our tokens: a text → a Doc with quantities as spans.

The claims stage does not go through it; tokens and quantities are the same functions. Patterns of a
linguist are added to the `span_ruler` as data.
"""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from pipeline.rules import Rules, load
from pipeline.segment.quantities import find
from pipeline.segment.tokens import tagger


class Tokenizer:
    """Our tokens as a spaCy tokenizer; joined they give the text."""

    def __init__(self, vocab: Vocab, rules: Rules) -> None:
        self.vocab, self.tag = vocab, tagger(rules.dictionary)

    def __call__(self, text: str) -> Doc:
        """The text as a Doc, with the parts of speech as `tag_`."""
        words, pos = self.tag(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words), tags=pos)


@Language.component("nianbao_quantities")
def quantities(doc: Doc) -> Doc:
    """Set doc.spans["quantities"], each span with its unit (or none) as label."""
    found, _ = find(doc.text, load())
    spans = [doc.char_span(q.start, q.end, label=q.unit or "", alignment_mode="expand") for q in found]
    kept: list[Span] = filter_spans([s for s in spans if s is not None])
    doc.spans["quantities"] = kept
    return doc


def build(rules: Rules) -> Language:
    """A pipeline with our tokenizer, a span ruler for patterns, and the quantities."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = Tokenizer(nlp.vocab, rules)
    ruler = nlp.add_pipe("span_ruler")
    ruler.add_patterns(list(rules.phrases.patterns))  # type: ignore[attr-defined]
    nlp.add_pipe("nianbao_quantities")
    return nlp
