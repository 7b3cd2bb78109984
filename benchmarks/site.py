"""The site: build time and size for some reports, and how long its largest pages take to load in Chromium."""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.archive import generate
from pipeline import flow
from pipeline.publish.site import build
from pipeline.rules import load

ROOT = Path(__file__).parents[1] / "build" / "bench" / "site"


def bench(counts: tuple[int, ...] = (12,)) -> None:
    """Build sites of so many reports and load the largest page of each kind."""
    print("\nsite")
    for count in counts:
        folder = ROOT / str(count)
        out = folder / "out"
        generate(folder / "raw", count)
        flow.run(folder / "raw", out, workers=2)
        start = time.perf_counter()
        made = build(out, load())
        seconds = time.perf_counter() - start
        print(
            f"{count:>6,} reports {seconds:8.1f} s  {1000 * seconds / count:6.0f} ms a report  {made.size / 1e6:8.1f} MB"
        )
        for page in _largest(out / "site"):
            weight = page.stat().st_size + _data(out / "site", page)
            print(
                f"       {page.relative_to(out / 'site').as_posix():44} {weight / 1e6:6.2f} MB {_load(page):8.0f} ms"
            )
        shutil.rmtree(out / "site")


def _largest(site: Path) -> list[Path]:
    pages = [site / "index.html", site / "audit.html", site / "indicators.html"]
    pages.append(max((site / "reports").glob("*.html"), key=lambda p: p.stat().st_size))
    pages.append(max((site / "indicators").glob("*.html"), key=lambda p: _data(site, p)))
    return pages


def _data(site: Path, page: Path) -> int:
    keys = {"index.html": "files-*", "audit.html": "findings-*"}
    pattern = keys.get(page.name, f"i-{page.stem}-[0-9]*" if page.parent.name == "indicators" else "none")
    return sum(p.stat().st_size for p in (site / "data").glob(f"{pattern}.js"))


def _load(page: Path, runs: int = 3) -> float:
    """Median milliseconds until a page has drawn what it shows first; nan without Chromium."""
    try:
        from selenium import webdriver
    except ImportError:
        return float("nan")
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        return float("nan")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(driver)) as browser:
        return statistics.median(_once(browser, page) for _ in range(runs))


def _once(browser: Any, page: Path) -> float:
    browser.get("about:blank")
    start = time.perf_counter()
    browser.get(page.as_uri())
    while not browser.execute_script(
        "return document.querySelectorAll('.rows tbody tr, .findings > li, article > *').length > 0"
    ):
        time.sleep(0.01)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Run it for sizes of one's own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[12, 1000])
    bench(tuple(parser.parse_args().reports))


if __name__ == "__main__":
    main()
