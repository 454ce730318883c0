"""What people are told, together and in time, and never of what they may not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.actions import block, choose_notifications, follow, mute
from accounts.models import Kind, Notification, User
from conftest import PostNote, bring_to, make_person
from feeds import notifications
from notes.actions import like, save_note, submit_comment, unlike
from notes.models import Comment, Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def kinds(reader: User) -> list[str]:
    return [told.kind for told in notifications.told(reader).order_by("pk")]


def say(author: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    comment = submit_comment(author, note, body, parent)
    bring_to(comment.case, "published")
    return comment


def test_ann_hears_what_is_done_with_her_note(ann: User, mei: User, post_note: PostNote) -> None:
    note = post_note(ann)
    like(mei, note)
    save_note(mei, note)
    say(mei, note, "Lovely")
    follow(mei, ann)
    assert kinds(ann) == ["like", "save", "comment", "follow"]


def test_done_and_undone_and_done_again_is_told_once(
    ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    for _ in range(3):
        like(mei, note)
        unlike(mei, note)
    assert kinds(ann) == ["like"]


def test_nobody_hears_of_their_own_doing(ann: User, post_note: PostNote) -> None:
    note = post_note(ann, "I am @ann")
    like(ann, note)
    say(ann, note, "@ann says so")
    assert kinds(ann) == []


def test_a_reply_is_told_to_whom_it_answers(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    first = say(mei, note, "Lovely")
    say(tang, note, "Yes! @mei @ann", first)
    assert kinds(mei) == ["reply"]
    assert kinds(ann) == ["comment", "comment"]


def test_who_is_named_is_told_once_the_words_are_published(
    ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "With @mei at the lake", state="pending")
    assert kinds(mei) == []
    assert notifications.unread_count(mei) == 0
    bring_to(note.case, "published")
    assert kinds(mei) == ["mention"]


def test_what_is_still_hidden_stays_new_when_the_rest_is_read(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    waiting = submit_comment(mei, note, "Lovely")
    like(tang, note)
    client = api(ann)
    shown = client.get("/api/v1/notifications/").json()["results"]
    assert [each["kind"] for each in shown] == ["like"]
    client.post("/api/v1/notifications/read/", {"up_to": shown[0]["id"]})
    bring_to(waiting.case, "published")
    assert client.get("/api/v1/notifications/unread/").json() == {"count": 1}


def test_nothing_comes_from_the_blocked_and_the_muted(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    like(mei, note)
    like(tang, note)
    block(ann, tang)
    mute(ann, mei)
    assert kinds(ann) == []
    say(mei, note, "Lovely")
    assert Notification.objects.filter(kind=Kind.COMMENT).count() == 0


def test_nothing_is_told_about_what_the_reader_may_no_longer_see(
    ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, "With @mei")
    assert kinds(mei) == ["mention"]
    Note.objects.filter(pk=note.pk).update(audience="private")
    assert kinds(mei) == []
    assert notifications.unread_count(mei) == 0


def test_ann_does_without_likes(api: Api, ann: User, mei: User, post_note: PostNote) -> None:
    choose_notifications(ann, ["comment"], "off")
    note = post_note(ann)
    like(User.objects.get(pk=mei.pk), Note.objects.get(pk=note.pk))
    say(mei, note, "Lovely")
    assert kinds(ann) == ["comment"]
    assert "like" in api(ann).get("/api/v1/me/").json()["unwanted_kinds"]


def test_likes_of_one_note_on_one_day_are_one_sentence(
    browser_of: BrowserOf, ann: User, post_note: PostNote
) -> None:
    note, other = post_note(ann, "By the lake"), post_note(ann, "On the hill")
    for name in ("bao", "chen", "dora", "eve"):
        like(make_person(name), note)
    like(make_person("finn"), other)
    rows = list(notifications.told(ann).select_related("actor").order_by("-pk"))
    groups = notifications.grouped(rows)
    told = [([person.username for person in group.named], group.others) for group in groups]
    assert told == [(["finn"], 0), (["eve", "dora"], 2)]
    page = browser_of(ann).get("/notifications/").content.decode()
    assert "By the lake" in page
    assert "and 2 others liked your note" in page
    assert notifications.unread_count(ann) == 0


def test_the_api_says_what_belongs_together(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    like(mei, note)
    like(tang, note)
    first, second = api(ann).get("/api/v1/notifications/").json()["results"]
    assert first["group"] == second["group"]
    assert (first["note"], first["comment"], first["actor"]["username"]) == (note.pk, None, "tang")


@pytest.mark.parametrize("address", ["/notifications/", "/api/v1/notifications/"])
def test_one_and_three_notifications_cost_the_same(
    address: str, browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    client: Any = browser_of(ann)
    costs: list[int] = []
    for _ in range(2):
        for person in (mei, make_person(f"p{len(costs)}a"), make_person(f"p{len(costs)}b")):
            note = post_note(ann)
            like(person, note)
            if not costs:
                break
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[1] <= 12
