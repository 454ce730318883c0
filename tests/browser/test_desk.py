"""A moderator's work with the keyboard alone, in both languages, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from moderation.rulebook import load_rulebook
from tests.browser.conftest import Open, Village
from tests.browser.eyes import PHONE, barriers, width_of
from tests.journey.conftest import MODERATOR
from tests.journey.house import House, seconds_until
from tests.journey.people import Person

pytestmark = pytest.mark.browser
WORDS = {"en": ("Decide", "published"), "zh-hans": ("裁定", "已发布")}


@pytest.fixture
def bo(stack: House, village: Village) -> Iterator[Person]:
    bo = Person(village.url, "bo", "en")
    with closing(bo.http):
        stack.python(MODERATOR.format(username=bo.username))
        yield bo


@pytest.fixture
def tang(village: Village) -> Iterator[Person]:
    tang = Person(village.url, "tang", "en")
    with closing(tang.http):
        yield tang


def await_hold(author: Person, note: int) -> None:
    seconds_until("held", lambda: author.state(note) == "held")


def holds_focus_of_the_first_row(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator("#result_list tbody a:focus")).to_have_count(1)


def test_a_held_note_is_freed_with_two_keys_in_either_language(
    bo: Person, tang: Person, village: Village, open_page: Open
) -> None:
    words = load_rulebook().rule("harassment").not_fine["en"][0]
    notes = [tang.post(f"A play, part {n}", words)["id"] for n in (1, 2)]
    for note in notes:
        await_hold(tang, note)
    queue = f"/admin/moderation/case/?queue=waiting&q={tang.username}"
    page = open_page(queue, bo)
    for language, (decide, state) in WORDS.items():
        page.context.add_cookies([{"name": "language", "value": language, "url": village.url}])
        page.goto(queue)
        holds_focus_of_the_first_row(page)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=decide, exact=True)).to_be_visible()
        expect(page.locator("mark")).not_to_have_count(0)
        assert barriers(page) == []
        page.keyboard.press("5")
        expect(page.locator("[data-desk=decision] select")).to_have_value("self_harm")
        page.keyboard.press("p")
        page.keyboard.press("Enter")
        expect(page.get_by_text(re.compile(rf"\d+[:：] ?{state}"))).to_be_visible()
    for note in notes:
        assert tang.state(note) == "published"


def test_a_case_fits_on_a_phone_and_its_picture_shows_when_tapped(
    bo: Person, tang: Person, open_page: Open
) -> None:
    words = load_rulebook().rule("harassment").not_fine["zh"][0]
    note = tang.post("一出戏", words)["id"]
    await_hold(tang, note)
    page = open_page(f"/admin/moderation/case/?queue=waiting&q={tang.username}", bo, viewport=PHONE)
    page.locator("#result_list tbody a").first.click()
    picture = page.locator(".veil img")
    expect(picture).to_have_css("filter", re.compile("blur"))
    page.locator(".veil").click()
    expect(picture).to_have_css("filter", "none")
    assert width_of(page) <= PHONE["width"]
    assert barriers(page) == []
