"""A hundred at once: one row, exact counts, one winner, no error of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, bring_to, make_person
from notes.actions import save_draft, submit_comment
from notes.editing import settle_edits
from notes.models import Board, Comment, CommentLike, Image, Like, Note, Save, Version
from notes.sending import send_due
from notes.tests.test_races import at_once

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db(transaction=True)
# As many threads as the test database takes; each asks several times.
THREADS, TIMES = 10, 10
ROWS: dict[str, Callable[[], int]] = {
    "like": lambda: Like.objects.count(),
    "save": lambda: Save.objects.count(),
}


def many(act: Callable[[int], int]) -> list[int]:
    """The answers to a hundred requests, ten at a time."""

    def run(thread: int) -> list[int]:
        return [act(thread * TIMES + n) for n in range(TIMES)]

    found = at_once(*(lambda t=t: run(t) for t in range(THREADS)))
    return [code for codes in found for code in codes]


@contextmanager
def quota(settings: LazySettings, **limits: int) -> Iterator[None]:
    for name, value in limits.items():
        setattr(settings, name, value)
    yield


@pytest.mark.parametrize("mark", ["like", "save"])
def test_one_person_marks_a_note_a_hundred_times(api: Api, post_note: PostNote, mark: str) -> None:
    note, mei = post_note(make_person("ann")), make_person("mei")
    clients = [api(mei) for _ in range(THREADS)]
    address = f"/api/v1/notes/{note.pk}/{mark}/"
    codes = many(lambda n: clients[n // TIMES].put(address).status_code)
    note.refresh_from_db()
    rows = ROWS[mark]()
    assert (set(codes), rows, getattr(note, f"{mark}_count")) == ({204}, 1, 1)
    assert Board.objects.count() == (mark == "save")


def test_fifty_people_like_and_save_one_note(api: Api, post_note: PostNote) -> None:
    note = post_note(make_person("ann"))
    clients = [api(make_person(f"reader{n}")) for n in range(50)]

    def act(n: int) -> int:
        mark = "save" if n % 2 else "like"
        return clients[n // 2].put(f"/api/v1/notes/{note.pk}/{mark}/").status_code

    assert set(many(act)) == {204}
    note.refresh_from_db()
    assert (note.like_count, note.save_count) == (50, 50)
    assert (Like.objects.count(), Save.objects.count()) == (50, 50)


@pytest.mark.parametrize("mark", ["like", "save"])
def test_marks_put_and_taken_at_once_never_count_wrong(
    api: Api, post_note: PostNote, mark: str
) -> None:
    note, mei = post_note(make_person("ann")), make_person("mei")
    clients = [api(mei) for _ in range(THREADS)]

    def act(n: int) -> int:
        client = clients[n // TIMES]
        call = client.put if n % 2 else client.delete
        return call(f"/api/v1/notes/{note.pk}/{mark}/").status_code

    assert set(many(act)) == {204}
    note.refresh_from_db()
    rows = ROWS[mark]()
    assert getattr(note, f"{mark}_count") == rows


def test_a_comment_liked_and_unliked_at_once_never_counts_wrong(
    api: Api, post_note: PostNote
) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    comment = submit_comment(ann, post_note(ann), "Lovely")
    bring_to(comment.case, "published")
    clients = [api(mei) for _ in range(THREADS)]

    def act(n: int) -> int:
        client = clients[n // TIMES]
        call = client.put if n % 2 else client.delete
        return call(f"/api/v1/comments/{comment.pk}/like/").status_code

    assert set(many(act)) == {204}
    comment.refresh_from_db()
    assert comment.like_count == CommentLike.objects.count()


def test_of_edits_with_the_same_revision_one_wins(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    note = post_note(ann, "Old")
    clients = [api(ann) for _ in range(THREADS)]
    address = f"/api/v1/notes/{note.pk}/"
    etag = clients[0].get(address)["ETag"]

    def act(n: int) -> int:
        change = {"title": f"Edit {n}"}
        return clients[n // TIMES].patch(address, change, HTTP_IF_MATCH=etag).status_code

    codes = many(act)
    assert (codes.count(200), codes.count(412)) == (1, 99)
    assert Version.objects.count() == 2


def test_edits_without_a_condition_leave_one_open(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    note = post_note(ann, "Old")
    clients = [api(ann) for _ in range(THREADS)]
    address = f"/api/v1/notes/{note.pk}/"
    codes = many(lambda n: clients[n // TIMES].patch(address, {"title": f"Edit {n}"}).status_code)
    assert (set(codes), Version.objects.open().count()) == ({200}, 1)
    assert sorted(Version.objects.values_list("number", flat=True)) == list(range(1, 102))


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


@pytest.mark.parametrize("limit", ["count", "bytes"])
def test_the_quota_holds_to_the_last_picture(
    api: Api, settings: LazySettings, photo: bytes, limit: str
) -> None:
    ann = make_person("ann")
    clients = [api(ann) for _ in range(THREADS)]
    limits = {"count": {"IMAGE_QUOTA_COUNT": 7}, "bytes": {"IMAGE_QUOTA_BYTES": 7 * len(photo)}}
    with quota(settings, **limits[limit]):

        def act(n: int) -> int:
            file = SimpleUploadedFile("leaf.jpg", photo)
            answer: Any = clients[n // TIMES].post(
                "/api/v1/images/", {"file": file}, format="multipart"
            )
            return int(answer.status_code)

        codes = many(act)
    assert (codes.count(201), codes.count(400)) == (7, 93)
    assert Image.objects.count() == 7
    assert len(default_storage.listdir("incoming")[1]) == 7


def test_boards_begun_at_once_keep_their_names_and_places(api: Api) -> None:
    mei = make_person("mei")
    clients = [api(mei) for _ in range(THREADS)]

    def act(n: int) -> int:
        return clients[n // TIMES].post("/api/v1/boards/", {"name": f"{n % 5}"}).status_code

    codes = many(act)
    assert (codes.count(201), codes.count(400)) == (5, 95)
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
