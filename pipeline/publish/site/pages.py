"""The pages of the site, one method a kind; rows come in, files go out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import duckdb
import jinja2
import vl_convert

from pipeline.publish import audit
from pipeline.publish.site.document import body, notes_of, values_of
from pipeline.publish.site.reports import Report, Row, fetch, sql
from pipeline.publish.site.script import safe_json, write_chunks, write_data
from pipeline.publish.site.steps import Files, steps_of
from pipeline.rules import Rules
from pipeline.rules.indicators import Indicator
from pipeline.schema.chinese import codes_of
from pipeline.version import PROGRAM

_FILES: Final = 2_000  # rows of the list of files in one piece
_VALUES: Final = 10_000  # values of one indicator in one piece
_FINDINGS: Final = 1_000  # findings in one piece
_SHOWN: Final = 100_000  # findings on the site; all are in the dataset
_DIRECTIONS: Final = {"higher": "越高越好", "lower": "越低越好", "none": "无优劣之分"}
_OF_ONE: Final = "SELECT * EXCLUDE (indicator_id) FROM shown WHERE indicator_id = ?"
_CLASS: Final = 7  # what classifies a value, among the columns of a value
_ROOT: Final = "pipeline.publish.site"


class Site:
    """A folder that fills with pages."""

    def __init__(
        self, folder: Path, connection: duckdb.DuckDBPyConnection, rules: Rules, filed: Files | None
    ) -> None:
        self.folder, self.connection, self.rules, self.filed = folder, connection, rules, filed
        self.pages = jinja2.Environment(
            loader=jinja2.PackageLoader(_ROOT), autoescape=True, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )  # fmt: skip
        self.pages.globals |= {"program": PROGRAM, "rules_version": rules.version[:12]}

    def assets(self) -> None:
        """Style, script, and Vega-Lite with its embedder as one script."""
        folder = self.folder / "assets"
        folder.mkdir(parents=True)
        for asset in files(_ROOT).joinpath("static").iterdir():
            (folder / asset.name).write_bytes(asset.read_bytes())
        bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        (folder / "vega.js").write_text(bundle, encoding="utf-8")

    def overview(self, listed: list[Row]) -> None:
        """The front page: what is there, by year and region, and what could not be read."""
        names = ("doc_id", "source", "report_year", "province", "city", "district", "level", "org",
                 "education", "n_observations", "n_claims", "n_findings", "status", "error")  # fmt: skip
        rows = [[f[n] for n in names] for f in listed]
        pieces = write_chunks(self.folder / "data", "files", rows, _FILES)
        read = [f for f in listed if f["status"] == "ok"]
        refused = Counter((f["error"] or "").split(":")[0] for f in listed if f["status"] == "quarantined")
        totals = self.connection.execute(
            """SELECT count(DISTINCT indicator_id), count(*),
                      (SELECT count(*) FROM observations), (SELECT count(*) FROM claims)
               FROM facts WHERE is_preferred"""
        ).fetchall()[0]
        self._write(
            "index.html", "index.html", "", pieces=pieces, files=len(listed), read=len(read),
            duplicates=sum(f["status"] == "duplicate" for f in listed), refused=refused.most_common(),
            years=sorted(Counter(f["report_year"] for f in read if f["report_year"]).items()),
            provinces=Counter(f["province"] or "（未知）" for f in read).most_common(),
            totals=totals, severities=audit.counts(self.connection, self.rules),
            overlap=audit.overlap(self.connection),
        )  # fmt: skip

    def report(self, report: Report) -> None:
        """One report as it reads."""
        d = report.document
        told = safe_json({"source": d["source"], "values": values_of(report), "notes": notes_of(report)})
        codes = {name: codes_of(name) for name in ("qualifier", "relation")}
        region = "".join(dict.fromkeys(filter(None, (d["province"], d["city"], d["district"]))))
        self._write(
            f"reports/{d['doc_id']}.html", "report.html", "../", d=d, region=region, body=body(report),
            headings=[b for b in report.blocks if b["kind"] == "heading" and (b["level"] or 9) <= 2],
            told=told, codes=safe_json(codes), steps=self._steps(d),
        )  # fmt: skip

    def _steps(self, document: Row) -> str:
        """Write how each number was read; the name of the file, empty where that is not known."""
        key = f"steps/{document['doc_id']}"
        data = self.filed.bytes_of(document["source"], document["doc_id"]) if self.filed else None
        if data is None:
            return ""
        write_data(self.folder / "data" / f"{key}.js", key, steps_of(data, document["source"], self.rules))
        return key

    def indicators(self) -> int:
        """A page and the values of each indicator that there are values of; and the list of them."""
        counted = fetch(
            self.connection,
            """SELECT indicator_id, count(*) AS n, count(DISTINCT doc_id) AS reports,
                      min(year) AS first, max(year) AS last
               FROM facts WHERE is_preferred GROUP BY ALL ORDER BY reports DESC, indicator_id""",
        )
        self.connection.execute(sql("shown"))
        by_id = self.rules.codebook.by_id
        for row in counted:
            row["indicator"] = by_id[row["indicator_id"]]
            self._indicator(row["indicator"], row)
        [(read,)] = self.connection.execute("SELECT count(*) FROM documents WHERE status = 'ok'").fetchall()
        silent = len({self.rules.codebook.canonical[i] for i in by_id} - {r["indicator_id"] for r in counted})
        self._write("indicators.html", "indicators.html", "", rows=counted, read=read, silent=silent)
        return len(counted)

    def _indicator(self, indicator: Indicator, row: Row) -> None:
        chain = self.rules.codebook.chain
        ids = sorted(i for i, first in chain.items() if first == chain[indicator.id])
        found = self.connection.execute(_OF_ONE, [indicator.id]).fetchall()
        key = f"i-{file_name(indicator.id)}"
        write_chunks(self.folder / "data", key, [list(r) for r in found], _VALUES)
        editions = [self.rules.codebook.by_id[i] for i in ids if i != indicator.id]
        self._write(
            f"indicators/{file_name(indicator.id)}.html", "indicator.html", "../", i=indicator, row=row,
            key=key, size=_VALUES, classes=_runs(r[_CLASS] for r in found),
            editions=[e for e in editions if e.name != indicator.name],
            direction=_DIRECTIONS[indicator.direction],
        )  # fmt: skip

    def search(self, listed: list[Row]) -> None:
        """What the search box looks through: indicators with all their names, and reports."""
        there = {p.stem for p in (self.folder / "indicators").glob("*.html")}
        names: dict[str, list[str]] = {}
        for i in self.rules.codebook.indicators:
            names.setdefault(self.rules.codebook.canonical[i.id], []).extend([i.name, *i.synonyms, i.id])
        found = [
            [self.rules.codebook.by_id[i].name, f"indicators/{file_name(i)}.html", " ".join(dict.fromkeys(n))]
            for i, n in sorted(names.items())
            if file_name(i) in there
        ]
        read = [
            [_title(f), f"reports/{f['doc_id']}.html", f["source"]] for f in listed if f["status"] == "ok"
        ]
        write_data(self.folder / "data" / "search.js", "search", {"indicators": found, "reports": read})

    def audit(self) -> None:
        """Contradictions with both sides."""
        rows = audit.listed(self.connection, self.rules, _SHOWN)
        names = ("finding_id", "severity", "title", "report_year", "source", "message", "explanation",
                 "doc_id", "here", "here_text", "here_anchor", "there_doc", "there", "there_text",
                 "there_anchor")  # fmt: skip
        pieces = write_chunks(
            self.folder / "data", "findings", [[_plain(n, r[n]) for n in names] for r in rows], _FINDINGS
        )
        self._write(
            "audit.html", "audit.html", "", pieces=pieces, n=len(rows),
            counts=audit.counts(self.connection, self.rules), overlap=audit.overlap(self.connection),
        )  # fmt: skip

    def _write(self, path: str, template: str, root: str, **given: Any) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.pages.get_template(template).render(root=root, **given), encoding="utf-8")


def file_name(indicator_id: str) -> str:
    """An indicator's id as a file name that no system takes for anything else."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", indicator_id)


def _runs(names: Iterable[str]) -> list[tuple[str, int, int]]:
    """(name, where it begins, how often) of each run of equal names."""
    found, at = [], 0
    for name, run in groupby(names):
        n = sum(1 for _ in run)
        found.append((name, at, n))
        at += n
    return found


def _title(f: Row) -> str:
    place = f["org"] or "".join(dict.fromkeys(filter(None, (f["province"], f["city"], f["district"]))))
    return f"{f['report_year'] or ''} {place}".strip() or f["source"]


def _plain(name: str, value: Any) -> Any:
    """An anchor as the pages have it: b120:45 is b120-45."""
    return value.replace(":", "-") if name.endswith("_anchor") and value else value
