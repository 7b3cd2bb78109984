"""The site in a real Chromium, from the disk: it loads, filters, finds, and leads to the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.explain import Replay
from pipeline.explain.steps import KEYS
from pipeline.rules import Rules
from pipeline.schema.place import place_of

ROOT = Path(__file__).parents[3]
PAGES = ("index.html", "indicators.html", "audit.html", "indicators/dual_qualified_share.html")


def visit(browser: Any, page: Path, anchor: str = "") -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(page.as_uri() + anchor)


def complaints(browser: Any) -> list[str]:
    return [e["message"] for e in browser.get_log("browser")]


def texts(browser: Any, selector: str) -> list[str]:
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent).map(e => e.textContent)",
        selector,
    )
    return found


def until(browser: Any, script: str) -> Any:
    """Wait until the script returns something, and return it."""
    from selenium.webdriver.support.ui import WebDriverWait  # noqa: PLC0415

    return WebDriverWait(browser, 15).until(lambda b: b.execute_script(script))


def choose(browser: Any, name: str, value: str) -> None:
    browser.execute_script(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
        "e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}));",
        name, value,
    )  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_load_without_a_complaint_and_without_sideways_scrolling(
    browser: Any, site: Path, name: str, width: int
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    visit(browser, site / name)
    until(browser, "return document.querySelectorAll('.rows tbody tr, .findings > li').length > 0")
    if "/" in name:
        until(browser, "return document.querySelectorAll('#lines svg, #bars svg').length == 2")
    assert complaints(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_click_on_a_value_lands_on_its_place_in_the_report(browser: Any, site: Path) -> None:
    visit(browser, site / "indicators/graduates.html")
    link = until(browser, "return document.querySelector('#values a.place')")
    value = browser.execute_script("return arguments[0].closest('tr').cells[3].textContent", link)
    browser.execute_script("arguments[0].click()", link)
    seen = until(
        browser,
        """const m = document.querySelector('mark.on'); if (!m) return null;
        const r = m.getBoundingClientRect();
        return {inside: r.top >= 0 && r.bottom <= innerHeight, id: m.id, told: document.getElementById('told').textContent}""",
    )
    assert seen["inside"]
    assert browser.current_url.endswith(f"#{seen['id']}")
    assert value in seen["told"]
    assert "毕业生人数" in seen["told"] or "毕业生" in seen["told"]
    assert complaints(browser) == []


def test_a_number_leads_to_its_indicator_and_its_finding(browser: Any, site: Path) -> None:
    visit(browser, site / "audit.html")
    side = until(browser, "return document.querySelector('.sides a.place')")
    finding = browser.execute_script("return arguments[0].closest('li').id", side)
    browser.execute_script("arguments[0].click()", side)
    until(browser, "return document.querySelector('mark.on')")
    links = browser.execute_script("return [...document.querySelectorAll('#told a')].map(a => a.href)")
    assert any("/indicators/" in href for href in links)
    assert any(href.endswith(f"audit.html#{finding}") for href in links)
    back = next(href for href in links if href.endswith(f"#{finding}"))
    browser.get(back)
    assert until(browser, "return document.querySelector('li.aim')?.id") == finding


def test_n_and_p_move_from_number_to_number(browser: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By  # noqa: PLC0415

    visit(browser, next((site / "reports").glob("*.html")))
    body = browser.find_element(By.TAG_NAME, "body")
    marks = browser.execute_script(
        "return [...document.querySelectorAll('article .v, article .n')].slice(0, 3).map(m => m.textContent)"
    )
    seen = []
    for key in "nnnp":
        body.send_keys(key)
        seen.append(until(browser, "return document.querySelector('.on')?.textContent"))
    assert seen == [marks[0], marks[1], marks[2], marks[1]]


def test_filters_filter_files(browser: Any, site: Path) -> None:
    visit(browser, site / "index.html")
    until(browser, "return document.querySelectorAll('#files tbody tr').length > 10")
    choose(browser, "year", "2023")
    assert {row[:4] for row in texts(browser, "#files tbody tr")} == {"2023"}
    choose(browser, "text", "江夏")
    assert [("江夏" in row) for row in texts(browser, "#files tbody tr")] == [True]
    choose(browser, "text", "没有这样的报告")
    assert texts(browser, "#count") == ["0 个文件"]


def test_filters_filter_an_indicator(browser: Any, site: Path) -> None:
    visit(browser, site / "indicators/fulltime_students.html")
    until(browser, "return document.querySelectorAll('#values tbody tr').length > 0")
    choose(browser, "year", "")
    every = len(texts(browser, "#values tbody tr"))
    choose(browser, "province", "浙江省")
    some = texts(browser, "#values tbody tr")
    assert 0 < len(some) < every
    classes = browser.execute_script(
        "return [...document.querySelectorAll('#class option')].map(o => o.value)"
    )
    assert any("专业大类=" in c for c in classes)


def test_filters_filter_findings(browser: Any, site: Path) -> None:
    visit(browser, site / "audit.html")
    until(browser, "return document.querySelectorAll('.findings > li').length > 10")
    choose(browser, "severity", "error")
    assert set(texts(browser, ".findings .tag")) == {"错误"}
    choose(browser, "severity", "")
    choose(browser, "check", "不可能的数值")
    assert set(texts(browser, ".findings strong")) == {"不可能的数值"}


def test_search_finds_indicators_by_synonym_and_reports_by_place(browser: Any, site: Path) -> None:
    from selenium.webdriver.common.by import By  # noqa: PLC0415

    visit(browser, site / "audit.html")
    box = browser.find_element(By.ID, "q")
    box.send_keys("双师率")
    assert "“双师型”教师比例" in until(browser, "return document.querySelector('#found a')?.textContent")
    box.clear()
    box.send_keys("2023 郫都")
    until(
        browser,
        "return [...document.querySelectorAll('#found small')].some(s => s.textContent.includes('郫都'))",
    )
    box.send_keys("\ue007")
    until(browser, "return document.querySelector('article')")
    assert "郫都" in browser.title


def test_a_hostile_report_stays_text(browser: Any, hostile: Path) -> None:
    for page in [
        *hostile.glob("*.html"),
        *hostile.glob("reports/*.html"),
        *hostile.glob("indicators/*.html"),
    ]:
        visit(browser, page)
        until(browser, "return document.readyState == 'complete'")
        assert browser.execute_script("return window.evil") is None
        assert complaints(browser) == []
    visit(browser, next(hostile.glob("reports/*.html")))
    assert "<script>window.evil=1</script>" in browser.execute_script(
        "return document.querySelector('article').textContent"
    )


def test_a_report_shows_how_a_number_was_read_as_explain_does(browser: Any, site: Path, rules: Rules) -> None:
    path = ROOT / "raw/2023/2023年宁波市鄞州区中等职业教育质量年报.docx"
    told = Replay(path.read_bytes(), path.name, rules).at(place_of("t8r3c2"))
    visit(browser, site / "reports" / f"{told.doc_id}.html", "#t8r3c2")
    button = until(browser, "return document.querySelector('#told .how')")
    browser.execute_script("arguments[0].click()", button)
    seen = until(browser, "return [...document.querySelectorAll('.steps li')].map(li => li.textContent)")
    assert len(seen) == len(told.steps)
    for said, step in zip(seen, told.steps, strict=True):
        assert KEYS[step.key][1] in said
        assert " ".join(step.found.split())[:100] in said
