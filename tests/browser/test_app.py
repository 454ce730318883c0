"""Redleaf as an app: keys for those who know them, and what is left without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Open, Village, cookie_of

pytestmark = pytest.mark.browser
# What has the focus is outlined, and nothing lies over its middle; "" or what is wrong.
FOCUS_IS_SEEN = """() => {
  const it = document.activeElement;
  if (it === document.body) return "";
  it.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = it.getBoundingClientRect();
  const above = document.elementFromPoint(x + width / 2, y + height / 2);
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return outlined && above && (it.contains(above) || above.contains(it)) ? "" : it.outerHTML;
}"""
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


def test_everything_is_reached_by_keyboard_and_one_sees_where_one_is(
    village: Village, open_page: Open
) -> None:
    page = open_page("/explore/", village.mei)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    card = page.locator(f'.card__link[href="/notes/{village.gallery}/"]')
    walk_to(page, card)
    page.keyboard.press("Enter")
    layer = page.locator("dialog.layer")
    expect(layer.get_by_role("heading", name="Three days in the hills")).to_be_visible()
    walk_to(page, layer.locator("#comment-body"))
    heart = layer.locator(".note__marks .heart[aria-pressed]").first
    walk_to(page, heart)
    after = "false" if heart.get_attribute("aria-pressed") == "true" else "true"
    with page.expect_response("**/like/"):
        page.keyboard.press("Enter")
    expect(heart).to_have_attribute("aria-pressed", after)
    expect(heart).to_be_focused()
    page.keyboard.press("Escape")
    expect(layer).to_be_hidden()
    expect(card).to_be_focused()


def walk_to(page: Page, goal: Locator) -> None:
    """Go on by Tab until it has the focus; whatever has it on the way is seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN) == ""
        if goal.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError("Tab does not lead there")


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
