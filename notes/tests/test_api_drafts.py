"""Drafts and scheduled notes over the API: nobody's but their author's until they are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote
from moderation.models import Case
from notes.models import Image, Note
from notes.sending import send_due

Api = Callable[..., APIClient]
Ready = Callable[..., Image]
pytestmark = pytest.mark.django_db
NOTES = "/api/v1/notes/"


def draft(client: APIClient, **fields: Any) -> Any:
    answer = client.post(NOTES, {"title": "Half a thought", "draft": True} | fields)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def later(**delta: float) -> str:
    return (timezone.now() + timedelta(**delta)).isoformat()


def test_a_draft_may_lack_everything_and_is_judged_by_nobody(api: Api, ann: User) -> None:
    kept = draft(api(ann), title="")
    assert (kept["state"], kept["title"], kept["images"]) == ("draft", "", [])
    assert kept["reach"] == dict.fromkeys(("link", "followers", "explore", "search"), False)
    assert Case.objects.count() == 0


def test_nobody_else_meets_a_draft_not_even_a_moderator(
    api: Api, ann: User, mei: User, bo: User, ready_image: Ready
) -> None:
    kept = draft(api(ann), images=[ready_image(ann).pk], body="canary #canary")
    address, file = f"{NOTES}{kept['id']}/", kept["images"][0]["urls"]["360"]
    for client in (api(), api(mei), api(bo, ["read", "write", "moderate"])):
        assert client.get(address).status_code == 404
        assert client.patch(address, {"title": "x"}).status_code in {401, 404}
        assert client.delete(address).status_code in {401, 404}
        assert client.put(f"{address}like/").status_code in {401, 404}
        assert client.get(file).status_code == 404
        assert client.get("/api/v1/users/ann/notes/").json()["results"] == []
    assert api(ann).get("/api/v1/users/ann/notes/").json()["results"] == []
    assert api(ann).get("/api/v1/users/ann/").json()["note_count"] == 0
    assert b"".join(api(ann).get(file))[:4] == b"RIFF"


def test_ones_drafts_are_listed_latest_first(api: Api, ann: User, mei: User) -> None:
    first, second = draft(api(ann), title="One"), draft(api(ann), title="Two")
    draft(api(mei), title="Hers")
    listed = api(ann).get("/api/v1/me/drafts/").json()["results"]
    assert [note["id"] for note in listed] == [second["id"], first["id"]]
    assert api().get("/api/v1/me/drafts/").status_code == 401


def test_a_draft_is_resumed_and_sent(api: Api, ann: User, ready_image: Ready) -> None:
    client, image = api(ann), ready_image(ann)
    address = f"{NOTES}{draft(client)['id']}/"
    changed = client.patch(address, {"body": "#lake", "topics": ["tea"], "images": [image.pk]})
    assert (changed.json()["state"], changed.json()["body"]) == ("draft", "#lake")
    sent = client.patch(address, {"draft": False})
    assert (sent.status_code, sent.json()["state"]) == (200, "pending")
    assert sorted(sent.json()["topics"]) == ["lake", "tea"]
    assert Case.objects.get().text == "Half a thought\n\n#lake\n\n#tea"
    assert client.get("/api/v1/me/drafts/").json()["results"] == []


def test_what_is_too_little_for_a_note_stays_a_draft(api: Api, ann: User) -> None:
    client = api(ann)
    address = f"{NOTES}{draft(client)['id']}/"
    refused = client.patch(address, {"draft": False, "body": "changed"})
    assert [error["field"] for error in refused.json()["errors"]] == ["images"]
    kept = client.get(address).json()
    assert (kept["state"], kept["body"]) == ("draft", "")


def test_a_picture_taken_out_of_a_draft_is_loose_again(
    api: Api, ann: User, ready_image: Ready
) -> None:
    client, one, two = api(ann), ready_image(ann), ready_image(ann)
    address = f"{NOTES}{draft(client, images=[one.pk, two.pk])['id']}/"
    client.patch(address, {"images": [two.pk]})
    one.refresh_from_db()
    assert one.note_id is None
    assert draft(client, images=[one.pk])["images"][0]["id"] == one.pk
    refused = client.post(NOTES, {"title": "x", "images": [two.pk]})
    assert refused.json()["errors"][0]["field"] == "images"


def test_a_draft_is_deleted_with_its_pictures(api: Api, ann: User, ready_image: Ready) -> None:
    kept = draft(api(ann), images=[ready_image(ann).pk])
    assert api(ann).delete(f"{NOTES}{kept['id']}/").status_code == 204
    assert (Note.drafts.count(), Image.objects.count()) == (0, 0)


def test_a_note_is_published_at_its_time_once(api: Api, ann: User, ready_image: Ready) -> None:
    sent = {"title": "Morning", "images": [ready_image(ann).pk], "publish_at": later(hours=1)}
    posted = api(ann).post(NOTES, sent).json()
    assert (posted["state"], posted["publish_at"] is None) == ("scheduled", False)
    send_due()
    assert Note.drafts.get().state == "scheduled"
    Note.drafts.update(publish_at=timezone.now() - timedelta(seconds=1))
    send_due()
    send_due()
    note = Note.objects.get()
    assert (note.pk, note.state, note.publish_at) == (posted["id"], "pending", None)
    assert Case.objects.count() == 1


def test_a_time_can_be_changed_and_taken_back(api: Api, ann: User, ready_image: Ready) -> None:
    client = api(ann)
    kept = draft(client, images=[ready_image(ann).pk])
    address = f"{NOTES}{kept['id']}/"
    assert client.patch(address, {"publish_at": later(days=2)}).json()["state"] == "scheduled"
    assert client.patch(address, {"title": "New"}).json()["state"] == "scheduled"
    assert client.patch(address, {"publish_at": None}).json()["state"] == "draft"
    client.patch(address, {"publish_at": later(days=2)})
    assert client.patch(address, {"draft": True}).json()["state"] == "draft"
    client.patch(address, {"publish_at": later(days=2)})
    assert client.patch(address, {"draft": False}).json()["state"] == "pending"


def test_only_what_could_be_published_now_is_scheduled(api: Api, ann: User) -> None:
    refused = api(ann).post(NOTES, {"title": "No picture", "publish_at": later(hours=1)})
    assert [error["field"] for error in refused.json()["errors"]] == ["images"]
    assert Note.drafts.count() == 0


def test_what_lost_its_pictures_meanwhile_waits_for_its_author(
    api: Api, ann: User, ready_image: Ready
) -> None:
    image = ready_image(ann)
    sent = {"title": "Morning", "images": [image.pk], "publish_at": later(hours=1)}
    api(ann).post(NOTES, sent)
    assert api(ann).delete(f"/api/v1/images/{image.pk}/").status_code == 204
    Note.drafts.update(publish_at=timezone.now())
    send_due()
    assert Note.drafts.get().state == "draft"


def test_a_suspended_author_publishes_nothing(api: Api, ann: User, ready_image: Ready) -> None:
    sent = {"title": "Morning", "images": [ready_image(ann).pk], "publish_at": later(hours=1)}
    api(ann).post(NOTES, sent)
    Note.drafts.update(publish_at=timezone.now())
    User.objects.update(is_active=False)
    send_due()
    assert Note.drafts.get().state == "scheduled"


def test_there_is_a_limit_of_drafts_but_not_of_notes(
    api: Api, ann: User, post_note: PostNote
) -> None:
    Note.drafts.bulk_create([Note(author=ann) for _ in range(100)])
    refused = api(ann).post(NOTES, {"draft": True})
    assert [error["code"] for error in refused.json()["errors"]] == ["limit"]
    assert post_note(ann).state == "published"


def test_a_note_that_was_sent_is_no_draft_again(api: Api, ann: User, post_note: PostNote) -> None:
    address = f"{NOTES}{post_note(ann).pk}/"
    for change in ({"draft": True}, {"publish_at": later(hours=1)}):
        refused = api(ann).patch(address, change)
        assert [error["code"] for error in refused.json()["errors"]] == ["published"]
