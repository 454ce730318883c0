"""Pages of people: language, sign-up, profile settings, follows, notifications, errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from accounts.actions import follow
from accounts.models import User
from conftest import PASSWORD, PostNote
from moderation.judging import judge_profiles

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


def test_anybody_switches_the_language(client: Client) -> None:
    answer = client.post("/language/", {"language": "zh-hans", "next": "/rules/"})
    assert answer["Location"] == "/rules/"
    assert answer.cookies["language"].value == "zh-hans"
    page = client.get("/")
    assert '<html lang="zh-hans">' in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


def test_the_language_of_an_account_is_remembered(browser_of: BrowserOf, ann: User) -> None:
    browser_of(ann).post("/language/", {"language": "zh-hans"})
    ann.refresh_from_db()
    assert ann.ui_language == "zh-hans"


@pytest.mark.parametrize(
    ("wanted", "referer", "reached"),
    [
        ("https://elsewhere.example/", "", "/"),
        ("//elsewhere.example/", "", "/"),
        ("", "http://testserver/@ann/", "http://testserver/@ann/"),
        ("", "https://elsewhere.example/", "/"),
    ],
)
def test_the_switch_leads_nowhere_else(
    client: Client, wanted: str, referer: str, reached: str
) -> None:
    data = {"language": "en", "next": wanted}
    answer = client.post("/language/", data, headers={"Referer": referer})
    assert answer["Location"] == reached


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert "language" not in client.post("/language/", {"language": "tlh"}).cookies


def test_somebody_signs_up_and_is_in(client: Client) -> None:
    data = {"username": "Lin_Yi", "email": "lin@example.org", "password1": PASSWORD}
    answer = client.post("/accounts/signup/", data | {"languages": ["zh", "en"]})
    assert answer["Location"] == "/"
    lin = User.objects.get()
    assert (lin.username, lin.languages) == ("lin_yi", ["zh", "en"])
    assert 'href="/@lin_yi/"' in client.get("/").content.decode()


@pytest.mark.parametrize("login", ["ann", "ANN", "ann@example.org"])
def test_ann_logs_in_by_name_or_mail(client: Client, ann: User, login: str) -> None:
    data = {"login": login, "password": PASSWORD}
    assert client.post("/accounts/login/", data)["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client, ann: User) -> None:
    page = client.post("/accounts/login/", {"login": "ann", "password": "wrong"})
    assert "errorlist" in page.content.decode()
    assert 'value="ann"' in page.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/password/change/", "/accounts/email/", "/settings/profile/"],
)
def test_pages_of_an_account_wear_the_same_dress(
    browser_of: BrowserOf, ann: User, address: str
) -> None:
    page = browser_of(ann).get(address).content.decode()
    assert '<nav class="dock"' in page
    assert 'class="settings"' in page


def test_ann_changes_her_profile(browser_of: BrowserOf, ann: User) -> None:
    data = {"display_name": "Ann O.", "bio": "Bridges."}
    assert browser_of(ann).post("/settings/profile/", data)["Location"] == "/@ann/"
    judge_profiles()
    ann.refresh_from_db()
    assert (ann.display_name, ann.bio) == ("Ann O.", "Bridges.")
    assert "Bridges." in Client().get("/@ann/").content.decode()


def test_a_bad_picture_changes_nothing_and_loses_nothing(browser_of: BrowserOf, ann: User) -> None:
    data = {"display_name": "Ann O.", "bio": "Bridges."}
    file = SimpleUploadedFile("me.jpg", b"not a picture")
    page = browser_of(ann).post("/settings/profile/", data | {"picture": file}).content.decode()
    assert "This is not a picture we can read." in page
    assert 'value="Ann O."' in page
    ann.refresh_from_db()
    assert ann.display_name == "Ann"


def test_ann_follows_mei_and_no_longer(browser_of: BrowserOf, ann: User, mei: User) -> None:
    browser = browser_of(ann)
    part = browser.post("/@mei/follow/", headers={"HX-Request": "true"}).content.decode()
    assert "Following" in part
    assert ann.follows(mei)
    assert browser.post("/@mei/follow/", {"undo": "1"})["Location"] == "/@mei/"
    assert not ann.follows(mei)


def test_followers_and_followees_are_listed(client: Client, ann: User, mei: User) -> None:
    follow(mei, ann)
    assert "小梅" in client.get("/@ann/followers/").content.decode()
    assert "小梅" not in client.get("/@ann/following/").content.decode()
    assert "Ann" in client.get("/@mei/following/").content.decode()


def test_reading_notifications_clears_the_dot(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    post_note(ann, state="limited")
    browser = browser_of(ann)
    assert '<span class="unread">2' in browser.get("/notifications/unread/").content.decode()
    page = browser.get("/notifications/").content.decode()
    assert '<a href="/@mei/">小梅</a> followed you' in page
    assert "Your note is limited" in page
    assert 'href="/rules/#harassment"' in page
    assert page.count("data-unread") == 2
    assert browser.get("/notifications/unread/").content.strip() == b""
    assert "data-unread" not in browser.get("/notifications/").content.decode()


def test_notifications_are_in_the_readers_language(
    browser_of: BrowserOf, mei: User, post_note: PostNote
) -> None:
    post_note(mei, state="removed")
    with override(None):
        page = browser_of(mei).get("/notifications/").content.decode()
    assert "不辱骂、霸凌或围攻他人" in page
    assert "你的笔记" in page


def test_what_is_not_there_is_designed_too(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert '<nav class="dock"' in answer.content.decode()


def test_after_a_session_ended_htmx_leads_to_the_log_in(client: Client, mei: User) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/@mei/"}
    answer = client.post("/@mei/follow/", headers=here)
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/%40mei/"
    assert client.get("/notifications/unread/", headers=here).content == b""
