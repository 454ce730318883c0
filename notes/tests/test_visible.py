"""Who sees what: every state and audience against every kind of viewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, make_person
from feeds.tests.surfaces import SURFACES
from notes.models import Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]

#        state        audience     anonymous stranger follower author moderator
TABLE = [
    ("published", "public",    True,  True,  True,  True, True),
    ("published", "followers", False, False, True,  True, False),
    ("published", "private",   False, False, False, True, False),
    ("pending",   "public",    False, False, False, True, True),
    ("held",      "public",    False, False, False, True, True),
    ("held",      "followers", False, False, False, True, False),
    ("limited",   "public",    True,  True,  True,  True, True),
    ("limited",   "followers", False, False, True,  True, False),
    ("removed",   "public",    False, False, False, True, True),
    ("removed",   "private",   False, False, False, True, False),
]  # fmt: skip
ROLES = ("anonymous", "stranger", "follower", "author", "moderator")
CASES = [(state, audience, role, row[ROLES.index(role)])
         for state, audience, *row in TABLE for role in ROLES]  # fmt: skip


@pytest.fixture
def people(ann: User, mei: User, tang: User, bo: User) -> dict[str, Any]:
    follow(mei, ann)
    mei.refresh_from_db()
    return {
        "anonymous": AnonymousUser(),
        "stranger": tang,
        "follower": mei,
        "author": ann,
        "moderator": bo,
    }


@pytest.mark.parametrize(("state", "audience", "role", "sees"), CASES)
def test_the_table_of_who_sees_what(
    people: dict[str, Any], post_note: PostNote, state: str, audience: str, role: str, sees: bool
) -> None:
    note = post_note(people["author"], state=state, audience=audience)
    assert Note.objects.visible(people[role]).filter(pk=note.pk).exists() is sees


@pytest.mark.parametrize(("state", "audience", "role", "sees"), CASES)
def test_no_surface_shows_more_than_the_table(
    api: Api,
    people: dict[str, Any],
    post_note: PostNote,
    state: str,
    audience: str,
    role: str,
    sees: bool,
) -> None:
    note = post_note(people["author"], "canary-title #canary", state=state, audience=audience)
    viewer = people[role] if isinstance(people[role], User) else None
    client = api(viewer, ["read", "write", "moderate"])
    if viewer:
        client.force_login(viewer)
    shown = {name for name, surface in SURFACES.items() if surface(client, note)}
    assert shown <= (set(SURFACES) if sees else set())
    if sees:
        assert {"api note", "image file", "page note", "api comments"} <= shown


def test_a_limited_note_is_recommended_nowhere(ann: User, post_note: PostNote) -> None:
    post_note(ann, state="limited")
    assert not Note.objects.recommendable().exists()


def test_only_public_published_notes_are_recommended(ann: User, post_note: PostNote) -> None:
    for audience in ("public", "followers", "private"):
        post_note(ann, audience, audience=audience)
    assert [note.title for note in Note.objects.recommendable()] == ["public"]


def test_nothing_of_a_suspended_author_is_seen(
    ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    post_note(ann)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert not Note.objects.visible(mei).exists()
    assert Note.objects.visible(bo).count() == 1


def test_a_member_of_staff_without_the_role_sees_no_more(ann: User, post_note: PostNote) -> None:
    clerk = make_person("clerk", is_staff=True)
    post_note(ann, state="held")
    assert not Note.objects.visible(clerk).exists()
