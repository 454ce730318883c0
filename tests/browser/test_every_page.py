"""Every page: a visitor's in English on a desk by day, a member's in Chinese on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Village
from tests.browser.eyes import DESK, PHONE, barriers, width_of
from tests.browser.pages import FOR_ALL, FOR_ONESELF
from tests.speech import NAMES, foreign_words

pytestmark = pytest.mark.browser
# A description in another language than its note, names of scopes, and of a program that logged in.
SAID = {*["Maple", "leaves", "on", "a", "wet", "path", "read", "write", "python"]}
ECHO = "“["  # how the protocol server translates: the same words in brackets


def paths(village: Village, of: dict[str, str]) -> dict[str, str]:
    names = {"ann": village.ann.username, "mei": village.mei.username}
    numbers = {"gallery": village.gallery, "tea": village.tea, "board": village.board}
    told = {"topic": "autumn", **names, **numbers}
    return {name: path.format(**told) for name, path in of.items()}


def faults_of(page: Page, name: str, village: Village, language: str) -> list[str]:
    """What hinders somebody on this page, words of the other language among it."""
    people = {village.ann.username, village.mei.username}
    strange = foreign_words(page.content(), language, NAMES | SAID | people)
    heard = [words for words in strange if ECHO not in words]
    wide, screen = width_of(page), page.viewport_size
    assert screen is not None
    faults = [f"{name}: {wide} pixels wide"] if wide > screen["width"] else []
    return faults + [f"{name}: {fault}" for fault in (*barriers(page), *heard)]


# Each page once: axe takes its time. `bin/screenshots --axe` has every look of all of them.
def test_nothing_hinders_a_visitor_on_a_desk_by_day(village: Village, open_page: Open) -> None:
    page = open_page("/", locale="en-US", viewport=DESK, color_scheme="light")
    faults = []
    for name, path in paths(village, FOR_ALL).items():
        page.goto(path)
        faults += faults_of(page, name, village, "en")
    assert not faults, "\n".join(faults)


def test_nothing_hinders_a_member_on_a_phone_by_night(village: Village, open_page: Open) -> None:
    page = open_page("/", village.mei, viewport=PHONE, color_scheme="dark")
    page.context.add_cookies([{"name": "language", "value": "zh-hans", "url": village.url}])
    faults = []
    for name, path in paths(village, FOR_ONESELF).items():
        page.goto(path)
        faults += faults_of(page, name, village, "zh")
        assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert not faults, "\n".join(faults)


def test_the_test_itself_is_not_blind(open_page: Open) -> None:
    page = open_page("/rules/")
    assert barriers(page) == []
    page.evaluate("""() => {
      document.querySelector("h1").style.color = "oklch(85% 0 0)";
      document.querySelector("main").append(new Image());
      document.body.append("_".repeat(999));
    }""")
    assert sorted(barrier.split(":")[0] for barrier in barriers(page)) == [
        "color-contrast",
        "image-alt",
    ]
    assert width_of(page) > DESK["width"]
