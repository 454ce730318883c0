"""Finding what a request names, if the reader may see it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from notes.models import Note

LARGEST_ID = 2**63 - 1


def find_note(request: Request, pk: int) -> Note:
    """Return a note that the reader may see. Raises Http404."""
    if pk > LARGEST_ID:
        raise Http404
    return get_object_or_404(Note.objects.visible(request.user), pk=pk)


def shown_note(request: Request, pk: int) -> Note:
    """Return a note with all that its shape needs."""
    notes = Note.objects.visible(request.user).marked_for(request.user)
    return get_object_or_404(notes.with_comment_count().with_page(), pk=min(pk, LARGEST_ID))
