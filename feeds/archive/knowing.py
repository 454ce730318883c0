"""How a note or a comment of somebody is known again on another server: by whom, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from notes.models import Comment, Note

CHUNK = 200


def known_note(person: User, field: str) -> dict[str, Subquery]:
    """Author and moment of the note in a field, as far as the person may still read it."""
    return _known(Note.objects.visible(person), field, "note")


def known_comment(person: User, field: str, name: str = "comment") -> dict[str, Subquery]:
    """Author and moment of the comment in a field, as far as the person may still read it."""
    return _known(_readable(person), field, name)


def _known(seen: Any, field: str, name: str) -> dict[str, Subquery]:
    found = seen.filter(pk=OuterRef(field))
    return {
        f"{name}_author": Subquery(found.values("author__username")[:1]),
        f"{name}_written": Subquery(found.values("created_at")[:1]),
    }


def _readable(person: User) -> Any:
    notes = Note.objects.visible(person)
    return Comment.objects.visible(person).filter(note__in=notes)


def find_note(person: User, line: dict[str, Any], together: Collection[int] = ()) -> Note | None:
    """The note here that a line of an archive speaks of.

    Those of who came `together` with the person count though nobody has judged them yet.
    """
    seen = Note.objects.visible(person).values("pk")
    found: Note | None = _find(Note.objects, seen, line, "note", together)
    return found


def find_comment(
    person: User, line: dict[str, Any], name: str = "comment", together: Collection[int] = ()
) -> Comment | None:
    """The comment here that a line of an archive speaks of."""
    seen = _readable(person).values("pk")
    found: Comment | None = _find(Comment.objects, seen, line, name, together)
    return found


def _find(rows: Any, seen: Any, line: dict[str, Any], name: str, together: Any) -> Any:
    author, written = line[f"{name}_author"], line[f"{name}_written"]
    if not author or not written:
        return None
    these = rows.filter(author__username=author, created_at=moment(written))
    return these.filter(Q(pk__in=seen) | Q(author__in=together)).first()


def moment(text: str) -> datetime:
    """A moment as an archive writes it. Raises ValueError for one without a time zone."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(text)
    return read
