"""The pages of settings: everything changes through them, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import block, mute
from accounts.models import FormerHandle, Letter, MutedWord, Token, User
from conftest import PASSWORD

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

PAGES = [
    "/settings/profile/", "/settings/account/", "/settings/reading/", "/settings/privacy/",
    "/settings/people/", "/settings/words/", "/settings/notifications/", "/settings/tokens/",
    "/settings/export/", "/settings/leaving/", "/accounts/email/", "/accounts/2fa/",
    "/accounts/sessions/", "/accounts/password/change/", "/requests/",
]  # fmt: skip


def logged_in(name: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "title"), [("en", "Settings"), ("zh-hans", "设置")])
def test_every_section_opens_in_both_languages(
    mei: User, path: str, language: str, title: str
) -> None:
    User.objects.filter(pk=mei.pk).update(ui_language=language)
    page = logged_in("mei").get(path)
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    if path != "/requests/":
        assert f'aria-label="{title}"' in page.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_no_section_opens_for_a_visitor(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_an_account_is_made_private_and_open_again(browser_of: BrowserOf, ann: User) -> None:
    browser = browser_of(ann)
    browser.post("/settings/privacy/", {"is_private": "on"})
    ann.refresh_from_db()
    assert (ann.is_private, ann.shows_likes) == (True, False)
    browser.post("/settings/privacy/", {"shows_likes": "on"})
    ann.refresh_from_db()
    assert (ann.is_private, ann.shows_likes) == (False, True)


def test_the_language_of_the_pages_is_chosen(browser_of: BrowserOf, ann: User) -> None:
    browser = browser_of(ann)
    browser.post("/settings/reading/", {"ui_language": "zh-hans", "languages": ["zh", "en"]})
    ann.refresh_from_db()
    assert (ann.ui_language, ann.languages) == ("zh-hans", ["zh", "en"])
    assert 'lang="zh-hans"' in browser.get("/").content.decode()


def test_words_are_muted_and_unmuted(browser_of: BrowserOf, ann: User) -> None:
    browser = browser_of(ann)
    browser.post("/settings/words/", {"word": "  ＬＯＵＤ "})
    word = MutedWord.objects.get()
    assert word.word == "loud"
    browser.post("/settings/words/", {"word": "Loud"})
    assert MutedWord.objects.count() == 1
    assert "loud" in browser.get("/settings/words/").content.decode()
    browser.post(f"/settings/words/{word.pk}/removal/")
    assert not MutedWord.objects.exists()


def test_words_are_muted_over_the_api(api: Api, ann: User, mei: User) -> None:
    client = api(ann)
    made = client.post("/api/v1/me/muted-words/", {"word": "Loud"})
    assert (made.status_code, made.json()["word"]) == (201, "loud")
    assert client.post("/api/v1/me/muted-words/", {"word": "\u200b"}).status_code == 400
    assert client.post("/api/v1/me/muted-words/", {"word": "x" * 61}).status_code == 400
    path = f"/api/v1/me/muted-words/{made.json()['id']}/"
    assert api(mei).delete(path).status_code == 404
    assert client.delete(path).status_code == 204
    assert client.get("/api/v1/me/muted-words/").json()["results"] == []


def test_notifications_are_chosen(browser_of: BrowserOf, ann: User) -> None:
    form = {"kinds": ["comment", "reply"], "digest": "weekly"}
    browser_of(ann).post("/settings/notifications/", form)
    ann.refresh_from_db()
    assert ann.digest == "weekly"
    assert "like" in ann.unwanted_kinds
    assert "comment" not in ann.unwanted_kinds
    assert "verdict" not in ann.unwanted_kinds


def test_blocked_and_muted_people_are_listed_and_let_go(
    browser_of: BrowserOf, api: Api, ann: User, mei: User, tang: User
) -> None:
    block(ann, tang)
    mute(ann, mei)
    browser = browser_of(ann)
    page = browser.get("/settings/people/").content.decode()
    assert "@tang" in page
    assert "@mei" in page
    for list_of, name in (("blocks", "tang"), ("mutes", "mei")):
        found = api(ann).get(f"/api/v1/me/{list_of}/").json()["results"]
        assert [person["username"] for person in found] == [name]
    undone = browser.post("/@tang/block/", {"undo": "1", "settings": ""})
    assert undone.headers["Location"] == "/settings/people/"
    browser.post("/@mei/mute/", {"undo": "1", "settings": ""})
    assert "You block nobody." in browser.get("/settings/people/").content.decode()


def test_a_handle_changes_and_the_old_one_leads_on(client: Client, ann: User) -> None:
    browser = logged_in("ann")
    browser.post("/settings/account/", {"username": "Ann_of_Ohio"})
    ann.refresh_from_db()
    assert ann.username == "ann_of_ohio"
    assert client.get("/@ann/").headers["Location"] == "/@ann_of_ohio/"
    assert Letter.objects.get().subject == "Your username was changed"


@pytest.mark.parametrize("wanted", ["mei", "be", "a-b", "аnn_x", "waits_for_25_characters__"])
def test_a_handle_that_cannot_be_is_refused(ann: User, mei: User, wanted: str) -> None:
    page = logged_in("ann").post("/settings/account/", {"username": wanted})
    assert "errorlist" in page.content.decode()
    ann.refresh_from_db()
    assert ann.username == "ann"


def test_nobody_takes_a_handle_that_leads_to_somebody(api: Api, ann: User) -> None:
    FormerHandle.objects.create(handle="old_ann", user=ann)
    body = {"username": "Old_Ann", "email": "x@example.org", "password": PASSWORD}
    refused = api().post("/api/v1/auth/register/", body)
    assert refused.json()["errors"][0]["field"] == "username"
    form = {"username": "old_ann", "email": "x@example.org", "password1": PASSWORD}
    assert "errorlist" in Client().post("/accounts/signup/", form).content.decode()


def test_a_handle_changes_twice_a_month(ann: User) -> None:
    browser = logged_in("ann")
    for name in ("ann_2", "ann_3", "ann_4"):
        browser.post("/settings/account/", {"username": name})
    ann.refresh_from_db()
    assert ann.username == "ann_3"


def test_log_out_everywhere_else(ann: User, api: Api) -> None:
    here, there = logged_in("ann"), logged_in("ann")
    api(ann)
    assert UserSession.objects.count() == 2
    assert "127.0.0.1" in here.get("/accounts/sessions/").content.decode()
    here.post("/settings/sessions/")
    assert here.get("/settings/profile/").status_code == 200
    assert there.get("/settings/profile/").status_code == 302
    assert (UserSession.objects.count(), Token.objects.count()) == (1, 0)


def test_a_picture_is_removed(browser_of: BrowserOf, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(avatar="a" * 24 + ".webp")
    browser_of(ann).post("/settings/profile/", {"no_picture": "on"})
    ann.refresh_from_db()
    assert ann.avatar == ""
