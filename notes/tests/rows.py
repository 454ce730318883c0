"""Notes as rows, for tests of what happens after they were judged: no picture is made."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from moderation.models import Case, State
from notes.models import Comment, Note


def note_of(author: User, title: str = "Walk", state: str = "published", **fields: Any) -> Note:
    """A note of somebody's whose case stands so."""
    return Note.objects.create(
        author=author,
        title=title,
        case=case_of(author, "note", state),
        published_at=timezone.now() if state in (State.PUBLISHED, State.LIMITED) else None,
        **fields,
    )


def comment_of(author: User, note: Note, state: str = "published", **fields: Any) -> Comment:
    """Words of somebody's under a note whose case stands so."""
    body = fields.pop("body", "Lovely")
    case = case_of(author, "comment", state)
    return Comment.objects.create(author=author, note=note, body=body, case=case, **fields)


def case_of(author: User, kind: str, state: str) -> Case:
    return Case.objects.create(kind=kind, author=author, text="…", state=state)
