"""The page of a report in a real Chromium: narrow screens, keyboard, and the command that replays a number."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from pipeline.explain import explain
from pipeline.rules import Rules
from pipeline.schema.place import place_of
from tests.publish.site.test_browser import complaints, until, visit


@pytest.fixture
def largest(site: Path) -> Path:
    return max((site / "reports").glob("*.html"), key=lambda p: p.stat().st_size)


def test_a_narrow_screen_scrolls_tables_in_their_box_and_not_the_page(browser: Any, largest: Path) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 320, "height": 700, "deviceScaleFactor": 1, "mobile": False},
    )
    visit(browser, largest)
    until(browser, "return document.querySelector('article mark')")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    wide = "return [...document.querySelectorAll('article .table')].filter(t => t.scrollWidth > t.clientWidth).length"
    assert browser.execute_script(wide) > 0
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert complaints(browser) == []


def test_the_tab_key_reaches_the_numbers_and_shows_what_was_made_of_one(browser: Any, largest: Path) -> None:
    visit(browser, largest)
    until(browser, "return document.querySelector('article mark')")
    browser.execute_script(
        'document.querySelector(\'article [tabindex="0"].v, article [tabindex="0"].n\').focus()'
    )
    assert until(browser, "return !document.getElementById('told').hidden")
    assert until(browser, "return document.querySelector('.on') === document.activeElement")


def test_a_chosen_number_stays_while_the_pointer_crosses_others(browser: Any, largest: Path) -> None:
    visit(browser, largest)
    until(browser, "return document.querySelector('article mark')")
    over = "m[arguments[0]].dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));"
    marks = "const m = document.querySelectorAll('article mark');"
    on = "return [...m].indexOf(document.querySelector('.on'))"
    assert browser.execute_script(marks + over + on, 2) == 2
    assert browser.execute_script(marks + over + on, 3) == 3
    assert browser.execute_script(marks + "m[1].click();" + over + on, 2) == 1
    assert (
        browser.execute_script(marks + "document.querySelector('#told .close').click();" + over + on, 2) == 2
    )


def test_the_command_on_the_page_names_the_file_and_a_place_that_can_be_replayed(
    browser: Any, hostile: Path, rules: Rules
) -> None:
    visit(browser, next(hostile.glob("reports/*.html")))
    until(browser, "const m = document.querySelector('article p mark.v:not(.unknown)'); m?.click(); return m")
    command = until(browser, "return [...document.querySelectorAll('#told code')].pop()?.textContent")
    program, verb, file, option, place = shlex.split(command)
    assert (program, verb, file, option) == ("nianbao", "explain", "raw/一'&<b>.docx", "--at")
    report = hostile.parents[1] / file
    row = explain(report.read_bytes(), file, place_of(place), rules).row
    assert row is not None
    assert row.value == 431
