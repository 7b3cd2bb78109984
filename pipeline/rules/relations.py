"""Model of rules/relations.yaml: how prose says shares, changes, differences, targets and rules."""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.rules.load import RuleModel
from pipeline.schema.rows import Qualifier


class RelationRules(RuleModel):
    """rules/relations.yaml: the patterns that tell shares, changes, targets and rules from levels."""

    share: str
    share_word: str
    whole: str
    whole_inline: str
    share_parted: str
    share_hedges: dict[str, Qualifier]
    share_predicate: str
    whole_before: str
    rate: str
    share_after: str
    rise: str
    fall: str
    change_of: str
    fall_of: str
    fresh: str
    reference: str
    same_period: str
    same_period_base: str
    previous_period: str
    previous_period_base: str
    default_base: str
    last: str
    points: str
    difference: str
    difference_than: str
    earlier: str
    gap: str
    doubled: str
    times: str
    times_unit: str
    lower: str
    target: str
    target_not: str
    target_end: str
    standard_before: str
    standard_after: str
    standard_verb: str
    standard_of: str
    threshold_hedge: str
    threshold_of: str
    at_most: str
    threshold: str
    part: str
    collective: str
    distribute: str
    distribute_share: str
    shared_tail: str
    measure_tail: str
    measure_end: str
    topic: str
    subjects: str

    @cached_property
    def compiled(self) -> dict[str, re.Pattern[str]]:
        """Every pattern by its name."""
        patterns = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: re.compile(p) for name, p in patterns.items() if isinstance(p, str)}
