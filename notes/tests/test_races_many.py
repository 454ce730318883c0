"""A crowd at once: one row, exact counts, one winner, no error of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, bring_to, make_person
from notes.actions import save_draft, submit_comment
from notes.editing import settle_edits
from notes.models import Board, Comment, CommentLike, Image, Note, Version
from notes.sending import send_due
from tests.crowd import CROWD, at_once, everybody

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_comment_liked_and_unliked_at_once_never_counts_wrong(
    api: Api, post_note: PostNote
) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    comment = submit_comment(ann, post_note(ann), "Lovely")
    bring_to(comment.case, "published")
    clients = [api(mei) for _ in range(CROWD)]

    def act(n: int) -> int:
        client = clients[n]
        call = client.put if n % 2 else client.delete
        return call(f"/api/v1/comments/{comment.pk}/like/").status_code

    assert set(everybody(act)) == {204}
    comment.refresh_from_db()
    assert comment.like_count == CommentLike.objects.count()


def test_edits_without_a_condition_leave_one_open(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    note = post_note(ann, "Old")
    clients = [api(ann) for _ in range(CROWD)]
    address = f"/api/v1/notes/{note.pk}/"
    codes = everybody(lambda n: clients[n].patch(address, {"title": f"Edit {n}"}).status_code)
    assert (set(codes), Version.objects.open().count()) == ({200}, 1)
    assert sorted(Version.objects.values_list("number", flat=True)) == list(range(1, CROWD + 2))


def test_a_note_due_is_sent_once_however_many_beats_there_are(ready_image: Ready) -> None:
    ann = make_person("ann")
    save_draft(ann, title="Morning", images=[ready_image(ann).pk])
    Note.drafts.update(publish_at="2026-01-01T00:00:00Z")
    at_once(*[send_due] * 8)
    assert (Note.objects.count(), Note.drafts.count()) == (1, 0)


def test_an_edit_is_shown_once_however_many_beats_there_are(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    note = post_note(ann, "Old")
    api(ann).patch(f"/api/v1/notes/{note.pk}/", {"title": "New"})
    bring_to(Version.objects.get(number=2).case, "published")
    before = Note.objects.get().version
    at_once(*[settle_edits] * 8)
    after = Note.objects.get()
    assert (after.title, after.version) == ("New", before + 1)


def test_a_note_deleted_while_it_is_edited_leaves_nothing(
    api: Api, ready_image: Ready, post_note: PostNote
) -> None:
    ann = make_person("ann")
    note = post_note(ann)
    new = [ready_image(ann).pk for _ in range(4)]
    clients = [api(ann) for _ in range(5)]
    address = f"/api/v1/notes/{note.pk}/"

    def act(n: int) -> int:
        if n == 0:
            return clients[0].delete(address).status_code
        return clients[n].patch(address, {"images": [new[n - 1]]}).status_code

    codes = at_once(*(lambda n=n: act(n) for n in range(5)))
    assert (codes[0], set(codes[1:]) <= {200, 404}) == (204, True)
    assert (Note.objects.count(), Version.objects.count()) == (0, 0)
    assert Image.objects.exclude(note=None, proposed_for=None).count() == 0


def test_boards_begun_at_once_keep_their_names_and_places(api: Api) -> None:
    mei = make_person("mei")
    clients = [api(mei) for _ in range(CROWD)]

    def act(n: int) -> int:
        return clients[n].post("/api/v1/boards/", {"name": f"{n % 5}"}).status_code

    codes = everybody(act)
    assert (codes.count(201), codes.count(400)) == (5, CROWD - 5)
    assert sorted(Board.objects.values_list("position", flat=True)) == list(range(5))


def test_replies_to_a_comment_that_is_deleted_leave_nothing(api: Api, post_note: PostNote) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    note = post_note(ann)
    comment = submit_comment(mei, note, "Lovely")
    bring_to(comment.case, "published")
    clients = [api(mei), *(api(ann) for _ in range(5))]

    def act(n: int) -> int:
        if n == 0:
            return clients[0].delete(f"/api/v1/comments/{comment.pk}/").status_code
        sent = {"body": f"{n}", "parent": comment.pk}
        return clients[n].post(f"/api/v1/notes/{note.pk}/comments/", sent).status_code

    codes = at_once(*(lambda n=n: act(n) for n in range(6)))
    assert (codes[0], set(codes[1:]) <= {201, 400, 404}) == (204, True)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("gone", ["comments/{comment}/", "notes/{note}/"])
def test_what_is_liked_while_it_is_deleted_leaves_nothing(
    api: Api, post_note: PostNote, gone: str
) -> None:
    ann = make_person("ann")
    note = post_note(ann)
    comment = submit_comment(ann, note, "Lovely")
    bring_to(comment.case, "published")
    clients = [api(ann), *(api(make_person(f"reader{n}")) for n in range(7))]

    def act(n: int) -> int:
        if n == 0:
            path = gone.format(comment=comment.pk, note=note.pk)
            return clients[0].delete(f"/api/v1/{path}").status_code
        return clients[n].put(f"/api/v1/comments/{comment.pk}/like/").status_code

    codes = at_once(*(lambda n=n: act(n) for n in range(8)))
    assert (codes[0], set(codes[1:]) <= {204, 404}) == (204, True)
    assert (Comment.objects.count(), CommentLike.objects.count()) == (0, 0)


def test_no_connection_is_left_open() -> None:
    """The threads of these tests close what they open: later tests need the connections."""
    User.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        assert cursor.fetchone()[0] <= 3
