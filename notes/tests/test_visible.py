"""Who sees what, in single sentences; the whole table is in feeds/tests/test_visibility.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from conftest import PostNote, make_person
from notes.models import Note

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]


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
