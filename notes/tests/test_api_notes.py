"""Posting and reading notes over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.models import Image, Note, Topic
from notes.rendering import render_overdue

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db


def post(client: APIClient, images: list[int], **fields: Any) -> Any:
    sent = {"title": "Autumn walk", "images": images} | fields
    return client.post("/api/v1/notes/", sent)


def test_a_note_is_born_pending_and_published_when_judged(
    api: Api, ann: User, ready_image: Ready
) -> None:
    image = ready_image(ann, "A red leaf")
    posted = post(api(ann), [image.pk], body="With @mei in #Hangzhou", place="West Lake")
    assert posted.status_code == 201
    note = posted.json()
    assert (note["state"], note["language"], note["topics"]) == ("pending", "en", ["Hangzhou"])
    assert (note["author"]["username"], note["viewer"]) == ("ann", {"liked": False, "saved": False})
    assert [shown["alt"] for shown in note["images"]] == ["A red leaf"]
    assert api().get(f"/api/v1/notes/{note['id']}/").status_code == 404
    bring_to(Case.objects.get(), "judged")
    assert api().get(f"/api/v1/notes/{note['id']}/").json()["state"] == "published"


def test_the_case_keeps_every_word_and_picture(api: Api, ann: User, ready_image: Ready) -> None:
    image = ready_image(ann, "A red leaf")
    note = post(api(ann), [image.pk], body="Calm", place="West Lake").json()
    case = Case.objects.get()
    assert case.text == "Autumn walk\n\nCalm\n\nWest Lake\n\nA red leaf"
    assert case.images == [image.file_name(360)]
    assert case.url == note["url"]


def test_mentions_are_of_people_who_exist(
    api: Api, ann: User, mei: User, ready_image: Ready
) -> None:
    note = post(api(ann), [ready_image(ann).pk], body="@mei @nobody").json()
    assert note["mentions"] == ["mei"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("今天去了西湖，秋天真美", "zh"), ("A quiet walk by the lake this morning", "en")],
)
def test_the_language_is_detected(
    api: Api, ann: User, ready_image: Ready, text: str, language: str
) -> None:
    assert post(api(ann), [ready_image(ann).pk], title=text).json()["language"] == language


def test_the_author_knows_the_language_better(api: Api, ann: User, ready_image: Ready) -> None:
    assert post(api(ann), [ready_image(ann).pk], language="zh").json()["language"] == "zh"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "", "body": ""}, "title"),
        ({"title": "\u200b", "body": " \n "}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"body": "字" * 5001}, "body"),
        ({"title": "a\x00b"}, "title"),
        ({"body": "a\x07b"}, "body"),
        ({"title": 7.5, "body": ["x"]}, "body"),
        ({"images": []}, "images"),
        ({"images": "1"}, "images"),
        ({"images": [None]}, "images.0"),
        ({"images": [10**30]}, "images.0"),
        ({"images": [999_999]}, "images"),
        ({"images": list(range(1, 20))}, "images"),
        ({"audience": "friends"}, "audience"),
        ({"language": "xx"}, "language"),
        ({"place": "x" * 81}, "place"),
        ({"topics": ["x"] * 11}, "topics"),
        ({"topics": [{}]}, "topics.0"),
        ({"commenters": "friends"}, "commenters"),
        ({"second": {"title": "字" * 101}}, "second_title"),
        ({"second": "字"}, "second.non_field_errors"),
        ({"draft": "perhaps"}, "draft"),
        ({"publish_at": "2020-01-01T00:00:00Z"}, "publish_at"),
        ({"publish_at": "tomorrow"}, "publish_at"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_saved(
    api: Api, ann: User, ready_image: Ready, changed: dict[str, Any], field: str
) -> None:
    image = ready_image(ann)
    sent = {"title": "Autumn walk", "images": [image.pk]} | changed
    refused = api(ann).post("/api/v1/notes/", sent)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert (Note.objects.count(), Case.objects.count(), Topic.objects.count()) == (0, 0, 0)
    image.refresh_from_db()
    assert image.note_id is None


def test_the_image_of_another_or_of_another_note_is_refused(
    api: Api, ann: User, mei: User, ready_image: Ready
) -> None:
    hers, mine = ready_image(mei), ready_image(ann)
    assert post(api(ann), [hers.pk]).json()["errors"][0]["field"] == "images"
    assert post(api(ann), [mine.pk]).status_code == 201
    assert post(api(ann), [mine.pk]).json()["errors"][0]["field"] == "images"
    assert post(api(ann), [mine.pk, mine.pk]).status_code == 400


def test_eighteen_images_keep_their_order(api: Api, ann: User, ready_image: Ready) -> None:
    images = [ready_image(ann).pk for _ in range(18)][::-1]
    note = post(api(ann), images).json()
    assert [image["id"] for image in note["images"]] == images


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"note"', "application/json", 400),
        (b'{"title": "\xff"}', "application/json", 400),
        (b'{"title": "\\ud800"}', "application/json", 400),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "application/json", 400),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "application/json", 400),
        (b"title=x", "text/plain", 415),
        (b"<note/>", "application/xml", 415),
        (b" " * 2_600_000, "application/json", 413),
    ],
)
def test_a_bad_body_is_refused_as_a_problem(
    api: Api, ann: User, body: bytes, content_type: str, status: int
) -> None:
    client: Any = api(ann)
    refused = client.generic("POST", "/api/v1/notes/", body, content_type=content_type)
    assert refused.status_code == status
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == status


@pytest.mark.parametrize("pk", ["999999", str(2**63), "9" * 40, "0", "abc", "-1"])
def test_an_unknown_note_is_a_404_problem(api: Api, pk: str) -> None:
    refused = api().get(f"/api/v1/notes/{pk}/")
    assert refused.status_code == 404
    assert refused["Content-Type"] == "application/problem+json"


def test_a_note_is_posted_once_however_often_it_is_sent(
    api: Api, ann: User, ready_image: Ready
) -> None:
    image, client = ready_image(ann), api(ann)
    sent = {"title": "Once", "images": [image.pk]}
    first, again = (
        client.post("/api/v1/notes/", sent, HTTP_IDEMPOTENCY_KEY="one") for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = client.post("/api/v1/notes/", sent | {"body": "x"}, HTTP_IDEMPOTENCY_KEY="one")
    assert other.status_code == 409
    assert Note.objects.count() == 1


def test_only_the_author_deletes_and_everything_goes_but_the_case(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann, images=2)
    files = [image.file_name(720) for image in note.images.all()]
    url = f"/api/v1/notes/{note.pk}/"
    assert api(mei).delete(url).status_code == 403
    assert api().delete(url).status_code == 401
    assert all(default_storage.exists(name) for name in files)
    from_ann = api(ann).delete(url)
    assert from_ann.status_code == 204
    assert (Note.objects.count(), Image.objects.count(), Case.objects.count()) == (0, 0, 1)


def test_a_note_waits_for_its_pictures(api: Api, ann: User, ready_image: Ready) -> None:
    image = ready_image(ann)
    Image.objects.update(status=Image.Status.PROCESSING, incoming="")
    post(api(ann), [image.pk])
    assert Case.objects.get().ready_at is None
    Image.objects.update(status=Image.Status.READY)
    Note.objects.update(created_at="2026-01-01T00:00:00Z")
    render_overdue()
    assert Case.objects.get().ready_at is not None


def test_a_rejected_picture_does_not_hold_its_note_back(
    api: Api, ann: User, ready_image: Ready
) -> None:
    good, bad = ready_image(ann), ready_image(ann)
    Image.objects.filter(pk=bad.pk).update(
        status=Image.Status.PROCESSING, attempts=5, claimed_at=None
    )
    post(api(ann), [good.pk, bad.pk])
    Image.objects.update(created_at="2026-01-01T00:00:00Z")
    render_overdue()
    case = Case.objects.get()
    assert (case.ready_at is not None, case.images) == (True, [good.file_name(360)])
