"""Journeys of people in a real browser, in both languages: from the first letter to the last."""

from __future__ import annotations

import re
import secrets
import time
import zipfile
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from launcher.tests.conftest import wait_for
from tests.browser.conftest import Open, Village
from tests.journey.house import House
from tests.journey.people import PASSWORD

pytestmark = pytest.mark.browser
LINK = re.compile(r"http://\S+/accounts/confirm-email/\S+/")
# What the buttons and fields are called, by the language of the pages.
WORDS = {
    "en-US": {
        "username": "Username", "email": "Email", "password": "Password", "read": "English",
        "join": "Create the account", "confirm": "Yes, confirm it", "confirmed": "confirmed",
        "again": "Continue", "set up": "Set up", "code": "Code of the app", "on": "Turn on",
        "log in": "Log in", "one code": "Code", "more": "More", "block": "Block",
        "unblock": "Unblock", "private": "private account", "save": "Save", "ask": "Ask to follow",
        "asked": "Requested", "accept": "Accept", "following": "Following",
        "make": "Make the file", "download": "Download", "erase": "Erase my account",
        "good-bye": "Good-bye, and take care",
    },
    "zh-CN": {
        "username": "用户名", "email": "电子邮件", "password": "密码", "read": "中文",
        "join": "注册", "confirm": "是的，确认", "confirmed": "已验证",
        "again": "继续", "set up": "开启", "code": "应用中的验证码", "on": "开启",
        "log in": "登录", "one code": "验证码", "more": "更多", "block": "屏蔽",
        "unblock": "取消屏蔽", "private": "私密账号", "save": "保存", "ask": "申请关注",
        "asked": "已申请", "accept": "通过", "following": "已关注",
        "make": "生成文件", "download": "下载", "erase": "注销我的账号",
        "good-bye": "再见，多保重",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize("language", list(WORDS))


def letters(house: House) -> str:
    """What the worker has written to its log in the place of a mail server."""
    return (house.var / "log" / "worker.log").read_text(errors="replace")


def join(open_page: Open, language: str, home: str = "") -> tuple[Page, str]:
    words, name = WORDS[language], f"lin_{secrets.token_hex(3)}"
    page = open_page(f"{home}/accounts/signup/", locale=language)
    page.get_by_label(words["username"]).fill(name)
    page.locator("[name=email]").fill(f"{name}@example.org")
    page.locator("[name=password1]").fill(PASSWORD)
    page.get_by_label(words["read"]).check()
    page.get_by_role("button", name=words["join"]).click()
    expect(page.locator(f'a[href="/@{name}/"]').first).to_be_attached()
    return page, name


def confirm_it_is_me(page: Page, words: dict[str, str]) -> None:
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=words["again"]).click()


@BOTH
def test_joining_confirming_and_a_second_factor(
    open_page: Open, stack: House, language: str
) -> None:
    words = WORDS[language]
    page, name = join(open_page, language)
    wait_for(lambda: f"@{name} " in letters(stack), 60)
    mine = letters(stack).split(f"@{name} ", 1)[1]
    link = LINK.search(mine)
    assert link is not None
    page.goto(link[0])
    page.get_by_role("button", name=words["confirm"]).click()
    page.goto("/accounts/email/")
    expect(page.locator(".chip")).to_have_text(words["confirmed"])

    page.goto("/accounts/2fa/")
    page.get_by_role("link", name=words["set up"]).first.click()
    confirm_it_is_me(page, words)
    secret = page.locator("code.secret").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name=words["on"]).click()
    expect(page.locator("code.secret").first).to_be_visible()
    recovery = page.locator("code.secret").first.inner_text()

    page.goto("/accounts/logout/")
    page.locator("form[action='/accounts/logout/'] button").first.click()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] button[data-kind=primary]").click()
    page.get_by_label(words["one code"]).fill(recovery)
    page.get_by_role("button", name=words["log in"]).click()
    expect(page.locator(f'a[href="/@{name}/"]').first).to_be_attached()


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@BOTH
def test_blocking_hides_both_and_can_be_taken_back(
    open_page: Open, village: Village, language: str
) -> None:
    words = WORDS[language]
    page, _ = join(open_page, language)
    page.goto(f"/@{village.ann.username}/")
    expect(page.locator(".waterfall li").first).to_be_visible()
    page.locator(".menu summary").click()
    page.get_by_role("link", name=words["block"]).click()
    page.get_by_role("button", name=words["block"], exact=True).click()
    expect(page.locator(".waterfall li")).to_have_count(0)
    page.goto(f"/notes/{village.gallery}/")
    expect(page.locator(".note")).to_have_count(0)
    page.goto("/settings/people/")
    page.get_by_role("button", name=words["unblock"]).click()
    page.goto(f"/notes/{village.gallery}/")
    expect(page.locator(".note")).to_be_visible()


@BOTH
def test_a_private_account_lets_in_who_asks(open_page: Open, language: str) -> None:
    words = WORDS[language]
    lin, name = join(open_page, language)
    lin.goto("/settings/privacy/")
    lin.get_by_label(words["private"]).check()
    lin.get_by_role("button", name=words["save"]).click()
    guest, guest_name = join(open_page, language)
    guest.goto(f"/@{name}/")
    with guest.expect_response("**/follow/"):  # the button says so before the server does
        guest.get_by_role("button", name=words["ask"]).click()
    expect(guest.get_by_role("button", name=words["asked"])).to_be_visible()
    lin.goto("/requests/")
    expect(lin.get_by_text(f"@{guest_name}")).to_be_visible()
    lin.get_by_role("button", name=words["accept"]).click()
    guest.reload()
    expect(guest.get_by_role("button", name=words["following"], exact=True)).to_be_visible()


@BOTH
def test_taking_everything_along_and_leaving(
    open_page: Open, language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    page, name = join(open_page, language)
    page.goto("/settings/export/")
    page.get_by_role("button", name=words["make"]).click()
    link = page.get_by_role("link", name=words["download"])
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    path = tmp_path / "everything.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert name.encode() in archive.read("profile.json")

    page.goto("/settings/leaving/")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=words["erase"]).click()
    expect(page.get_by_role("heading", name=words["good-bye"])).to_be_visible()
    page.goto(f"/@{name}/")
    expect(page.locator(".profile")).to_have_count(0)
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] button[data-kind=primary]").click()
    page.goto(f"/@{name}/")
    expect(page.locator(".profile")).to_be_visible()
