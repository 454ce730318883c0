"""Redleaf as an app: keys for those who know them, and what is left without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open, Village, cookie_of

pytestmark = pytest.mark.browser
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"


def test_keys_lead_about_but_not_while_somebody_types(village: Village, open_page: Open) -> None:
    page = open_page("/explore/", village.mei)
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".card__link").first).to_be_focused()

    page.goto(f"/notes/{village.gallery}/")
    page.keyboard.press("c")
    comment = page.locator("#comment-body")
    expect(comment).to_be_focused()
    page.keyboard.type("all? jokes")
    expect(comment).to_have_value("all? jokes")
    expect(keys).to_be_hidden()


def test_what_was_read_stays_without_a_network_until_one_leaves(
    browser: Browser, village: Village
) -> None:
    page = browser.new_context(base_url=village.url, locale="en-US").new_page()
    page.context.add_cookies([cookie_of(village.mei)])
    page.goto("/explore/")
    page.wait_for_function(CONTROLLED)
    note = f"/notes/{village.gallery}/"
    page.goto(note)
    page.context.set_offline(True)
    page.goto(note)
    expect(page.get_by_role("heading", name="Three days in the hills")).to_be_visible()
    page.goto("/rules/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()

    page.context.set_offline(False)
    leave(page)
    page.context.set_offline(True)
    page.goto(note)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.close()


def leave(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "logout" not in url)
