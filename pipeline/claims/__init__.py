"""claims stage: sentences → claims."""

from pipeline.claims.stage import ProseRows, claim
from pipeline.claims.unmapped import unmapped_phrases

__all__ = ["ProseRows", "claim", "unmapped_phrases"]
