"""Comments that are edited, liked, pinned, and asked for from few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to
from moderation.actions import decide_by_hand
from moderation.models import Case
from moderation.policy import Outcome
from notes.actions import submit_comment
from notes.editing import settle_edits
from notes.models import Comment, CommentLike, Note

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


@pytest.fixture
def note(ann: User, post_note: PostNote) -> Note:
    return post_note(ann)


def remark(who: User, note: Note, body: str = "Lovely", parent: Comment | None = None) -> Comment:
    comment = submit_comment(who, note, body, parent)
    bring_to(comment.case, "published")
    return comment


def address_of(comment: Comment) -> str:
    return f"/api/v1/comments/{comment.pk}/"


def test_the_old_words_of_a_comment_stay_until_the_new_are_judged(
    api: Api, ann: User, mei: User, note: Note
) -> None:
    comment = remark(mei, note, "Old")
    mine = api(mei).patch(address_of(comment), {"body": "New"}).json()
    assert (mine["body"], mine["state"], mine["edited_at"]) == ("New", "pending", None)
    theirs = api(ann).get(address_of(comment)).json()
    assert (theirs["body"], theirs["state"]) == ("Old", "published")
    bring_to(Case.objects.get(text="New"), "published")
    settle_edits()
    theirs = api(ann).get(address_of(comment)).json()
    assert (theirs["body"], theirs["edited_at"] is None) == ("New", False)


def test_removed_new_words_are_read_by_their_author_alone(
    api: Api, ann: User, mei: User, note: Note
) -> None:
    comment = remark(mei, note, "Old")
    api(mei).patch(address_of(comment), {"body": "canary"})
    bring_to(Case.objects.get(text="canary"), "removed")
    settle_edits()
    assert api(mei).get(address_of(comment)).json()["state"] == "removed"
    listed = api(ann).get(f"/api/v1/notes/{note.pk}/comments/").json()["results"]
    assert [shown["body"] for shown in listed] == ["Old"]


def test_no_machine_frees_new_words_where_a_person_removed_the_old(
    api: Api, mei: User, bo: User, note: Note
) -> None:
    comment = remark(mei, note, "Old")
    decide_by_hand(comment.case, bo, Outcome.REMOVE, "harassment")
    for words in ("New", "Newer"):
        api(mei).patch(address_of(comment), {"body": words})
        assert Case.objects.get(text=words) in Case.objects.waiting_for_a_person()
    comment.refresh_from_db()
    assert comment.body == "Newer"


def test_only_its_author_edits_a_comment(api: Api, ann: User, mei: User, note: Note) -> None:
    comment = remark(mei, note)
    for client, code in ((api(), 401), (api(ann), 403)):
        assert client.patch(address_of(comment), {"body": "x"}).status_code == code
    for body in ("", "\u200b", "x" * 1001, "a\x00b", None, ["x"]):
        refused = api(mei).patch(address_of(comment), {"body": body})
        assert [error["field"] for error in refused.json()["errors"]] == ["body"]
    assert Case.objects.count() == 2


def test_a_comment_is_liked_once(api: Api, ann: User, mei: User, note: Note) -> None:
    comment = remark(mei, note)
    for _ in range(2):
        assert api(ann).put(f"{address_of(comment)}like/").status_code == 204
    shown = api(ann).get(address_of(comment)).json()
    assert (shown["like_count"], shown["viewer"]) == (1, {"liked": True})
    assert api(mei).get(address_of(comment)).json()["viewer"] == {"liked": False}
    for _ in range(2):
        assert api(ann).delete(f"{address_of(comment)}like/").status_code == 204
    comment.refresh_from_db()
    assert (comment.like_count, CommentLike.objects.count()) == (0, 0)


def test_the_author_of_the_note_pins_one_comment(
    api: Api, ann: User, mei: User, note: Note
) -> None:
    first, second = remark(mei, note, "One"), remark(mei, note, "Two")
    for comment in (first, second):
        assert api(ann).put(f"{address_of(comment)}pin/").status_code == 204
    listed = api().get(f"/api/v1/notes/{note.pk}/comments/").json()["results"]
    assert [(shown["body"], shown["pinned"]) for shown in listed] == [("Two", True), ("One", False)]
    assert api(mei).put(f"{address_of(first)}pin/").status_code == 403
    assert api(ann).delete(f"{address_of(first)}pin/").status_code == 204
    assert api(ann).get(address_of(second)).json()["pinned"] is True
    assert api(ann).delete(f"{address_of(second)}pin/").status_code == 204
    assert api(ann).get(address_of(second)).json()["pinned"] is False


def test_what_others_cannot_read_is_not_pinned(api: Api, ann: User, note: Note) -> None:
    top = remark(ann, note)
    waiting, reply = submit_comment(ann, note, "Wait"), remark(ann, note, "Reply", top)
    for comment in (waiting, reply):
        assert api(ann).put(f"{address_of(comment)}pin/").status_code == 400
    note.refresh_from_db()
    assert note.pinned is None


@pytest.mark.parametrize(
    ("commenters", "stranger", "follower"),
    [("everyone", 201, 201), ("followers", 403, 201), ("nobody", 403, 403)],
)
def test_the_author_says_who_may_comment(
    api: Api,
    ann: User,
    mei: User,
    tang: User,
    post_note: PostNote,
    commenters: str,
    stranger: int,
    follower: int,
) -> None:
    follow(mei, ann)
    address = f"/api/v1/notes/{post_note(ann, commenters=commenters).pk}/comments/"
    codes = [api(who).post(address, {"body": "Hello"}).status_code for who in (tang, mei, ann)]
    assert codes == [stranger, follower, 201]


def test_replies_go_as_deep_as_people_do(api: Api, ann: User, mei: User, note: Note) -> None:
    top = remark(mei, note)
    deep = top
    for n in range(5):
        posted: Any = api(ann).post(
            f"/api/v1/notes/{note.pk}/comments/", {"body": f"{n}", "parent": deep.pk}
        )
        deep = Comment.objects.get(pk=posted.json()["id"])
        bring_to(deep.case, "published")
    assert (deep.root, top.thread.count()) == (top, 5)
    assert api().get(address_of(top)).json()["reply_count"] == 1
    assert api().get(f"/api/v1/notes/{note.pk}/").json()["comment_count"] == 6
    assert api(mei).delete(address_of(top)).status_code == 204
    assert (Comment.objects.count(), Case.objects.filter(closed_at=None).count()) == (0, 1)
