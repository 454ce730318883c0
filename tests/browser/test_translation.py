"""Reading what the other side writes: translated in place, its words explained on tap."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from launcher.tests.conftest import wait_for
from tests.browser.conftest import Open, Village
from tests.browser.eyes import DESK, PHONE, barriers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def noodles(village: Village) -> int:
    """A note of Mei's that no English reader understands."""
    note: int = village.mei.post("一碗面", "巷口这家面yyds，汤很鲜。#面")["id"]
    wait_for(lambda: village.ann.note_status(note) == 200, 60)
    return note


def test_a_note_is_read_in_ones_own_language(open_page: Open, noodles: int) -> None:
    page = open_page(f"/notes/{noodles}/", viewport=DESK)
    page.get_by_role("link", name="See translation").click()
    words = page.locator(".translation__words")
    expect(words).to_contain_text("[巷口这家面yyds，汤很鲜。]")
    expect(words.get_by_role("link", name="#面")).to_have_attribute("href", "/topics/%E9%9D%A2/")
    expect(page.get_by_text("Translated by LibreTranslate")).to_be_visible()
    original = page.locator(".note__words .prose")
    expect(original).to_be_visible()
    page.set_viewport_size(PHONE)
    expect(original).to_be_hidden()
    page.get_by_text("See the original").click()
    expect(original).to_be_visible()
    assert barriers(page) == []


def test_without_javascript_it_is_a_page_and_better_words_are_offered(
    village: Village, open_page: Open, noodles: int
) -> None:
    page = open_page(f"/notes/{noodles}/", village.ann, java_script_enabled=False)
    page.get_by_role("link", name="See translation").click()
    expect(page.get_by_text("Translated by LibreTranslate")).to_be_visible()
    page.get_by_role("link", name="Word it better").click()
    page.get_by_label("Title").fill("A bowl of noodles")
    page.get_by_role("button", name="Offer these words").click()
    expect(page.get_by_role("heading", name="A bowl of noodles")).to_be_visible()


def test_a_word_is_explained_beside_it_and_escape_leads_back(open_page: Open, noodles: int) -> None:
    page = open_page(f"/notes/{noodles}/")
    word = page.get_by_role("link", name="yyds")
    word.press("Enter")
    card = page.get_by_role("dialog", name="Glossary")
    expect(card.get_by_text("the GOAT")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    bare = open_page(f"/notes/{noodles}/", java_script_enabled=False)
    bare.get_by_role("link", name="yyds").click()
    expect(bare.get_by_role("heading", name="yyds").first).to_be_visible()
