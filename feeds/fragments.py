"""From an order of ids to what is shown: permission from PostgreSQL, drawn fragments from Redis.

A fragment is drawn once for each version of a note, its author and its case; what changes from
reader to reader (likes) is filled in afterwards. A process remembers those it used lately.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from redis import Redis

from accounts.models import User
from accounts.prepared import Prepared, marker
from feeds.store import ask
from notes.models import Note, NoteQuerySet, Viewer

KEPT_FOR = timedelta(days=1)
# Fragments in the memory of this process, of about 2 kB. A key names all that one shows, so none
# is ever outdated.
MOST_HERE = 5_000
_here: dict[str, bytes] = {}


class Row(NamedTuple):
    """A note that this reader may see, and what is theirs about it."""

    pk: int
    version: int
    author_version: int
    case_version: int
    author_id: int
    audience: str
    state: str
    like_count: int
    save_count: int
    liked: bool
    saved: bool

    @property
    def key(self) -> str:
        return f"{self.pk}:{self.version}:{self.author_version}:{self.case_version}"


FIELDS = (
    "pk",
    "version",
    F("author__version"),
    F("case__version"),
    "author_id",
    "audience",
    F("case__state"),
    "like_count",
    "save_count",
    "liked",
    "saved",
)


def rows_of(ids: Sequence[int], allowed: NoteQuerySet) -> list[Row]:
    """Return the allowed notes in the order of the ids, in one query."""
    return _in_order(ids, allowed.filter(pk__among=ids).values_list(*FIELDS))


def visible_rows(ids: Sequence[int], viewer: Viewer) -> list[Row]:
    """Return the notes that this viewer may read, in the order of the ids, in one query."""
    if isinstance(viewer, User) and viewer.is_staff:
        return rows_of(ids, Note.objects.visible(viewer).marked_for(viewer))
    return _in_order(ids, _prepared("visible", viewer.pk is None).rows(list(ids), viewer.pk))


def recommendable_rows(ids: Sequence[int], viewer: Viewer) -> list[Row]:
    """Return what may be recommended, in the order of the ids, in one query."""
    return _in_order(ids, _prepared("recommendable", viewer.pk is None).rows(list(ids), viewer.pk))


@cache
def _prepared(word: str, anonymous: bool) -> Prepared:
    viewer = AnonymousUser() if anonymous else User(pk=marker(1))

    def build() -> QuerySet[Any, Any]:
        words = {
            "visible": Note.objects.visible(viewer),
            "recommendable": Note.objects.recommendable(viewer),
        }
        allowed = words[word].filter(pk__among=[marker(0)]).marked_for(viewer)
        return allowed.values_list(*FIELDS)

    return Prepared(build)


def _in_order(ids: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> list[Row]:
    found = {row[0]: Row(*row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


@cache
def drawing() -> str:
    """Names the templates, words and shapes of this release: a new one draws everything anew."""
    drawn_from = [*settings.BASE_DIR.glob("templates/**/*.html")]
    drawn_from += settings.BASE_DIR.glob("locale/**/*.mo")
    drawn_from += settings.BASE_DIR.glob("*/serializers.py")
    drawn_from += settings.BASE_DIR.glob("*/serializers/*.py")
    digest = hashlib.sha256()
    for path in sorted(drawn_from):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def fragments(
    kind: str, rows: Sequence[Row], draw: Callable[[Iterable[Note]], dict[int, bytes]]
) -> list[bytes]:
    """Return one fragment for each row; what is missing here and in Redis is drawn and kept."""
    keys = [f"{kind}:{drawing()}:{row.key}" for row in rows]
    shown = [_here.get(key) for key in keys]
    absent = {key: row.pk for key, row, kept in zip(keys, rows, shown, strict=True) if kept is None}
    if not absent:
        return [kept or b"" for kept in shown]
    found = _found(absent, draw)
    if len(_here) + len(found) > MOST_HERE:
        _here.clear()  # another thread has what it needs of it
    _here.update(found)
    return [kept or found.get(key, b"") for key, kept in zip(keys, shown, strict=True)]


def _found(
    absent: dict[str, int], draw: Callable[[Iterable[Note]], dict[int, bytes]]
) -> dict[str, bytes]:
    """Fragments by their keys, from Redis or drawn now."""
    stored = ask(lambda redis: _fetch(redis, list(absent))) or [None] * len(absent)
    found = {key: kept for key, kept in zip(absent, stored, strict=True) if kept is not None}
    missing = {key: pk for key, pk in absent.items() if key not in found}
    if missing:
        notes = draw(Note.objects.filter(pk__in=missing.values()).with_page())
        drawn = {key: notes[pk] for key, pk in missing.items() if pk in notes}
        _keep(drawn)
        found |= drawn
    return found


def _fetch(redis: Redis, keys: list[str]) -> list[bytes | None]:
    return cast("list[bytes | None]", redis.mget(keys))


def _keep(drawn: dict[str, bytes]) -> None:
    def work(redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for key, fragment in drawn.items():
                pipe.set(key, fragment, ex=KEPT_FOR)
            pipe.execute()

    ask(work)
