"""Private accounts: who asks, who is let in, and what nobody else sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import block, change_profile, follow, mute
from accounts.models import Follow, FollowRequest, Kind, User
from conftest import PostNote
from feeds.pages import following_page
from notes.models import Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden_ann(ann: User) -> User:
    change_profile(ann, is_private=True)
    return ann


def test_following_a_private_account_is_asking(api: Api, hidden_ann: User, mei: User) -> None:
    assert api(mei).put("/api/v1/users/ann/follow/").status_code == 202
    assert api(mei).put("/api/v1/users/ann/follow/").status_code == 202
    assert FollowRequest.objects.get().requester == mei
    assert not mei.follows(hidden_ann)
    assert api(mei).get("/api/v1/users/ann/").json()["viewer"] == {
        "following": False,
        "requested": True,
        "blocked": False,
        "muted": False,
    }
    assert [n.kind for n in hidden_ann.notifications.all()] == [Kind.REQUEST]


def test_ann_lets_mei_in_and_refuses_tang(
    api: Api, hidden_ann: User, mei: User, tang: User
) -> None:
    for person in (mei, tang):
        follow(person, hidden_ann)
    ann = api(hidden_ann)
    asked = ann.get("/api/v1/me/follow-requests/").json()["results"]
    assert [person["username"] for person in asked] == ["tang", "mei"]
    assert ann.put("/api/v1/me/follow-requests/mei/").status_code == 204
    assert ann.put("/api/v1/me/follow-requests/mei/").status_code == 204
    assert ann.delete("/api/v1/me/follow-requests/tang/").status_code == 204
    assert ann.put("/api/v1/me/follow-requests/tang/").status_code == 404
    assert [f.follower for f in Follow.objects.filter(followee=hidden_ann)] == [mei]
    hidden_ann.refresh_from_db()
    mei.refresh_from_db()
    assert (hidden_ann.follower_count, mei.following_count) == (1, 1)
    assert [n.kind for n in mei.notifications.all()] == [Kind.ACCEPT]
    assert tang.notifications.count() == 0


def test_asking_can_be_taken_back(api: Api, hidden_ann: User, mei: User) -> None:
    follow(mei, hidden_ann)
    assert api(mei).delete("/api/v1/users/ann/follow/").status_code == 204
    assert not FollowRequest.objects.exists()


def test_the_notes_of_a_private_account_are_for_followers(
    ann: User, mei: User, tang: User, bo: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann)
    change_profile(ann, is_private=True)
    seen = {p.username for p in (ann, mei, tang, bo) if note in Note.objects.visible(p)}
    assert seen == {"ann", "mei"}
    assert note not in Note.objects.recommendable()
    mei.refresh_from_db()
    assert [row.pk for row in following_page(mei).rows] == [note.pk]


def test_an_account_that_opens_lets_in_who_asked(hidden_ann: User, mei: User) -> None:
    follow(mei, hidden_ann)
    change_profile(hidden_ann, is_private=False)
    assert mei.follows(hidden_ann)
    assert not FollowRequest.objects.exists()


def test_the_api_makes_an_account_private(api: Api, ann: User) -> None:
    assert api(ann).patch("/api/v1/me/", {"is_private": True}).json()["is_private"] is True
    assert api().get("/api/v1/users/ann/").json()["is_private"] is True


def test_a_follower_is_removed(api: Api, ann: User, mei: User) -> None:
    follow(mei, ann)
    assert api(ann).delete("/api/v1/me/followers/mei/").status_code == 204
    ann.refresh_from_db()
    assert (mei.follows(ann), ann.follower_count) == (False, 0)


def test_requests_are_answered_on_their_page(
    browser_of: BrowserOf, hidden_ann: User, mei: User, tang: User
) -> None:
    for person in (mei, tang):
        follow(person, hidden_ann)
    browser = browser_of(hidden_ann)
    page = browser.get("/requests/").content.decode()
    assert "@mei" in page
    assert "@tang" in page
    browser.post("/requests/mei/", {"answer": "accept"})
    browser.post("/requests/tang/", {"answer": "refuse"})
    assert (mei.follows(hidden_ann), tang.follows(hidden_ann)) == (True, False)
    assert "Nobody is waiting" in browser.get("/requests/").content.decode()


def test_a_visitor_of_a_private_profile_reads_why_it_is_empty(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "canary-title")
    change_profile(ann, is_private=True)
    mei.ui_language = "en"
    mei.save(update_fields=["ui_language"])
    page = browser_of(mei).get("/@ann/").content.decode()
    assert "canary-title" not in page
    assert "Only people who follow see these notes." in page
    assert "Ask to follow" in page


def test_people_near_by_are_suggested(
    api: Api, browser_of: BrowserOf, ann: User, mei: User, tang: User, bo: User
) -> None:
    follow(ann, mei)
    follow(mei, tang)
    follow(mei, bo)
    follow(mei, ann)
    near = api(ann).get("/api/v1/me/suggestions/").json()["results"]
    assert {person["username"] for person in near} == {"tang", "bo_wen"}
    page = browser_of(ann).get("/suggestions/").content.decode()
    assert "@tang" in page
    assert "/suggestions/" in browser_of(ann).get("/@ann/following/").content.decode()
    mute(ann, tang)
    block(bo, ann)
    assert api(ann).get("/api/v1/me/suggestions/").json()["results"] == []


def test_nobody_is_hidden_by_a_switch_in_admin(client: Client, ann: User) -> None:
    admin = User.objects.create_superuser("root_1", "root@example.org", "x")
    client.force_login(admin)
    client.post(f"/admin/accounts/user/{ann.pk}/change/", {"groups": [], "is_active": ""})
    ann.refresh_from_db()
    assert (ann.is_active, ann.suspended_at) == (True, None)
