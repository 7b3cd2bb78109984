"""Fixtures that many tests share, and how much the property tests try."""

from __future__ import annotations

import os

# Sources, before anything of them is imported, unless told otherwise: NIANBAO_UNCOMPILED= make test
os.environ.setdefault("NIANBAO_UNCOMPILED", "1")

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline import flow
from pipeline.read.blocks import Structure, structure
from pipeline.read.body import read_body
from pipeline.read.package import open_package
from pipeline.rules import Rules, load

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules of the repository."""
    return load()


@pytest.fixture(scope="session")
def parse(rules: Rules) -> Callable[[bytes], Structure]:
    """Read a .docx into blocks, tables and cells."""

    def parse(data: bytes) -> Structure:
        return structure(read_body(open_package(data, rules.limits), rules), rules.reading)

    return parse


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all datasets of raw/."""
    folder = tmp_path_factory.mktemp("published")
    flow.run(Path(__file__).parents[1] / "raw", folder, workers=2)
    return folder
