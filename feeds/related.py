"""Notes beside a note: liked by the same people, else about the same things."""

from __future__ import annotations

from feeds.candidates import lists_of
from feeds.fragments import Row, recommendable_rows
from feeds.ranking import Scope
from feeds.ranking import read as read_explore
from notes.models import Note, Viewer

SHOWN = 12
LOOKED_AT = 60


def related(note: Note, viewer: Viewer, limit: int = SHOWN) -> list[Row]:
    """Up to `limit` notes, the nearest first, never the note itself nor others of it twice."""
    (near,) = lists_of([f"near:{note.pk}"])
    found = dict.fromkeys(near or [])
    for topic in note.topics.order_by("name").values_list("name", flat=True)[:3]:
        found |= dict.fromkeys(read_explore(Scope("", topic), "", 0, LOOKED_AT)[1])
    found |= dict.fromkeys(read_explore(Scope(note.language), "", 0, LOOKED_AT)[1])
    found.pop(note.pk, None)
    return recommendable_rows(list(found)[: 3 * limit], viewer)[:limit]
