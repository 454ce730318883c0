"""Finding a note, a comment or a person by kind and name, if the reader may see it."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User, Viewer
from accounts.words import whole_number
from notes.models import Comment, Note

Content = Note | Comment | User


def find_content(reader: Viewer, kind: str, name: str) -> Content:
    """What "note", "comment" or "user" with its id or handle names. Raises Http404."""
    found: Content | None = None
    if kind == "user":
        found = User.objects.visible(reader).filter(username=_handle(name)).first()
    elif (pk := whole_number(name)) is not None:
        notes = Note.objects.visible(reader)
        if kind == "note":
            found = notes.filter(pk=pk).select_related("case", "author").first()
        elif kind == "comment":
            comments = Comment.objects.visible(reader).filter(note__in=notes, pk=pk)
            found = comments.select_related("case", "author", "note__author", "note__case").first()
    if found is None:
        raise Http404
    return found


def _handle(name: str) -> str:
    return User.normalize_username(name).replace("\0", "/")


def page_of_content(found: Content) -> str:
    """The page on which it stands."""
    return (found.note if isinstance(found, Comment) else found).get_absolute_url()
