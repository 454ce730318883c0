"""Reading a note over the API, told to many from what was told once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.actions import block
from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.actions import change_note, like, save_note, submit_comment
from notes.editing import settle_edits
from notes.models import Note
from notes.serializers import NoteSerializer

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


def test_what_is_told_again_takes_one_statement_beside_the_token(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    path, reader = f"/api/v1/notes/{post_note(ann, images=2).pk}/", api(mei)
    reader.get(path)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert reader.get(path).status_code == 200
    assert len(statements) == 2


def test_it_is_the_shape_of_the_document(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann, body="With @mei in #Hangzhou", place="West Lake", images=2)
    like(mei, note)
    save_note(mei, note)
    bring_to(submit_comment(tang, note, "Lovely light").case, "published")
    told = [api(mei).get(f"/api/v1/notes/{note.pk}/").json() for _ in range(2)]
    assert told[0] == told[1]
    assert list(told[0]) == list(NoteSerializer.Meta.fields)
    assert (told[0]["viewer"], told[0]["reach"]) == ({"liked": True, "saved": True}, None)
    assert [told[0][f"{what}_count"] for what in ("like", "save", "comment")] == [1, 1, 1]
    assert api(tang).get(f"/api/v1/notes/{note.pk}/").json()["viewer"]["liked"] is False


def test_what_changes_is_told_at_once(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    path = f"/api/v1/notes/{note.pk}/"
    before = api(mei).get(path)
    change_note(note, ann, title="Winter walk")
    bring_to(Case.objects.latest("pk"), "published")
    settle_edits()
    after = api(mei).get(path)
    assert (before.json()["title"], after.json()["title"]) == ("Autumn walk", "Winter walk")
    assert before["ETag"] != after["ETag"]
    block(ann, tang)
    assert [api(who).get(path).status_code for who in (mei, tang)] == [200, 404]
    Note.objects.filter(pk=note.pk).update(audience="private")
    assert [api(who).get(path).status_code for who in (ann, mei)] == [200, 404]
