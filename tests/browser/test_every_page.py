"""Every page: a visitor's in English on a desk by day, a member's in Chinese on a phone."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Open, Village
from tests.browser.eyes import DESK, PHONE, barriers, width_of
from tests.browser.pages import FOR_ALL, FOR_ONESELF

pytestmark = pytest.mark.browser
Theme = Literal["light", "dark"]
# Each page once: axe takes its time. `bin/screenshots --axe` has every look of all of them.
LOOKS: dict[str, tuple[ViewportSize, Theme]] = {"en": (DESK, "light"), "zh": (PHONE, "dark")}


def paths(village: Village, of: dict[str, str]) -> dict[str, str]:
    names = {"ann": village.ann.username, "mei": village.mei.username}
    numbers = {"gallery": village.gallery, "tea": village.tea, "board": village.board}
    told = {"topic": "autumn", **names, **numbers}
    return {name: path.format(**told) for name, path in of.items()}


def faults_of(page: Page, name: str, language: str) -> list[str]:
    """What hinders somebody on this page."""
    width, theme = LOOKS[language[:2]]
    place = f"{name} at {width['width']}, {theme}"
    wide = width_of(page)
    faults = [f"{place}: {wide} pixels wide"] if wide > width["width"] else []
    return faults + [f"{place}: {barrier}" for barrier in barriers(page)]


def wear(page: Page, language: str) -> None:
    """Look as readers of this language look here."""
    width, theme = LOOKS[language[:2]]
    page.set_viewport_size(width)
    page.emulate_media(color_scheme=theme)


@pytest.mark.parametrize("language", ["en-US"])
def test_nothing_hinders_a_visitor(village: Village, open_page: Open, language: str) -> None:
    page = open_page("/", locale=language)
    wear(page, language)
    faults = []
    for name, path in paths(village, FOR_ALL).items():
        page.goto(path)
        faults += faults_of(page, name, language)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["zh-hans"])
def test_nothing_hinders_a_member(village: Village, open_page: Open, language: str) -> None:
    page = open_page("/", village.mei)
    wear(page, language)
    page.context.add_cookies([{"name": "language", "value": language, "url": village.url}])
    faults = []
    for name, path in paths(village, FOR_ONESELF).items():
        page.goto(path)
        faults += faults_of(page, name, language)
        assert page.locator("html").get_attribute("lang") == language
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
