"""Keeping a row in place while something is hung on it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from moderation.models import Readers
from notes.models import Audience, Note

# Who could read it once it is published, in the words of moderation.
READERS: dict[str, Readers] = {
    Audience.PUBLIC: Readers.EVERYONE,
    Audience.FOLLOWERS: Readers.SOME,
    Audience.PRIVATE: Readers.NOBODY,
}


def hold(note: Note) -> None:
    """Keep a note from being deleted until this transaction ends. Raises Http404 if it is gone."""
    get_object_or_404(Note.objects.select_for_update(no_key=True, of=("self",)), pk=note.pk)
