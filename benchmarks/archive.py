"""The sample reports → as many reports as are asked for: other districts, years and figures, real .docx files.

What costs time in a real report (blocks, tables, cells, sentences) stays; names, years and numbers change,
so that no two files are alike and comparisons over districts and years have something to compare.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path

from raw import places
from raw.reports import REPORTS, archive

ROOT = Path(__file__).parents[1]
FIRST_YEAR, YEARS = 2015, 10
_YEAR = re.compile(r"20[012]\d")
_COUNT = re.compile(r"(?<![\d.])[1-9]\d{2,4}(?![\d.])")
_TEXT = re.compile(r"(?<=>)[^<>]+(?=</w:t>)")


def generate(folder: Path, count: int) -> list[Path]:
    """Write `count` reports below `folder`, a folder a year; those that are there already stay."""
    paths = []
    for n, (year, district) in enumerate(
        islice(product(range(FIRST_YEAR, FIRST_YEAR + YEARS), _spread(count)), count)
    ):
        path = (
            folder
            / str(year)
            / f"{district[0]}{''.join(district[1:])}职业教育质量年度报告（{year}年度）.docx"
        )
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(report(n, year, district))
        paths.append(path)
    return paths


def report(n: int, year: int, district: tuple[str, str, str, str]) -> bytes:
    """One report of a district for a year; `n` chooses the sample that it is made from and its figures."""
    samples = _samples()
    parts, region, its_year = samples[n % len(samples)]
    code, province, city, name = district
    names = [(region.province, province), (region.city, city), (region.district, name), (region.code, code)]

    def changed(match: re.Match[str]) -> str:
        text = match[0]
        for old, new in names:
            text = text.replace(old, new)
        text = _YEAR.sub(lambda m: str(int(m[0]) + year - its_year), text)
        return _COUNT.sub(lambda m: m[0] if m[0].startswith("20") else str(int(m[0]) + n % 97), text)

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part, data in parts.items():
            text = part == "word/document.xml"
            target.writestr(part, _TEXT.sub(changed, data.decode()).encode() if text else data)
    return out.getvalue()


@cache
def _samples() -> list[tuple[dict[str, bytes], places.Region, int]]:
    files = archive()
    found = []
    for sample in (r for r in REPORTS if r.region):
        source = zipfile.ZipFile(io.BytesIO(files[sample.path]))
        found.append(({name: source.read(name) for name in source.namelist()}, sample.region, sample.year))
    return found


def _spread(count: int) -> Iterator[tuple[str, str, str, str]]:
    """(code, province, city, district) of so many districts that `count` reports fill the years."""
    with (ROOT / "rules" / "regions.csv").open(encoding="utf-8") as file:
        rows = {row["code"]: row["name"] for row in csv.DictReader(file)}
    found = [
        (code, rows[code[:2] + "0000"], rows[code[:4] + "00"], name)
        for code, name in rows.items()
        if not code.endswith("00")
        and code[:4] + "00" in rows
        and code[:2] + "0000" in rows
        and name.endswith(("区", "县", "市"))
    ]
    wanted = -(-count // YEARS)
    step = max(1, len(found) // wanted)
    yield from found[::step][:wanted]
