"""A spaCy pipeline whose documents carry their quantities and claims, for those who work in spaCy.

The batch does not go through it; the claims are those of the same stage.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.claims.stage import claim
from pipeline.normalize.context import Context
from pipeline.rules import Rules, load
from pipeline.schema import Block
from pipeline.segment.pipeline_zh import build

Doc.set_extension("claims", default=[], force=True)


@Language.component("nianbao_claims")
def claims(doc: Doc) -> Doc:
    """Set doc._.claims and doc.spans["claims"], each span with its indicator (or its phrase) as label."""
    found = claim([Block(0, "paragraph", doc.text)], Context(), load()).claims
    doc._.claims = found
    spans = [
        doc.char_span(c.start, c.end, label=c.indicator or c.indicator_text, alignment_mode="expand")
        for c in found
    ]
    kept: list[Span] = filter_spans([s for s in spans if s is not None])
    doc.spans["claims"] = kept
    return doc


def build_with_claims(rules: Rules) -> Language:
    """The blank zh pipeline with tokens, patterns, quantities and claims."""
    nlp = build(rules)
    nlp.add_pipe("nianbao_claims")
    return nlp
