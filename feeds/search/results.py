"""From ids that were found to what is shown: asked for once more, as this viewer may see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import User, Viewer
from feeds.fragments import Row, rows_of
from notes.models import Board, Note, Topic


def note_rows(ids: Sequence[int], viewer: Viewer) -> list[Row]:
    notes = Note.objects.recommendable().visible(viewer)
    return rows_of(ids, notes.marked_for(viewer))


def people(ids: Sequence[int], viewer: Viewer) -> list[User]:
    return _in_order(ids, User.objects.visible(viewer))


def topics(ids: Sequence[int], viewer: Viewer) -> list[Topic]:
    return _in_order(ids, Topic.objects.in_use(viewer).annotate(note_count=F("entry__note_count")))


def boards(ids: Sequence[int], viewer: Viewer) -> list[Board]:
    seen = Note.objects.visible(viewer)
    found = Board.objects.visible(viewer).select_related("owner").with_face(seen)
    return _in_order(ids, found)


def _in_order(ids: Sequence[int], things: QuerySet[Any]) -> list[Any]:
    found = {thing.pk: thing for thing in things.filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]
