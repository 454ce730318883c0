"""Blocking and muting: nothing anywhere, both ways; and out of the feeds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import block, follow, mute, unblock, unmute
from accounts.models import Block, User
from conftest import PostNote
from feeds.pages import explore_page, following_page
from feeds.ranking import Scope
from notes.actions import submit_comment
from notes.models import Comment, Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def following_of(reader: User) -> list[int]:
    return [row.pk for row in following_page(User.objects.get(pk=reader.pk)).rows]


def explore_of(reader: User) -> list[int]:
    return [row.pk for row in explore_page(User.objects.get(pk=reader.pk), Scope("", "")).rows]


def test_neither_sees_anything_of_the_other(
    api: Api, ann: User, tang: User, post_note: PostNote
) -> None:
    mine, theirs = post_note(ann), post_note(tang)
    assert api(ann).put("/api/v1/users/tang/block/").status_code == 204
    assert api(ann).put("/api/v1/users/tang/block/").status_code == 204
    assert Block.objects.count() == 1
    assert list(Note.objects.visible(ann)) == [mine]
    assert list(Note.objects.visible(tang)) == [theirs]
    assert explore_of(ann) == [mine.pk]
    assert explore_of(tang) == [theirs.pk]
    assert api(tang).get("/api/v1/users/ann/").status_code == 404
    assert api(tang).get("/api/v1/users/ann/followers/").status_code == 404
    for verb in ("follow", "block", "mute"):
        assert api(tang).put(f"/api/v1/users/ann/{verb}/").status_code == 404


def test_who_blocks_still_finds_the_way_back(api: Api, ann: User, tang: User) -> None:
    User.objects.filter(pk=tang.pk).update(bio="canary")
    block(ann, tang)
    shell = api(ann).get("/api/v1/users/tang/").json()
    assert (shell["viewer"]["blocked"], shell["bio"], shell["note_count"]) == (True, "", 0)
    assert api(ann).put("/api/v1/users/tang/follow/").status_code == 404
    assert api(ann).delete("/api/v1/users/tang/block/").status_code == 204
    assert api(tang).get("/api/v1/users/ann/").status_code == 200


def test_a_block_ends_following_both_ways(ann: User, tang: User) -> None:
    follow(ann, tang)
    follow(tang, ann)
    block(ann, tang)
    for person in (ann, tang):
        person.refresh_from_db()
        assert (person.follower_count, person.following_count) == (0, 0)
    unblock(ann, tang)
    assert not ann.follows(tang)


def test_comments_of_the_other_are_not_read(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(mei)
    comment = submit_comment(tang, note, "canary")
    comment.case.state = "published"
    comment.case.save(update_fields=["state"])
    assert list(Comment.objects.visible(ann)) == [comment]
    block(tang, ann)
    assert list(Comment.objects.visible(ann)) == []
    assert list(Comment.objects.visible(mei)) == [comment]


def test_blocking_oneself_is_refused(api: Api, ann: User) -> None:
    for verb in ("block", "mute"):
        refused = api(ann).put(f"/api/v1/users/ann/{verb}/")
        assert refused.status_code == 400


def test_two_who_block_each_other_can_both_take_it_back(ann: User, tang: User, api: Api) -> None:
    block(ann, tang)
    block(tang, ann)
    assert api(ann).delete("/api/v1/users/tang/block/").status_code == 204
    assert api(ann).get("/api/v1/users/tang/").status_code == 404
    assert api(tang).delete("/api/v1/users/ann/block/").status_code == 204
    assert api(ann).get("/api/v1/users/tang/").status_code == 200


def test_a_muted_person_stays_out_of_the_feeds_but_can_be_read(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    note = post_note(ann)
    assert following_of(mei) == [note.pk]
    assert api(mei).put("/api/v1/users/ann/mute/").status_code == 204
    later = post_note(ann)
    assert following_of(mei) == explore_of(mei) == []
    assert set(Note.objects.visible(mei)) == {note, later}
    assert api(mei).get("/api/v1/users/ann/").json()["viewer"]["muted"] is True
    unmute(mei, ann)
    assert following_of(mei) == [later.pk, note.pk]


def test_what_comes_while_muted_is_not_pushed(ann: User, mei: User, post_note: PostNote) -> None:
    follow(mei, ann)
    mute(mei, ann)
    assert following_of(mei) == []
    post_note(ann)
    assert following_of(mei) == []


def test_ann_blocks_and_unblocks_on_pages(browser_of: BrowserOf, ann: User, tang: User) -> None:
    User.objects.filter(pk=tang.pk).update(bio="canary")
    browser = browser_of(ann)
    assert "Block Tang?" in browser.get("/@tang/block/").content.decode()
    assert browser.post("/@tang/block/").headers["Location"] == "/@tang/"
    page = browser.get("/@tang/").content.decode()
    assert "canary" not in page
    assert "Unblock" in page
    assert browser_of(tang).get("/@ann/").status_code == 404
    browser.post("/@tang/block/", {"undo": "1"})
    assert "canary" in browser.get("/@tang/").content.decode()


def test_nobody_of_them_stands_in_the_others_lists(
    api: Api, browser_of: BrowserOf, ann: User, mei: User, tang: User
) -> None:
    follow(tang, mei)
    block(ann, tang)
    assert api(ann).get("/api/v1/users/mei/followers/").json()["results"] == []
    assert "@tang" not in browser_of(ann).get("/@mei/followers/").content.decode()
    assert "@tang" in browser_of(mei).get("/@mei/followers/").content.decode()
