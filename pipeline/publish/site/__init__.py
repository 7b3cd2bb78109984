"""Datasets → a site to look at: static pages that open from a disk, without a server or a network.

site/index.html              overview, search, all files
site/indicators.html         the codebook with its coverage
site/indicators/ID.html      one indicator over years and places
site/reports/DOC_ID.html     one report as it reads, every number marked
site/audit.html              contradictions, both sides
site/data/*.js               what the pages load, in pieces
site/assets/                 style, script, charts (Vega-Lite)
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.compare.archive import archive
from pipeline.publish.site.pages import Site
from pipeline.publish.site.reports import listed, reports
from pipeline.publish.site.steps import Files
from pipeline.rules import Rules

_SITE: Final = "site"
_NEW: Final = ".site-new"
_OLD: Final = ".site-old"


@dataclass(frozen=True, slots=True)
class Built:
    """Where the site is, how many reports and indicators have a page, and how large it is in bytes."""

    index: Path
    reports: int
    indicators: int
    size: int


def build(out: Path, rules: Rules, raw: str | None = None) -> Built:
    """Write OUT/site/, whole: the old one stands until the new one is complete.

    With `raw`, the folder or URI of the reports, their pages also show how each number was read.
    """
    new = out / _NEW
    shutil.rmtree(new, ignore_errors=True)
    with archive(out, rules) as connection:
        site = Site(new, connection, rules, Files(raw) if raw else None)
        files = listed(connection)
        site.assets()
        site.overview(files)
        read = [f for f in files if f["status"] == "ok"]
        for report in reports(connection, read):
            site.report(report)
        indicators = site.indicators()
        site.search(files)
        site.audit()
    _switch(out)
    size = sum(p.stat().st_size for p in (out / _SITE).rglob("*") if p.is_file())
    return Built(out / _SITE / "index.html", len(read), indicators, size)


def _switch(out: Path) -> None:
    old, site = out / _OLD, out / _SITE
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    (out / _NEW).rename(site)
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["Built", "build"]
