"""Two people, or one in a hurry, at the same row at the same moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from rest_framework.test import APIClient

from accounts.models import Kind, Notification, User
from conftest import PostNote, make_person
from moderation.models import Case
from notes.actions import delete_note, like
from notes.models import Board, Comment, Image, Like, Note, Save
from tests.crowd import CROWD, REPEATED, at_once, everybody

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db(transaction=True)


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


@REPEATED
@pytest.mark.parametrize(("verb", "kind"), [("like", Kind.LIKE), ("save", Kind.SAVE)])
def test_c1_one_person_likes_and_saves_many_times_at_once(
    api: Api, post_note: PostNote, verb: str, kind: Kind, repeat: int
) -> None:
    note, mei = post_note(make_person("ann")), make_person("mei")
    clients = [api(mei) for _ in range(CROWD)]
    path = f"/api/v1/notes/{note.pk}/{verb}/"
    codes = everybody(lambda n: clients[n].put(path).status_code)
    assert codes == [204] * CROWD
    note.refresh_from_db()
    rows = (Like.objects if verb == "like" else Save.objects).count()
    assert (rows, note.like_count + note.save_count) == (1, 1)
    assert Notification.objects.filter(kind=kind).count() == 1
    assert Board.objects.count() == (verb == "save")


@REPEATED
def test_c2_everybody_likes_one_note(api: Api, post_note: PostNote, repeat: int) -> None:
    note = post_note(make_person("ann"))
    clients = [api(make_person(f"reader{n}")) for n in range(CROWD)]
    path = f"/api/v1/notes/{note.pk}/like/"
    assert everybody(lambda n: clients[n].put(path).status_code) == [204] * CROWD
    assert Note.objects.get().like_count == Like.objects.count() == CROWD
    assert Notification.objects.filter(kind=Kind.LIKE).count() == CROWD


@REPEATED
def test_c6_of_many_edits_of_what_was_read_one_wins(
    api: Api, post_note: PostNote, repeat: int
) -> None:
    ann = make_person("ann")
    path = f"/api/v1/notes/{post_note(ann).pk}/"
    tag, clients = api(ann).get(path)["ETag"], [api(ann) for _ in range(CROWD)]

    def edit(n: int) -> int:
        answer = clients[n].patch(path, {"title": f"Title {n}"}, headers={"If-Match": tag})
        return int(answer.status_code)

    assert sorted(everybody(edit)) == [200, *[412] * (CROWD - 1)]
    assert Note.objects.get().versions.count() == 2


@REPEATED
def test_c11_uploads_stop_at_the_quota(
    api: Api, settings: LazySettings, photo: bytes, repeat: int
) -> None:
    settings.IMAGE_QUOTA_COUNT = 5
    ann = make_person("ann")
    clients = [api(ann) for _ in range(CROWD)]

    def upload(n: int) -> int:
        file = SimpleUploadedFile("leaf.jpg", photo)
        answer = clients[n].post("/api/v1/images/", {"file": file}, format="multipart")
        return int(answer.status_code)

    assert sorted(everybody(upload)) == [*[201] * 5, *[400] * (CROWD - 5)]
    kept = {default_storage.exists(image.incoming) for image in Image.objects.all()}
    assert (Image.objects.count(), kept) == (5, {True})
    assert len(default_storage.listdir("incoming")[1]) == 5


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


@REPEATED
def test_c7_a_note_is_deleted_whole_while_many_like_comment_and_report(
    api: Api, post_note: PostNote, repeat: int
) -> None:
    ann = make_person("ann")
    readers = [make_person(f"reader{n}") for n in range(CROWD - 1)]
    note = post_note(ann, images=2)
    path = f"/api/v1/notes/{note.pk}/"
    clients = [api(ann), *(api(reader) for reader in readers)]

    def act(n: int) -> int:
        if n == 0:
            return clients[0].delete(path).status_code
        if n % 3 == 1:
            return clients[n].put(f"{path}like/").status_code
        if n % 3 == 2:
            report = {"kind": "note", "id": note.pk, "reason": "other"}
            return clients[n].post("/api/v1/reports/", report).status_code
        return clients[n].post(f"{path}comments/", {"body": "Lovely"}).status_code

    codes = everybody(act)
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


@REPEATED
def test_c3_one_person_liking_and_unliking_at_once_never_counts_wrong(
    api: Api, post_note: PostNote, repeat: int
) -> None:
    note, mei = post_note(make_person("ann")), make_person("mei")
    clients = [api(mei) for _ in range(CROWD)]

    def toggle(n: int) -> int:
        act = clients[n].put if n % 2 else clients[n].delete
        return act(f"/api/v1/notes/{note.pk}/like/").status_code

    codes = everybody(toggle)
    assert codes == [204] * CROWD
    assert Note.objects.get().like_count == Like.objects.count()


def test_the_like_of_a_person_counts_for_each_note_apart(ann: User, post_note: PostNote) -> None:
    first, second = post_note(ann), post_note(ann)
    like(ann, first)
    counts = dict(Note.objects.values_list("pk", "like_count"))
    assert counts == {first.pk: 1, second.pk: 0}
