"""Model of rules/batch.yaml: what a worker may cost, and how much it is given at a time."""

from __future__ import annotations

from pydantic import Field

from pipeline.rules.load import RuleModel


class BatchLimits(RuleModel):
    """Limits of worker processes. They decide nothing about what is read, so a change re-reads nothing."""

    seconds: float = Field(gt=0)
    memory_bytes: int = Field(ge=1 << 29)
    batch_reports: int = Field(gt=0)
    batch_bytes: int = Field(gt=0)
