"""Coming in, going out, choosing a language and a theme."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.journey.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_ann_signs_up_leaves_and_comes_back(open_page: Open, javascript: bool) -> None:
    name = f"ann_{secrets.token_hex(3)}"
    page = open_page("/accounts/signup/", java_script_enabled=javascript)
    page.get_by_label("Username").fill(name)
    page.get_by_label(re.compile("^e-?mail", re.IGNORECASE)).fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("English").check()
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("link", name="Me", exact=True)).to_have_attribute("href", f"/@{name}/")

    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_role("link", name="Log out").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Me", exact=True)).to_have_count(0)

    page.get_by_role("link", name="Log in").click()
    log_in(page, f"{name}@example.org", PASSWORD)
    expect(page.get_by_role("link", name="Me", exact=True)).to_have_attribute("href", f"/@{name}/")


def test_a_wrong_password_says_so_and_names_no_account(open_page: Open) -> None:
    page = open_page("/accounts/login/")
    for name in ("nobody_at_all", "ann"):
        log_in(page, name, "not-her-password")
        expect(page.locator(".errorlist:visible")).to_contain_text("not correct")


def log_in(page: Page, name: str, password: str) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_each_field_of_the_log_in_has_a_name_of_its_own(open_page: Open) -> None:
    page = open_page("/accounts/login/")
    assert page.locator("form .field label").all_inner_texts() == ["Username or e-mail", "Password"]


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_the_interface_changes_to_chinese_and_back(open_page: Open, javascript: bool) -> None:
    page = open_page("/rules/", java_script_enabled=javascript)
    page.get_by_role("button", name="简体").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.get_by_role("link", name="发现").first).to_be_visible()
    assert page.url.endswith("/rules/")
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Explore").first).to_be_visible()


def test_night_falls_by_choice_or_by_the_system(open_page: Open) -> None:
    page = open_page("/")
    assert is_night(page) is False
    page.emulate_media(color_scheme="dark")
    assert is_night(page) is True
    page.emulate_media(color_scheme="light")
    switch = page.get_by_role("button", name="Light or dark").first
    switch.click()
    switch.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert is_night(page) is True
    page.reload()
    assert is_night(page) is True
    page.get_by_role("button", name="Light or dark").first.click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))
    assert is_night(page) is False


def is_night(page: Page) -> bool:
    """Whether the ground is darker than the ink on it, whatever the notation of the colours."""
    brightness = """name => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      canvas.fillStyle = getComputedStyle(document.documentElement)[name];
      canvas.fillRect(0, 0, 1, 1);
      return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, x) => sum + x);
    }"""
    return bool(page.evaluate(brightness, "backgroundColor") < page.evaluate(brightness, "color"))
