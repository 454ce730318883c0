"""Signing up and changing a profile: a refusal names its field and forgets nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from conftest import PASSWORD

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
LANGUAGES = ("en", "zh-hans")
LIN = {
    "username": "lin_yi", "email": "lin@example.org", "password1": PASSWORD, "languages": ["zh"],
}  # fmt: skip
SHAPE = (
    "Use 3 to 24 of the characters a-z, 0-9 and _.",
    "请用 3 到 24 个字符，只限 a-z、0-9 和 _。",
)
REQUIRED = ("This field is required.", "该字段是必填项。")
NO_ADDRESS = ("Enter a valid email address.", "请输入合法的邮件地址。")


def errors_of(page: str) -> dict[str, list[str]]:
    """The complaints under each field."""
    lists = re.findall(r'<ul class="errorlist" id="id_(\w+)_error">(.*?)</ul>', page, re.DOTALL)
    return {name: re.findall(r"<li>(.*?)</li>", unescape(items)) for name, items in lists}


def typed_in(page: str) -> dict[str, str]:
    """What the text fields hold."""
    inputs = re.findall(r'<input type="(?:text|email|password)"[^>]*>', page)
    found = [(re.search(r'name="(\w+)"', i), re.search(r'value="([^"]*)"', i)) for i in inputs]
    return {name[1]: unescape(value[1]) if value else "" for name, value in found if name}


def ticked(page: str) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="languages"[^>]*checked[^>]*>', page)
    return [value for box in boxes for value in re.findall(r'value="(\w+)"', box)]


@pytest.mark.parametrize("position", [0, 1], ids=LANGUAGES)
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("username", "", REQUIRED),
        ("username", "li", SHAPE),
        ("username", "lin yi", SHAPE),
        ("username", "lin-yi", SHAPE),
        ("username", "林易易", SHAPE),
        ("username", "<b>lin", SHAPE),
        (
            "username",
            "MEI",
            ("A user with that username already exists.", "已存在一位使用该名字的用户。"),
        ),
        ("email", "", REQUIRED),
        ("email", "nowhere", NO_ADDRESS),
        ("email", "lin@", NO_ADDRESS),
        ("email", '"><script>@example.org', NO_ADDRESS),
        ("password1", "", REQUIRED),
        ("password1", "password1234", ("This password is too common.", "这个密码太常见了。")),
        ("password1", "90817263540192", ("This password is entirely numeric.", "密码只包含数字。")),
    ],
)
def test_a_bad_field_is_named_and_the_rest_stays_typed(
    client: Client, mei: User, field: str, typed: str, words: tuple[str, str], position: int
) -> None:
    client.cookies["language"] = LANGUAGES[position]
    answer = client.post("/accounts/signup/", LIN | {field: typed})
    page = answer.content.decode()
    assert errors_of(page) == {field: [words[position]]}
    kept: dict[str, Any] = LIN | {field: typed, "password1": ""}
    entered = {name: kept[name] for name in ("username", "email", "password1")}
    assert typed_in(page) == entered | {"website": ""}
    assert ticked(page) == ["zh"]
    assert User.objects.get() == mei


@pytest.mark.parametrize("position", [0, 1], ids=LANGUAGES)
def test_all_that_is_wrong_is_said_at_once(client: Client, position: int) -> None:
    client.cookies["language"] = LANGUAGES[position]
    bad = {"username": "li", "email": "nowhere", "password1": "", "languages": ["tlh"]}
    said = errors_of(client.post("/accounts/signup/", bad).content.decode())
    assert {name: texts[0] for name, texts in said.items() if name != "languages"} == {
        "username": SHAPE[position], "email": NO_ADDRESS[position], "password1": REQUIRED[position],
    }  # fmt: skip
    assert len(said["languages"]) == 1


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("Lin_Yi", "lin_yi"),
        ("ＬＩＮ", "lin"),
        (" lin ", "lin"),
        ("x" * 24, "x" * 24),
        ("___", "___"),
    ],
)
def test_a_handle_is_kept_in_one_spelling(client: Client, typed: str, handle: str) -> None:
    assert client.post("/accounts/signup/", LIN | {"username": typed}).status_code == 302
    assert User.objects.get().username == handle


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_language_is_the_one_somebody_signed_up_in(client: Client, language: str) -> None:
    client.cookies["language"] = language
    client.post("/accounts/signup/", LIN)
    assert User.objects.get().ui_language == language


def test_who_reads_no_language_yet_may_come_in_too(client: Client) -> None:
    data = {name: value for name, value in LIN.items() if name != "languages"}
    assert client.post("/accounts/signup/", data)["Location"] == "/"
    assert User.objects.get().languages == []


PROFILE = {"display_name": "Ann O.", "bio": "Bridges.", "languages": ["en"], "ui_language": "en"}


def page_of(field: str) -> str:
    """Where it is changed."""
    section = "reading" if field in ("languages", "ui_language") else "profile"
    return f"/settings/{section}/"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("display_name", "x" * 41),
        ("display_name", "a\x00b"),
        ("bio", "x" * 501),
        ("languages", ["en", "fr"]),
        ("ui_language", "tlh"),
        ("ui_language", ""),
    ],
)
def test_a_bad_profile_changes_nothing_of_it(
    browser_of: BrowserOf, ann: User, field: str, typed: Any
) -> None:
    browser = browser_of(ann)
    before = User.objects.values().get()
    answer = browser.post(page_of(field), PROFILE | {field: typed})
    assert (answer.status_code, list(errors_of(answer.content.decode()))) == (200, [field])
    assert User.objects.values().get() == before


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("display_name", "  小梅  ", "小梅"),
        ("display_name", "", ""),
        ("display_name", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("bio", "x" * 500, "x" * 500),
        ("languages", [], []),
        ("languages", ["zh", "en"], ["zh", "en"]),
        ("ui_language", "zh-hans", "zh-hans"),
    ],
)
def test_a_profile_is_kept_as_it_was_typed_and_shown_as_text(
    browser_of: BrowserOf, ann: User, field: str, typed: Any, kept: Any
) -> None:
    browser = browser_of(ann)
    assert browser.post(page_of(field), PROFILE | {field: typed}).status_code == 302
    person = User.objects.get()
    assert person.own_words.get(field, getattr(person, field)) == kept
    assert "<script>alert" not in browser.get("/@ann/").content.decode()


def test_a_guest_has_no_profile_to_change(client: Client, ann: User) -> None:
    answer = client.post("/settings/profile/", PROFILE)
    assert answer["Location"] == "/accounts/login/?next=/settings/profile/"
    ann.refresh_from_db()
    assert ann.display_name == "Ann"
