"""Liking notes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User
from notes.actions.holding import hold
from notes.models import Like, Note


@transaction.atomic
def like(user: User, note: Note) -> None:
    """Like a note; doing it twice is doing it once. Raises Http404 when it is just gone."""
    hold(note)
    if Like.objects.get_or_create(user=user, note=note)[1]:
        Note.objects.filter(pk=note.pk).update(like_count=F("like_count") + 1)


@transaction.atomic
def unlike(user: User, note: Note) -> None:
    """Like a note no longer; doing it twice is doing it once."""
    if Like.objects.filter(user=user, note=note).delete()[0]:
        Note.objects.filter(pk=note.pk).update(like_count=Greatest(F("like_count") - 1, 0))
