"""Being heard without JavaScript: reporting a note, and appealing against a decision."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import expect

from moderation.rulebook import load_rulebook
from tests.browser.conftest import Open, Village
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
        expect(page.locator(".told__item").first).to_contain_text("It is a line of a play.")
