"""Without JavaScript: being heard by reports and appeals, and coming to the end of a feed."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import expect

from moderation.rulebook import load_rulebook
from tests.browser.conftest import WORDS, Open, Village
from tests.browser.eyes import PHONE
from tests.journey.house import House, seconds_until
from tests.journey.people import Person

pytestmark = pytest.mark.browser


def test_mei_reports_a_note_and_tang_appeals(
    stack: House, village: Village, open_page: Open
) -> None:
    words = load_rulebook().rule("harassment").not_fine["en"][0]
    with closing((tang := Person(stack.url, "tang")).http):
        kind = tang.post("A quiet lake", "Nobody else was there.")["id"]
        unkind = tang.post(words[:40], words)["id"]
        seconds_until("judged", lambda: tang.state(unkind) == "held", 20)
        seconds_until("published", lambda: tang.state(kind) == "published", 20)

        page = open_page(f"/notes/{kind}/", village.mei, java_script_enabled=False, viewport=PHONE)
        page.get_by_role("link", name="Report").click()
        page.locator("[name=reason]").first.check()
        page.get_by_role("button", name="Send the report").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

        page = open_page("/decisions/", tang, java_script_enabled=False, viewport=PHONE)
        page.get_by_role("link", name="Appeal").click()
        page.locator("[name=text]").fill("It is a line of a play.")
        page.get_by_role("button", name="Send the appeal").click()
        page.wait_for_url("**/decisions/")
        expect(page.locator(".rows > li").first).to_contain_text("It is a line of a play.")


def test_a_feed_on_a_phone_has_a_next_page_and_a_foot(writer: str, open_page: Open) -> None:
    page = open_page(f"/@{writer}/", java_script_enabled=False, viewport=PHONE)
    foot = page.locator(".foot").get_by_role("link", name="Rules")
    expect(foot).to_be_visible()
    page.get_by_role("link", name="More notes").click()
    page.wait_for_url("**before=*")
    expect(page.locator(".waterfall .card")).to_have_count(1)
    expect(foot).to_be_visible()


def test_where_pages_come_by_themselves_the_foot_follows_the_last(
    writer: str, open_page: Open
) -> None:
    page = open_page(f"/@{writer}/", viewport=PHONE)
    foot = page.locator(".foot")
    expect(foot).to_be_hidden()  # or each page that comes would push it away
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".waterfall .card")).to_have_count(len(WORDS))
    expect(foot.get_by_role("link", name="Rules")).to_be_visible()
