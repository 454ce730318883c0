"""Leaving, coming back, being suspended: which of them wins when they meet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts import actions
from accounts.models import FollowRequest, Letter, Token, User
from conftest import PASSWORD

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
ACTS = {
    "leave": actions.leave,
    "back": actions.come_back,
    "suspend": actions.suspend,
    "lift": actions.lift,
}


@pytest.mark.parametrize(
    ("acts", "active", "leaving", "suspended"),
    [
        ("", True, False, False),
        ("leave", False, True, False),
        ("leave leave", False, True, False),
        ("leave back", True, False, False),
        ("back", True, False, False),
        ("suspend", False, False, True),
        ("suspend lift", True, False, False),
        ("lift", True, False, False),
        ("suspend suspend lift", True, False, False),
        # Neither takes back what the other did.
        ("suspend back", False, False, True),
        ("leave lift", False, True, False),
        ("leave suspend", False, True, True),
        ("suspend leave", False, True, True),
        ("leave suspend lift", False, True, False),
        ("leave suspend back", False, True, True),
        ("leave suspend lift back", True, False, False),
    ],
)
def test_leaving_and_suspension_are_two_things(
    ann: User, acts: str, active: bool, leaving: bool, suspended: bool
) -> None:
    for act in acts.split():
        ACTS[act](User.objects.get(pk=ann.pk))
    ann.refresh_from_db()
    found = (ann.is_active, ann.leaving_at is not None, ann.suspended_at is not None)
    assert found == (active, leaving, suspended)


@pytest.mark.parametrize("act", ["leave", "suspend"])
def test_every_door_shuts_at_once(api: Api, browser_of: BrowserOf, ann: User, act: str) -> None:
    program, browser = api(ann), browser_of(ann)
    assert browser.get("/settings/profile/").status_code == 200
    ACTS[act](ann)
    assert program.get("/api/v1/me/").status_code == 401
    assert browser.get("/settings/profile/").status_code == 302
    assert not Token.objects.exists()
    assert api().get("/api/v1/users/ann/").status_code == 404
    assert Client().get("/@ann/").status_code == 404


def test_what_is_drawn_of_somebody_is_drawn_anew_after_each_change(ann: User) -> None:
    versions = [ann.version]
    for act in ("leave", "back", "suspend", "lift"):
        ACTS[act](ann)
        ann.refresh_from_db()
        versions.append(ann.version)
    assert versions == sorted(set(versions))


def test_who_leaves_asks_nobody_any_longer(ann: User, mei: User) -> None:
    actions.change_profile(mei, is_private=True)
    actions.follow(ann, mei)
    actions.leave(ann)
    assert not FollowRequest.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_letter_tells_of_it_once_in_the_readers_language(ann: User, language: str) -> None:
    ann.ui_language = language
    for _ in range(2):
        actions.leave(ann)
    (letter,) = Letter.objects.all()
    assert letter.to == "ann@example.org"
    assert any("\u4e00" <= char <= "\u9fff" for char in letter.text) is (language != "en")


@pytest.mark.parametrize(("password", "code"), [(PASSWORD, 204), ("wrong", 400), ("", 400)])
def test_a_program_needs_the_password_to_leave(
    api: Api, ann: User, password: str, code: int
) -> None:
    assert api(ann).delete("/api/v1/me/", {"password": password}).status_code == code
    ann.refresh_from_db()
    assert (ann.leaving_at is not None) is (code == 204)


def test_ten_wrong_passwords_shut_the_way_out(api: Api, ann: User) -> None:
    client = api(ann)
    codes = [client.delete("/api/v1/me/", {"password": "wrong"}).status_code for _ in range(11)]
    assert codes == [400] * 10 + [429]
    assert client.delete("/api/v1/me/", {"password": PASSWORD}).status_code == 429
    ann.refresh_from_db()
    assert ann.leaving_at is None


def test_the_page_asks_for_the_password_and_says_good_bye(browser_of: BrowserOf, ann: User) -> None:
    browser = browser_of(ann)
    page = browser.post("/settings/leaving/", {"password": "wrong"})
    assert page.context["form"].errors == {"password": ["The password is not right."]}
    gone = browser.post("/settings/leaving/", {"password": PASSWORD})
    assert gone["Location"] == "/left/"
    assert browser.get("/left/").status_code == 200
    assert browser.get("/settings/profile/").status_code == 302


def test_logging_in_is_the_way_back(api: Api, ann: User, mei: User) -> None:
    for person in (ann, mei):
        actions.leave(person)
    Client().post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    api().post("/api/v1/auth/token/", {"username": "mei", "password": PASSWORD})
    assert list(User.objects.filter(leaving_at=None, is_active=True).order_by("pk")) == [ann, mei]


def test_a_wrong_password_brings_nobody_back(api: Api, ann: User) -> None:
    actions.leave(ann)
    Client().post("/accounts/login/", {"login": "ann", "password": "wrong"})
    api().post("/api/v1/auth/token/", {"username": "ann", "password": "wrong"})
    ann.refresh_from_db()
    assert ann.leaving_at is not None


def test_who_is_suspended_gets_no_token_and_no_session(api: Api, ann: User) -> None:
    actions.suspend(ann)
    asked = api().post("/api/v1/auth/token/", {"username": "ann", "password": PASSWORD})
    assert (asked.status_code, asked.json()["errors"][0]["code"]) == (400, "invalid_login")
    browser = Client()
    browser.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    assert browser.get("/settings/profile/").status_code == 302


def test_logging_out_everywhere_keeps_the_session_that_asks(api: Api, ann: User) -> None:
    here, there, program = Client(), Client(), api(ann)
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    assert here.post("/settings/sessions/").status_code == 302
    codes = [browser.get("/settings/profile/").status_code for browser in (here, there)]
    assert codes == [200, 302]
    assert program.get("/api/v1/me/").status_code == 401
