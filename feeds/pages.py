"""One page of a feed: rows in order, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from feeds import cursors, home, ranking, timelines
from feeds.fragments import Row, recommendable_rows, visible_rows
from feeds.meetings import meet
from feeds.models import Place
from feeds.ranking import Scope
from notes.models import Topic

PAGE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """Rows that the reader may see; `next_cursor` is empty on the last page."""

    rows: list[Row]
    next_cursor: str


def following_page(reader: User, cursor: str = "", limit: int = PAGE) -> Page:
    """Return a page of Following. Raises BadCursorError."""
    before = cursors.read_score(reader, cursor) if cursor else None
    found = timelines.read(reader, before, limit + 1)
    rows = visible_rows([pk for pk, _ in found[:limit]], reader)
    more = len(found) > limit
    return Page(rows, cursors.after_score(reader, found[limit - 1][1]) if more else "")


def home_page(reader: User, cursor: str = "", limit: int = PAGE) -> Page:
    """Return a page of Home; it counts as shown. Raises BadCursorError."""
    asked, offset = cursors.read_place(reader, cursor) if cursor else (0, 0)
    made, found = home.read(reader, asked, offset, limit + 1)
    rows = recommendable_rows(found[:limit], reader)
    meet(reader.pk, Place.HOME, [row.pk for row in rows])
    start = offset if made == asked else 0
    more = len(found) > limit
    return Page(rows, cursors.after_place(reader, made, start + limit) if more else "")


def explore_page(
    viewer: User | AnonymousUser, scope: Scope, cursor: str = "", limit: int = PAGE
) -> Page:
    """Return a page of Explore. Raises BadCursorError."""
    if scope.topic and not Topic.objects.filter(name=scope.topic).exists():
        return Page([], "")  # nobody fills Redis with names of their own
    version, offset = cursors.read_offset(scope, cursor) if cursor else ("", 0)
    version, found = ranking.read(scope, version, offset, limit + 1)
    rows = recommendable_rows(found[:limit], viewer)
    meet(viewer.pk, Place.EXPLORE, [row.pk for row in rows])
    more = len(found) > limit
    return Page(rows, cursors.after_offset(scope, version, offset + limit) if more else "")
