"""In which language somebody is answered: what they chose, their account's, their browser's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from accounts.models import User

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
EN, ZH, HANT = "en", "zh-hans", "zh-hant"


def language_of(client: Client, header: str = "") -> tuple[str, str]:
    """What the page says of itself, and what its header says."""
    page = client.get("/rules/", headers={"Accept-Language": header})
    found = re.search(r'<html lang="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1], page.headers["Content-Language"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", EN),
        ("en-US,en;q=0.9", EN),
        ("zh", ZH),
        ("zh-CN,zh;q=0.9,en;q=0.8", ZH),
        ("ZH-hans-cn", ZH),
        ("zh-SG", ZH),
        ("zh-TW", HANT),
        ("zh-HK,zh;q=0.9,en;q=0.8", HANT),
        ("zh-MO", HANT),
        ("zh-Hant", HANT),
        ("zh-Hant-HK", HANT),
        ("en;q=0.4,zh;q=0.9", ZH),
        ("fr-CH, fr;q=0.9, zh;q=0.7, en;q=0.5", ZH),
        ("fr", EN),
        ("tlh,x-klingon", EN),
        ("*", EN),
        ("zh;q=nonsense", EN),
        (";;,,==", EN),
        ("zh\x00", EN),
        ("../../etc/passwd", EN),
    ],
)
def test_a_guest_is_answered_in_the_language_of_the_browser(
    client: Client, header: str, language: str
) -> None:
    assert language_of(client, header) == (language, language)


@pytest.mark.parametrize(
    ("cookie", "account", "header", "language"),
    [
        (None, EN, "zh-CN", EN),
        (None, ZH, "en", ZH),
        (EN, ZH, "zh-CN", EN),
        (ZH, EN, "en", ZH),
        (HANT, ZH, "zh-CN", HANT),
        (None, HANT, "zh-CN", HANT),
        ("tlh", ZH, "en", ZH),
        ("tlh", EN, "zh-CN", EN),
        ("", ZH, "en", ZH),
        ("ZH-HANS", EN, "en", EN),
        ("zh", EN, "en", EN),
        ("en; zh", ZH, "en", ZH),
    ],
)
def test_a_choice_counts_more_than_the_account_and_the_account_more_than_the_browser(
    browser_of: BrowserOf, ann: User, cookie: str | None, account: str, header: str, language: str
) -> None:
    User.objects.update(ui_language=account)
    browser = browser_of(ann)
    if cookie is not None:
        browser.cookies["language"] = cookie
    assert language_of(browser, header) == (language, language)


@pytest.mark.parametrize(("cookie", "header"), [("tlh", "zh-CN"), ("", "zh"), ("x" * 600, "zh")])
def test_a_guests_unknown_choice_leaves_it_to_the_browser(
    client: Client, cookie: str, header: str
) -> None:
    client.cookies["language"] = cookie
    assert language_of(client, header) == (ZH, ZH)


def test_a_session_that_ended_is_a_guests(browser_of: BrowserOf, mei: User) -> None:
    browser = browser_of(mei)
    assert language_of(browser, "en") == (ZH, ZH)
    User.objects.update(is_active=False)
    assert language_of(browser, "en") == (EN, EN)


def test_a_program_is_answered_in_the_language_it_asks_for(
    api: Callable[..., APIClient], mei: User
) -> None:
    client = api(mei)
    asked = [
        client.get("/api/v1/me/", HTTP_ACCEPT_LANGUAGE=code)
        for code in (EN, "zh-CN", "zh-TW", "fr")
    ]
    assert [answer["Content-Language"] for answer in asked] == [EN, ZH, HANT, EN]


def test_no_request_leaves_its_language_to_the_next(client: Client) -> None:
    with translation.override(EN):
        assert language_of(client, "zh-CN") == (ZH, ZH)
        assert translation.get_language() == EN


def test_whoever_keeps_copies_keeps_one_for_each_language(client: Client) -> None:
    vary = client.get("/rules/").headers["Vary"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in vary.split(",")}


@pytest.mark.parametrize("chosen", ["", "zh", "EN", "tlh", "en\n", "zh-hans "])
def test_only_our_languages_are_chosen(browser_of: BrowserOf, mei: User, chosen: str) -> None:
    answer = browser_of(mei).post("/language/", {"language": chosen, "next": "/rules/"})
    assert (answer["Location"], "language" in answer.cookies) == ("/rules/", False)
    mei.refresh_from_db()
    assert mei.ui_language == ZH
