"""The folder `rules/` → one frozen `Rules`: loaded, validated, hashed, and built once a process.

Each file of rules has a model of its own (in the module named after it); `Rules` has one field a file.
What is compiled from a file (regular expressions, automata) is a cached property of its model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.rules.batch import BatchLimits
from pipeline.rules.checks import CheckRules, load_checks
from pipeline.rules.codebook import load_codebook
from pipeline.rules.identity import IdentityRules
from pipeline.rules.indicators import Codebook
from pipeline.rules.load import RuleFault, load_yaml
from pipeline.rules.overrides import Overrides, load_overrides
from pipeline.rules.periods import PeriodRules
from pipeline.rules.prose import Dictionary, PhraseRules, load_dictionary
from pipeline.rules.quantities import QuantityRules, load_quantities
from pipeline.rules.reading import Limits, ReadingRules
from pipeline.rules.regions import Regions, load_regions
from pipeline.rules.relations import RelationRules
from pipeline.rules.scope import EntityRules
from pipeline.rules.tables import FormRules, RoleRules

# What compares reports, what limits workers; a corrected value touches only the file it names: see
# store/results.py.
_NOT_READING: Final = ("checks.yaml", "batch.yaml", "overrides/values*.csv")
DEFAULT_FOLDER: Final = Path(__file__).resolve().parents[2] / "rules"


@dataclass(frozen=True, eq=False)
class Rules:
    """All domain knowledge of one run. `version` is a hash over the bytes of every file of rules.

    `extraction_version` leaves out the files that decide nothing about what is read from a report.
    Rules are told apart by identity, so that what is learned with them can be kept by them.
    """

    version: str
    extraction_version: str
    batch: BatchLimits
    limits: Limits
    reading: ReadingRules
    identity: IdentityRules
    regions: Regions
    codebook: Codebook
    periods: PeriodRules
    quantities: QuantityRules
    roles: RoleRules
    forms: FormRules
    phrases: PhraseRules
    relations: RelationRules
    entities: EntityRules
    dictionary: Dictionary
    checks: CheckRules
    overrides: Overrides


@cache
def load(folder: Path = DEFAULT_FOLDER) -> Rules:
    """Return the rules in `folder`, loaded once a process. RuleFault names file, line and remedy."""
    if not folder.is_dir():
        raise RuleFault(f"{folder}:1: no folder of rules; pass --rules or run inside the repository")
    codebook = load_codebook(folder)
    return Rules(
        version=version_of(folder),
        extraction_version=version_of(folder, without=_NOT_READING),
        batch=load_yaml(folder / "batch.yaml", BatchLimits),
        limits=load_yaml(folder / "limits.yaml", Limits),
        reading=load_yaml(folder / "reading.yaml", ReadingRules),
        identity=load_yaml(folder / "identity.yaml", IdentityRules),
        regions=load_regions(folder),
        codebook=codebook,
        periods=load_yaml(folder / "periods.yaml", PeriodRules),
        quantities=load_quantities(folder),
        roles=load_yaml(folder / "roles.yaml", RoleRules),
        forms=load_yaml(folder / "forms.yaml", FormRules),
        phrases=load_yaml(folder / "phrases.yaml", PhraseRules),
        relations=load_yaml(folder / "relations.yaml", RelationRules),
        entities=load_yaml(folder / "entities.yaml", EntityRules),
        dictionary=load_dictionary(folder / "dictionary.txt"),
        checks=load_checks(folder / "checks.yaml", codebook),
        overrides=load_overrides(folder, codebook),
    )


def version_of(folder: Path, without: Sequence[str] = ()) -> str:
    """16 hex digits of a SHA-256 over the names and bytes of the files of rules, in order of name.

    `without` are patterns of paths that do not count.
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        name = path.relative_to(folder)
        if not any(name.match(pattern) for pattern in without):
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


__all__ = ["DEFAULT_FOLDER", "RuleFault", "Rules", "load", "version_of"]
