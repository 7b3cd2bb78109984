"""Sites built from the sample reports and from a hostile one, and a real browser to look at them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.publish.site import build
from pipeline.rules import Rules
from pipeline.schema import DATASETS
from tests.building import docx, p, tbl

ROOT = Path(__file__).parents[3]
EVIL = "<script>window.evil=1</script>\"'&]]>\u2028"


@pytest.fixture(scope="session")
def folder(out: Path, tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """A folder with the datasets of raw/ and their site."""
    place = tmp_path_factory.mktemp("site")
    for name in DATASETS:
        (place / name).symlink_to(out / name)
    build(place, rules, str(ROOT / "raw"))
    return place


@pytest.fixture(scope="session")
def site(folder: Path) -> Path:
    """The site of raw/."""
    return folder / "site"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Path:
    """The site of one report whose texts try to be markup and script."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "raw").mkdir()
    text = p("重庆市荣昌区职业教育质量年度报告（2023年度）", "1") + p(f"{EVIL}2023年，全区毕业生人数431人。")
    table = p(f"表1 {EVIL}", "cap") + tbl(
        f"{EVIL} | 2023年\n毕业生人数（人）{EVIL} | 431\n招生数（人） | {EVIL}"
    )
    (place / "raw" / "一'&<b>.docx").write_bytes(docx(text + table))
    flow.run(place / "raw", place / "out")
    build(place / "out", rules, str(place / "raw"))
    return place / "out" / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; what it complains of is kept in its log."""
    selenium = pytest.importorskip("selenium.webdriver")
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    options = selenium.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with selenium.Chrome(options=options, service=selenium.ChromeService(driver)) as opened:
        opened.implicitly_wait(5)
        yield opened
