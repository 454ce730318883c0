"""Keeping a row in place while something is hung on it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from notes.models import Note


def hold(note: Note) -> Note:
    """Keep a note that was sent from being deleted meanwhile. Raises Http404 if it is gone."""
    held = Note.objects.select_for_update(no_key=True, of=("self",))
    return get_object_or_404(held, pk=note.pk)


def locked(note: Note, *, to_delete: bool = False) -> Note:
    """Return the note or draft as it is now, so that nobody else changes it meanwhile."""
    mine = (Note.drafts if note.is_draft else Note.objects).select_related("author", "case")
    return get_object_or_404(mine.select_for_update(no_key=not to_delete, of=("self",)), pk=note.pk)
