"""From an order of ids to what is shown: permission from PostgreSQL, drawn fragments from Redis.

A fragment is drawn once for each version of a note, its author and its case; what changes with every
reader (likes) is filled in afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple, cast

from django.db.models import F
from redis import Redis

from feeds.store import ask
from notes.models import Note, NoteQuerySet

KEPT_FOR = timedelta(days=1)


class Row(NamedTuple):
    """A note that this reader may see, and what is theirs about it."""

    pk: int
    version: int
    author_version: int
    case_version: int
    like_count: int
    liked: bool

    @property
    def key(self) -> str:
        return f"{self.pk}:{self.version}:{self.author_version}:{self.case_version}"


def rows_of(ids: Sequence[int], allowed: NoteQuerySet) -> list[Row]:
    """Return the allowed notes in the order of the ids, in one query."""
    fields = ("pk", "version", F("author__version"), F("case__version"), "like_count", "liked")
    found = {row[0]: Row(*row) for row in allowed.filter(pk__in=ids).values_list(*fields)}
    return [found[pk] for pk in ids if pk in found]


def fragments(
    kind: str, rows: Sequence[Row], draw: Callable[[Iterable[Note]], dict[int, bytes]]
) -> list[bytes]:
    """Return one fragment for each row; what is missing in Redis is drawn and kept."""
    if not rows:
        return []
    keys = [f"{kind}:{row.key}" for row in rows]
    found = ask(lambda redis: _fetch(redis, keys)) or [None] * len(rows)
    missing = [row.pk for row, fragment in zip(rows, found, strict=True) if fragment is None]
    if missing:
        drawn = draw(Note.objects.filter(pk__in=missing).with_page())
        _keep({key: drawn.get(row.pk) for key, row in zip(keys, rows, strict=True)})
        found = [
            drawn.get(row.pk) if fragment is None else fragment
            for row, fragment in zip(rows, found, strict=True)
        ]
    return [fragment or b"" for fragment in found]


def _fetch(redis: Redis, keys: list[str]) -> list[bytes | None]:
    return cast("list[bytes | None]", redis.mget(keys))


def _keep(drawn: dict[str, bytes | None]) -> None:
    def work(redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for key, fragment in drawn.items():
                if fragment is not None:
                    pipe.set(key, fragment, ex=KEPT_FOR)
            pipe.execute()

    ask(work)
