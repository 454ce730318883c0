"""Finding a note, a comment or a person by kind and name, if the reader may see it."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User, Viewer
from accounts.words import whole_number
from notes.models import Comment, Note
from notes.seeing import sees_comment, sees_note

Content = Note | Comment | User


def find_content(reader: Viewer, kind: str, name: str) -> Content:
    """What "note", "comment" or "user" with its id or handle names. Raises Http404."""
    found: Content | None = None
    if kind == "user":
        found = User.objects.visible(reader).filter(username=_handle(name)).first()
    elif (pk := whole_number(name)) is not None:
        if kind == "note" and sees_note(reader, pk):
            found = Note.objects.filter(pk=pk).select_related("case", "author").first()
        elif kind == "comment" and sees_comment(reader, pk):
            comments = Comment.objects.filter(pk=pk).select_related("case", "author")
            found = comments.select_related("note__author", "note__case").first()
    if found is None:
        raise Http404
    return found


def _handle(name: str) -> str:
    return User.normalize_username(name).replace("\0", "/")


def page_of_content(found: Content) -> str:
    """The page on which it stands."""
    return (found.note if isinstance(found, Comment) else found).get_absolute_url()
