"""Notes to rank a home from."""

from __future__ import annotations

import pytest

from accounts.models import User
from conftest import PostNote
from notes.models import Note


@pytest.fixture
def notes(mei: User, tang: User, post_note: PostNote) -> list[Note]:
    """Eight notes in two languages by two people."""
    return [
        post_note((mei, tang)[n % 2], f"Tea {n}", body="#tea #cups" if n % 3 else "#hills",
                  language=("zh", "en")[n % 2])
        for n in range(8)
    ]  # fmt: skip
