"""The switch of languages: where it leads, what it keeps, and who gets a cookie at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

SAFE = [
    "/",
    "/rules/",
    "/@ann/?before=3",
    "/topics/秋天/",
    "?language=zh",
    "explore",
    "leaf",
    "/notes/1/#comments",
]
UNSAFE = [
    "https://elsewhere.example/",
    "http://testserver.elsewhere.example/",
    "http://testserver@elsewhere.example/",
    "https:elsewhere.example",
    "https:///elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "////elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\\elsewhere.example/",
    "\\/elsewhere.example/",
    "http:\\\\elsewhere.example/",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "ftp://testserver/",
    "\x08//elsewhere.example/",
    "\x00/",
    "http://[::1/",
]


@pytest.mark.parametrize("wanted", SAFE)
def test_the_switch_leads_back_to_where_one_was(client: Client, wanted: str) -> None:
    answer: Any = client.post("/language/", {"language": "en", "next": wanted})
    assert (answer.status_code, answer.url) == (302, _as_sent(wanted))


def _as_sent(address: str) -> str:
    return address.replace("秋天", "%E7%A7%8B%E5%A4%A9")


@pytest.mark.parametrize("source", ["next", "referer"])
@pytest.mark.parametrize("wanted", UNSAFE)
def test_the_switch_leads_to_no_other_place(client: Client, wanted: str, source: str) -> None:
    data = {"language": "zh-hans"} | ({"next": wanted} if source == "next" else {})
    headers = {"Referer": wanted} if source == "referer" else {}
    answer = client.post("/language/", data, headers=headers)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert answer.cookies["language"].value == "zh-hans"


@pytest.mark.parametrize(("language", "says"), [("en", 'lang="en"'), ("zh-hans", 'lang="zh-hans"')])
def test_the_cookie_outweighs_the_browser_and_the_account(
    browser_of: BrowserOf, ann: User, mei: User, language: str, says: str
) -> None:
    for person in (ann, mei):
        browser = browser_of(person)
        browser.post("/language/", {"language": language})
        page = browser.get("/rules/", headers={"Accept-Language": "zh-CN"})
        assert page["Content-Language"] == language
        assert says in page.content.decode()[:400].lower()
        person.refresh_from_db()
        assert person.ui_language == language


def test_the_cookie_holds_a_language_and_nothing_else(client: Client) -> None:
    answer = client.post("/language/", {"language": "zh-hans"})
    assert list(answer.cookies) == ["language"]
    cookie = answer.cookies["language"]
    assert (cookie["samesite"], cookie["max-age"]) == ("Lax", 31_536_000)


@pytest.mark.parametrize("language", ["", "zh", "EN", "fr", "../en", "en\x00", "zh-hans "])
def test_a_language_we_do_not_speak_is_kept_nowhere(
    browser_of: BrowserOf, mei: User, language: str
) -> None:
    answer = browser_of(mei).post("/language/", {"language": language, "next": "/rules/"})
    assert (answer["Location"], list(answer.cookies)) == ("/rules/", [])
    mei.refresh_from_db()
    assert mei.ui_language == "zh-hans"


@pytest.mark.parametrize("cookie", ["fr", "", "zh", "<b>", "en; x"])
def test_a_strange_cookie_is_passed_over(client: Client, cookie: str) -> None:
    client.cookies["language"] = cookie
    page = client.get("/rules/", headers={"Accept-Language": "zh-CN"})
    assert page["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_the_language_is_changed_by_posting_only(client: Client, method: str) -> None:
    answer = getattr(client, method)("/language/?language=zh-hans")
    assert (answer.status_code, list(answer.cookies)) == (405, [])


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    "address",
    [
        "/", "/?language=zh", "/topics/tea/", "/@ann/", "/@ann/followers/", "/@ann/following/",
        "/notes/{}/", "/notes/{}/comments/", "/rules/", "/nowhere/", "/following/",
        "/notifications/unread/", "/media/images/00/x.webp", "/healthz", "/api/v1/feeds/explore/",
        "/api/v1/users/ann/",
    ],
)  # fmt: skip
def test_who_only_reads_gets_no_cookie(
    client: Client, ann: User, post_note: PostNote, address: str, language: str
) -> None:
    note = post_note(ann, body="#tea")
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(
            address.format(note.pk), headers={"Accept-Language": language} | headers
        )
        assert answer.status_code < 500
        assert list(answer.cookies) == []


@pytest.mark.parametrize("before", ["9" * 5_000, "9" * 40, "٣", "-1", "x", "\x00", "1.5", ""])
@pytest.mark.parametrize(
    "address", ["/@ann/?before=", "/@ann/followers/?before=", "/notes/{}/?before=",
                "/notes/{}/?reply=", "/?cursor=", "/?language=", "/topics/"],
)  # fmt: skip
def test_whatever_stands_in_an_address_no_page_breaks(
    client: Client, ann: User, post_note: PostNote, address: str, before: str
) -> None:
    note = post_note(ann)
    answer = client.get(address.format(note.pk) + before.replace("\x00", "%00"))
    assert answer.status_code in {200, 301, 302, 400, 404}
