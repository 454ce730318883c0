"""Finding what a request names, if the reader may see it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from accounts.authentication import person
from accounts.models import User
from notes.editing import overlay
from notes.models import Board, Comment, Note
from notes.seeing import LARGEST_ID, seen_comment, seen_note


def find_note(request: Request, pk: int) -> Note:
    """Return a note that the reader may see. Raises Http404."""
    return seen_note(request.user, pk)


def shown_note(request: Request, pk: int) -> Note:
    """Return a note with all that its shape needs; to its author as they wrote it last."""
    pk, viewer = min(pk, LARGEST_ID), request.user
    if draft := _draft_of(viewer, pk):
        return draft
    note = seen_note(viewer, pk, Note.objects.for_api(viewer))
    return overlay(note) if viewer.pk == note.author_id else note


def find_own_note(request: Request, pk: int) -> Note:
    """Return a note to change, draft or sent; whose it is the action asks. Raises Http404."""
    pk = min(pk, LARGEST_ID)
    return _draft_of(person(request), pk) or find_note(request, pk)


def _draft_of(viewer: object, pk: int) -> Note | None:
    if not isinstance(viewer, User):
        return None
    return Note.drafts.by(viewer).with_page().filter(pk=pk).first()


def find_comment(request: Request, pk: int) -> Comment:
    """Return a comment under a note, both of which the reader may see. Raises Http404."""
    return seen_comment(request.user, pk)


def find_board(request: Request, pk: int) -> Board:
    """Return a board that the reader may see, with its face. Raises Http404."""
    boards = Board.objects.visible(request.user).select_related("owner")
    seen = Note.objects.visible(request.user)
    return get_object_or_404(boards.with_face(seen), pk=min(pk, LARGEST_ID))
