"""One note or comment, if a reader may see it: most requests ask so, so it is compiled once.

Asked first and read after: what is taken away in between is still shown this once.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.prepared import Prepared, marker
from notes.models import Comment, Note, Viewer

LARGEST_ID = 2**63 - 1


def seen_note(viewer: Viewer, pk: int, notes: QuerySet[Note] | None = None) -> Note:
    """Return a note that this viewer may read, out of these or of all. Raises Http404."""
    if not sees_note(viewer, pk):
        raise Http404
    return get_object_or_404(Note.objects.all() if notes is None else notes, pk=pk)


def seen_comment(viewer: Viewer, pk: int) -> Comment:
    """Return a comment that this viewer may read, with its shape. Raises Http404."""
    if not sees_comment(viewer, pk):
        raise Http404
    comments = Comment.objects.shaped_for(viewer).select_related("note__author")
    return get_object_or_404(comments, pk=pk)


def sees_note(viewer: Viewer, pk: int | None) -> bool:
    """Whether there is such a note that is no draft, and this viewer may read it."""
    return pk is not None and _finds("note", viewer, pk)


def sees_comment(viewer: Viewer, pk: int) -> bool:
    """Whether there is such a comment, and this viewer may read it and its note."""
    return _finds("comment", viewer, pk)


def _finds(kind: str, viewer: Viewer, pk: int) -> bool:
    if isinstance(viewer, User) and viewer.is_staff:  # who may be a moderator
        return _seen(kind, viewer, pk).exists()
    return bool(_prepared(kind, viewer.pk is None).rows(min(pk, LARGEST_ID), viewer.pk))


@cache
def _prepared(kind: str, anonymous: bool) -> Prepared:
    viewer = AnonymousUser() if anonymous else User(pk=marker(1))
    return Prepared(lambda: _seen(kind, viewer, marker(0)).values_list("pk"))


def _seen(kind: str, viewer: Viewer, pk: int) -> QuerySet[Any, Any]:
    notes = Note.objects.visible(viewer)
    if kind == "note":
        return notes.filter(pk=pk)
    return Comment.objects.visible(viewer).filter(note__in=notes, pk=pk)
