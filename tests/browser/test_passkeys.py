"""Passkeys with Chromium's own authenticator: added, asked for, refused, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Village
from tests.browser.test_people import BOTH, WORDS, confirm_it_is_me, join
from tests.journey.people import PASSWORD

pytestmark = pytest.mark.browser
SAID = {
    "en-US": {
        "add": "Add the key", "passkey": "With a passkey",
        "second": "Use a passkey or security key", "out": "Log out",
        "nothing": "Nothing came of it",
    },
    "zh-CN": {
        "add": "添加密钥", "passkey": "使用通行密钥", "second": "使用通行密钥或安全密钥",
        "nothing": "没有成功", "out": "退出登录",
    },
}  # fmt: skip


class Authenticator:
    """A fingerprint reader inside the browser of a page."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.named = {"authenticatorId": made["authenticatorId"]}

    def know_the_finger(self, *, known: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", self.named | {"isUserVerified": known})


@BOTH
def test_a_passkey_is_added_and_logs_in(village: Village, open_page: Open, language: str) -> None:
    words, said = WORDS[language], SAID[language]
    page, name = join(open_page, language, village.url.replace("127.0.0.1", "localhost"))
    reader = Authenticator(page)
    page.goto(f"{origin(page)}/accounts/2fa/webauthn/add/")
    confirm_it_is_me(page, words)
    page.locator("[name=name]").fill("Finger")
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name=said["add"]).click()
    page.wait_for_url("**/accounts/2fa/**codes/**")
    page.goto(f"{origin(page)}/accounts/2fa/webauthn/")
    expect(page.get_by_text("Finger")).to_be_visible()

    log_out(page, said["out"])
    problem = page.locator("[data-passkey-problem]")
    reader.know_the_finger(known=False)
    page.get_by_role("button", name=said["passkey"]).click()
    expect(problem).to_contain_text(said["nothing"])
    reader.know_the_finger(known=True)
    page.get_by_role("button", name=said["passkey"]).click()
    expect(page.locator(f'a[href="/@{name}/"]').first).to_be_attached()

    log_out(page, said["out"])
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=words["log in"], exact=True).click()
    page.get_by_role("button", name=said["second"]).click()
    expect(page.locator(f'a[href="/@{name}/"]').first).to_be_attached()


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def log_out(page: Page, button: str) -> None:
    page.goto(f"{origin(page)}/accounts/logout/")
    page.get_by_role("button", name=button).click()
    page.goto(f"{origin(page)}/accounts/login/")
