"""Scripts come last to who only looks, and nobody has to wait for them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, Village
from tests.browser.eyes import DESK

pytestmark = pytest.mark.browser
HEART = ".note__marks .heart[aria-pressed]:not(.heart--save)"
READY = "() => window.htmx !== undefined"
# Whether every script was asked for after all that the page came with.
LAST = """() => {
  const loaded = performance.getEntriesByType("navigation")[0].loadEventStart;
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => /\\.js/.test(name));
  return scripts.length > 1 && scripts.every(({ startTime }) => startTime > loaded);
}"""
ANNOUNCED = """window.announced = 0;
addEventListener("DOMContentLoaded", () => (window.announced += 1));"""
# Our own scripts are there, and htmx was fetched.
FETCHED = """() => {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => /\\.js/.test(name));
  return scripts.some(({ name }) => /htmx/.test(name)) && scripts.every((one) => one.responseEnd);
}"""
# Whatever Playwright evaluates counts as an act of the user, so that waiting is not enough.
LONG_AGO = "Object.defineProperty(navigator, 'userActivation', {value: {isActive: false}})"


def test_scripts_come_when_the_page_is_there(open_page: Open) -> None:
    page = open_page("/rules/", idle=True)
    page.add_init_script(ANNOUNCED)
    page.goto("/")
    page.wait_for_function(READY)
    assert page.evaluate(LAST)
    expect(page.locator("html")).not_to_have_attribute("data-waits", re.compile(""))
    # Scripts of libraries begin with it, and must not begin twice.
    assert page.evaluate("window.announced") == 1


def test_a_visitor_s_page_is_read_for_htmx_once_they_act(open_page: Open, village: Village) -> None:
    page = open_page("/rules/", idle=True)
    page.goto(f"/notes/{village.gallery}/")
    page.wait_for_function(FETCHED)
    assert page.evaluate("window.htmx") is None
    page.keyboard.press("Tab")
    page.wait_for_function(READY, timeout=4500)


def test_a_member_s_page_is_read_at_once(open_page: Open, village: Village) -> None:
    page = open_page("/rules/", village.mei, idle=True)
    # How much is unread stands in every page of a member.
    page.wait_for_function(READY, timeout=4500)


def test_links_and_forms_work_before_the_scripts_are_there(
    open_page: Open, village: Village
) -> None:
    waiting = list[Route]()
    page = open_page("/rules/", village.mei, idle=True, viewport=DESK)
    page.wait_for_function(READY)
    page.route("**/*.js", lambda route: waiting.append(route))
    page.goto("/explore/")
    page.locator(".card__link").first.click()
    expect(page.locator("main > .note")).to_be_visible()
    page.goto(f"/notes/{village.gallery}/")
    heart = page.locator(HEART)
    before = heart.get_attribute("aria-pressed")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    assert waiting
    assert page.evaluate("window.htmx") is None


def shared_early(open_page: Open, village: Village) -> tuple[Page, list[Route]]:
    """A note whose share button was pressed while its scripts, the routes, are held back."""
    page = open_page("/rules/", idle=True, permissions=["clipboard-read", "clipboard-write"])
    waiting = list[Route]()
    page.route("**/*.js", lambda route: waiting.append(route))
    page.goto(f"/notes/{village.gallery}/")
    page.locator("[data-share]").click()
    return page, waiting


def test_a_link_is_shared_once_the_script_is_there(open_page: Open, village: Village) -> None:
    page, waiting = shared_early(open_page, village)
    share = page.locator("[data-share]")
    expect(share.locator("[role=status]")).to_be_empty()
    for route in waiting:
        route.continue_()
    expect(share.locator("[role=status]")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/notes/{village.gallery}/")


def test_who_has_waited_long_presses_share_again(open_page: Open, village: Village) -> None:
    page, waiting = shared_early(open_page, village)
    share = page.locator("[data-share]")
    page.evaluate(LONG_AGO)
    for route in waiting:
        route.continue_()
    page.wait_for_function(READY)
    expect(share.locator("[role=status]")).to_be_empty()
    share.click()
    expect(share.locator("[role=status]")).not_to_be_empty()
