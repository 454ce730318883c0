"""Every page in both languages, on a phone and on a desk, by day and by night."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Open, Village
from tests.browser.eyes import DESK, PHONE, barriers, width_of
from tests.browser.pages import FOR_ALL, FOR_ONESELF

pytestmark = pytest.mark.browser
Theme = Literal["light", "dark"]
LOOKS: dict[str, tuple[tuple[ViewportSize, Theme], ...]] = {
    "en": ((DESK, "light"), (PHONE, "dark")),  # every look once: axe takes its time
    "zh": ((DESK, "dark"), (PHONE, "light")),
}


def paths(village: Village, of: dict[str, str]) -> dict[str, str]:
    names = {"ann": village.ann.username, "mei": village.mei.username}
    numbers = {"gallery": village.gallery, "tea": village.tea, "board": village.board}
    told = {"topic": "autumn", **names, **numbers}
    return {name: path.format(**told) for name, path in of.items()}


def faults_of(page: Page, name: str, language: str) -> list[str]:
    """What hinders somebody on this page, on a desk and on a phone."""
    faults = []
    for width, theme in LOOKS[language[:2]]:
        page.set_viewport_size(width)
        page.emulate_media(color_scheme=theme)
        place = f"{name} at {width['width']}, {theme}"
        if (wide := width_of(page)) > width["width"]:
            faults.append(f"{place}: {wide} pixels wide")
        faults += [f"{place}: {barrier}" for barrier in barriers(page)]
    return faults


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_nothing_hinders_a_visitor(village: Village, open_page: Open, language: str) -> None:
    page = open_page("/", locale=language)
    faults = []
    for name, path in paths(village, FOR_ALL).items():
        page.goto(path)
        faults += faults_of(page, name, language)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_hinders_a_member(village: Village, open_page: Open, language: str) -> None:
    page = open_page("/", village.mei)
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
