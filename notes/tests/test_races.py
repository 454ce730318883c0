"""Two people, or one in a hurry, at the same row at the same moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, make_person
from moderation.models import Case
from notes.actions import delete_note, like
from notes.models import Comment, Image, Like, Note

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """The results of all calls, begun in the same moment."""
    together = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def wait_until_somebody_is_blocked() -> None:
    """Until another connection to this database waits for a lock of ours."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)


def test_an_image_sent_with_two_notes_at_once_is_in_one(api: Api, ready_image: Ready) -> None:
    ann = make_person("ann")
    image = ready_image(ann)
    clients = [api(ann) for _ in range(6)]
    sent = {"title": "Mine", "images": [image.pk]}
    codes = at_once(*(lambda c=c: c.post("/api/v1/notes/", sent).status_code for c in clients))
    assert sorted(codes) == [201, 400, 400, 400, 400, 400]
    image.refresh_from_db()
    assert (Note.objects.get().pk, Case.objects.count()) == (image.note_id, 1)


def test_images_named_in_opposite_orders_never_deadlock(api: Api, ready_image: Ready) -> None:
    ann = make_person("ann")
    images = [ready_image(ann).pk for _ in range(6)]
    orders = [images, images[::-1]] * 3
    clients = [api(ann) for _ in orders]

    def post(n: int) -> int:
        return clients[n].post("/api/v1/notes/", {"title": "x", "images": orders[n]}).status_code

    codes = at_once(*(lambda n=n: post(n) for n in range(len(orders))))
    assert sorted(codes) == [201, 400, 400, 400, 400, 400]
    assert Image.objects.filter(note=Note.objects.get()).count() == 6


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "/api/v1/notes/{}/like/", {}),
        ("post", "/api/v1/notes/{}/comments/", {"body": "Lovely"}),
        ("delete", "/api/v1/notes/{}/like/", {}),
    ],
)
def test_what_arrives_while_the_note_is_being_deleted_leaves_nothing(
    api: Api, post_note: PostNote, method: str, path: str, body: dict[str, str]
) -> None:
    ann, mei = make_person("ann"), make_person("mei")
    note = post_note(ann)
    if method == "delete":
        like(mei, note)
    client = api(mei)

    def act() -> int:
        try:
            return int(getattr(client, method)(path.format(note.pk), body).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            delete_note(note, ann)
            acting = pool.submit(act)
            wait_until_somebody_is_blocked()
        assert acting.result() in {204, 404}
    assert (Note.objects.count(), Like.objects.count(), Comment.objects.count()) == (0, 0, 0)


def test_a_note_is_deleted_whole_while_many_like_and_comment(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    readers = [make_person(f"reader{n}") for n in range(6)]
    note = post_note(ann, images=2)
    path = f"/api/v1/notes/{note.pk}/"
    clients = [api(ann), *(api(reader) for reader in readers)]

    def act(n: int) -> int:
        if n == 0:
            return clients[0].delete(path).status_code
        if n % 2:
            return clients[n].put(f"{path}like/").status_code
        return clients[n].post(f"{path}comments/", {"body": "Lovely"}).status_code

    codes = at_once(*(lambda n=n: act(n) for n in range(len(clients))))
    assert codes[0] == 204
    assert set(codes[1:]) <= {201, 204, 404}
    left = [manager.count() for manager in (Note.objects, Like.objects, Comment.objects)]
    assert (left, Image.objects.count()) == ([0, 0, 0], 0)


def test_a_note_deleted_twice_at_once_is_deleted_once(api: Api, post_note: PostNote) -> None:
    ann = make_person("ann")
    note = post_note(ann)
    clients = [api(ann) for _ in range(4)]
    codes = at_once(
        *(lambda c=c: c.delete(f"/api/v1/notes/{note.pk}/").status_code for c in clients)
    )
    assert set(codes) <= {204, 404}
    assert 204 in codes
    assert Note.objects.count() == 0


def test_one_person_liking_and_unliking_at_once_never_counts_wrong(
    api: Api, post_note: PostNote
) -> None:
    note, mei = post_note(make_person("ann")), make_person("mei")
    clients = [api(mei) for _ in range(8)]

    def toggle(n: int) -> int:
        act = clients[n].put if n % 2 else clients[n].delete
        return act(f"/api/v1/notes/{note.pk}/like/").status_code

    codes = at_once(*(lambda n=n: toggle(n) for n in range(8)))
    assert codes == [204] * 8
    assert Note.objects.get().like_count == Like.objects.count()


def test_the_like_of_a_person_counts_for_each_note_apart(ann: User, post_note: PostNote) -> None:
    first, second = post_note(ann), post_note(ann)
    like(ann, first)
    counts = dict(Note.objects.values_list("pk", "like_count"))
    assert counts == {first.pk: 1, second.pk: 0}
