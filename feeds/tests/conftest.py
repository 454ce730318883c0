"""Notes to rank a home from, and somebody with everything that an export can hold."""

from __future__ import annotations

import pytest

from accounts.models import User
from conftest import PostNote
from feeds.tests.archives import fill
from notes.models import Note


@pytest.fixture
def notes(mei: User, tang: User, post_note: PostNote) -> list[Note]:
    """Eight notes in two languages by two people."""
    return [
        post_note((mei, tang)[n % 2], f"Tea {n}", body="#tea #cups" if n % 3 else "#hills",
                  language=("zh", "en")[n % 2])
        for n in range(8)
    ]  # fmt: skip


@pytest.fixture
def full_ann(ann: User, mei: User, tang: User, post_note: PostNote) -> User:
    fill(ann, mei, tang, post_note)
    return User.objects.get(pk=ann.pk)
