"""Searching: by keyboard from the first key to the note, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Village
from tests.browser.eyes import PHONE, barriers

pytestmark = pytest.mark.browser


def test_searching_by_keyboard_alone(village: Village, open_page: Open) -> None:
    page = open_page("/", locale="zh-CN", bypass_csp=True)
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.press_sequentially("aut")
    choice = page.get_by_role("option", name="autumn")
    expect(choice).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert barriers(page) == []
    page.keyboard.press("ArrowDown")
    expect(choice).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == choice.get_attribute("id")
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(choice).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/autumn/")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("龍井")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".card__title")).to_have_text(["雨天的龙井茶"])


def test_searching_without_scripts_on_a_phone(village: Village, open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False, viewport=PHONE)
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url("**/search/?q=")
    page.get_by_role("searchbox").fill("kneading bread")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".card__title")).to_have_text(["Bread without kneading"])
    page.get_by_role("link", name="中文").first.click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Nothing found for “kneading bread”")
    page.get_by_role("link", name="Show notes in English").click()
    expect(page.locator(".card__title")).to_have_text(["Bread without kneading"])
