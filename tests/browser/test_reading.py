"""Reading a note: opening it, looking through its pictures, liking, commenting, following."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Village
from tests.browser.eyes import PHONE
from tests.journey.house import House
from tests.journey.people import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(stack: House) -> Iterator[Person]:
    """Somebody new, who has liked and followed nothing yet."""
    person = Person(stack.url, "reader")
    with closing(person.http):
        yield person


def test_a_note_opens_over_the_feed_and_back_closes_it(village: Village, open_page: Open) -> None:
    page = open_page("/")
    page.locator(f'a[data-layer][href="/notes/{village.gallery}/"]').click()
    layer = page.locator("dialog.layer")
    expect(layer.get_by_role("heading", name="Three days in the hills")).to_be_visible()
    assert page.url == f"{village.url}/notes/{village.gallery}/"
    page.go_back()
    expect(layer).to_be_hidden()
    assert page.url == f"{village.url}/"


def test_the_pictures_are_leafed_through_by_keyboard(village: Village, open_page: Open) -> None:
    page = open_page(f"/notes/{village.gallery}/")
    counter = page.locator("[data-at]")
    expect(counter).to_have_text("1")
    for key, shown in [("ArrowRight", "2"), ("ArrowRight", "3"), ("ArrowLeft", "2")]:
        page.keyboard.press(key)
        expect(counter).to_have_text(shown)
    page.get_by_role("button", name="Previous image").press("Enter")
    expect(counter).to_have_text("1")
    expect(page.get_by_role("button", name="Previous image")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_reader_likes_comments_and_follows(
    village: Village, open_page: Open, reader: Person, javascript: bool
) -> None:
    page = open_page("/", reader, java_script_enabled=javascript, viewport=PHONE)
    page.get_by_text("#autumn").click()
    page.get_by_role("button", name="Show me my home").click()
    page.locator(f'a[href="/notes/{village.gallery}/"]').first.click()
    page.wait_for_url("**/notes/*/")

    heart = page.locator(".note__marks .heart[aria-pressed]:not(.heart--save)")
    before = int(heart.locator("[data-count]").inner_text() or 0)
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(heart.locator("[data-count]")).to_have_text(str(before + 1))
    expect(heart).not_to_have_class(re.compile("htmx-request"))  # it says so before the server does
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")

    words = f"What a view, says {reader.username}"
    page.locator("#comment-body").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".comment__body", has_text=words)).to_be_visible()
    expect(page.locator("#comment-body")).to_have_value("")

    follow = page.locator(".note__author form button")
    expect(follow).to_have_text("Follow")
    with page.expect_response("**/follow/"):
        follow.click()
    expect(page.locator("form button", has_text=re.compile("^Following$"))).to_be_visible()
    following = reader.http.get(f"/api/v1/users/{village.ann.username}/").json()["viewer"]
    assert following["following"] is True
    page.goto("/following/")
    expect(page.locator(f'a[href="/notes/{village.gallery}/"]').first).to_be_visible()


def test_a_stranger_reads_everything_and_is_asked_in_before_answering(
    village: Village, open_page: Open
) -> None:
    page = open_page("/?language=zh", java_script_enabled=False)
    page.locator(f'a[href="/notes/{village.tea}/"]').first.click()
    expect(page.get_by_role("heading", name="雨天的龙井茶")).to_be_visible()
    expect(page.locator(".note__words")).to_have_attribute("lang", "zh")
    page.get_by_role("link", name="Log in to comment").click()
    page.wait_for_url(f"**/accounts/login/?next=/notes/{village.tea}/")
