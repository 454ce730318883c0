"""One Chromium for all tests here, and a Redleaf with a few notes in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from launcher import chromium
from launcher.tests.conftest import wait_for
from tests.browser.eyes import DESK, Eyes
from tests.journey.house import House
from tests.journey.people import Person, Visitor
from tests.journey.photos import small_photo

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEFAULTS = {
    "viewport": DESK,
    "locale": "en-US",
    "reduced_motion": "reduce",
    "service_workers": "block",  # it would fetch the whole frame in every test
}
# Scripts come late to who only looks. Who does something at once has them before a page has loaded.
AT_ONCE = """addEventListener("DOMContentLoaded", () => dispatchEvent(new Event("scroll")))"""
expect.set_options(timeout=15_000)
Open = Callable[..., Page]
# One more than a page of a feed holds.
WORDS = [
    "tea", "moss", "rain", "barley", "bridges", "maples", "ponds", "lanterns", "kites", "cats",
    "ferries", "chalk", "plums", "wool", "ladders", "drums", "ink", "hedges", "bells", "soup",
    "apples",
]  # fmt: skip


# Of the package, not of the session: the event loop of Playwright must be gone again
# before tests with a database run in this thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        if os.environ.get("REDLEAF_REQUIRE_BROWSER") == "1":
            pytest.fail("There is no Chromium, and REDLEAF_REQUIRE_BROWSER is set.")
        pytest.skip("THERE IS NO CHROMIUM: set CHROMIUM_PATH or install it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Village:
    """Ann has written in English, Mei in Chinese; Mei follows Ann."""

    url: str
    ann: Person
    mei: Person
    gallery: int
    tea: int
    # Of Mei, with the note on tea in it.
    board: int


@pytest.fixture(scope="package")
def village(stack: House) -> Iterator[Village]:
    ann, mei = Person(stack.url, "ann", "en"), Person(stack.url, "mei", "zh")
    with closing(ann.http), closing(mei.http):
        mei.follow(ann)
        shades = [ann.upload(small_photo(shade))["id"] for shade in range(3)]
        gallery = ann.post("Three days in the hills", "We walked. #autumn", shades)["id"]
        tea = mei.post("雨天的龙井茶", "窗外下雨，慢慢喝。 #茶 #autumn")["id"]
        for title in ("Bread without kneading", "A slow morning", "The old bridge"):
            ann.post(title, "A few words about it, nothing more.")
        wait_for(lambda: {gallery, tea} <= set(mei.feed("explore")), 90)
        board = mei.board("Hers", [tea])
        yield Village(stack.url, ann, mei, gallery, tea, board)


@pytest.fixture(scope="package")
def writer(stack: House) -> str:
    """Whose profile is longer than a page: their handle."""
    stranger = Visitor(stack.url).http
    with closing((person := Person(stack.url, "writer")).http), closing(stranger):
        for word in WORDS:
            picture = person.upload(small_photo(0, 60, 80))["id"]
            person.post(f"About {word}", f"A few lines on {word}.", [picture])
        about = f"/api/v1/users/{person.username}/"
        wait_for(lambda: stranger.get(about).json()["note_count"] == len(WORDS), 60)
        return person.username


@pytest.fixture
def open_page(browser: Browser, village: Village) -> Iterator[Open]:
    """Open a path in a fresh browser; in the end nothing odd may have been seen."""
    contexts, eyes = [], []

    def open_page(
        path: str, person: Person | None = None, *, idle: bool = False, **options: Any
    ) -> Page:
        settings = DEFAULTS | options
        context = browser.new_context(base_url=village.url, **settings)
        context.set_default_timeout(15_000)
        if not idle:
            context.add_init_script(AT_ONCE)
        contexts.append(context)
        eyes.append(Eyes(context, village.url))
        if person is not None:
            context.add_cookies([cookie_of(person)])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [(eye.errors, eye.strangers) for eye in eyes] == [([], [])] * len(eyes)


def cookie_of(person: Person) -> Any:
    """The session of somebody who logged in through the form."""
    with closing((visitor := person.browser()).http):
        value = visitor.http.cookies["sessionid"]
    return {"name": "sessionid", "value": value, "url": person.url}
