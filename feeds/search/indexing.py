"""What workers do: write down under which words things are found.

The row's state is the queue: a thing whose entry is missing or of another version is due. Every
tick looks at what is new, and some at the next window of ids, so that in time all was looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from redis import Redis

from feeds.search.models import Entry
from feeds.search.sources import SOURCES, Source
from feeds.store import ask

CHUNK = 500

logger = logging.getLogger(__name__)


def tick(walk: bool = True) -> int:
    """Write down what is due among the news, and the next ids, of every kind; return how many."""
    return sum(refresh(source, ids) for source, ids in _looked_at(walk))


def _looked_at(walk: bool) -> Iterator[tuple[Source, list[int]]]:
    for name, source in SOURCES.items():
        ids = {*source.news(), *(_next_window(name, source) if walk else ())}
        yield source, sorted(pk for pk in ids if pk is not None)


def _next_window(name: str, source: Source) -> list[int]:
    """The ids after those of the last walk; from the beginning after the last."""
    key = f"search:walk:{name}"
    after = int(ask(lambda redis: redis.get(key)) or 0)
    things = source.things().filter(pk__gt=after).order_by("pk")
    ids = list(things.values_list("pk", flat=True)[: source.window])
    reached = ids[-1] if len(ids) == source.window else 0
    # Entries of what is gone lie between.
    written = source.entry.objects.filter(pk__gt=after)
    written = written.filter(pk__lte=reached) if reached else written

    def keep(redis: Redis) -> None:
        redis.set(key, reached)

    ask(keep)
    return [*ids, *written.exclude(pk__in=ids).values_list("pk", flat=True)[: source.window]]


def refresh(source: Source, ids: Sequence[int]) -> int:
    """Make the entries of these ids what they should be; return how many were written."""
    things = source.things().filter(pk__in=ids)
    source.entry.objects.filter(pk__in=ids).exclude(pk__in=things.values("pk")).delete()
    due = sorted(source.due(things).values_list("pk", flat=True))
    for start in range(0, len(due), CHUNK):
        write(source, due[start : start + CHUNK])
    return len(due)


def write(source: Source, ids: Sequence[int]) -> None:
    """Write these entries anew; one that fails keeps none of the others from being written."""
    try:
        _write(source, ids)
    except Exception:
        if len(ids) == 1:
            logger.exception("%s %s cannot be indexed", source.entry.__name__, ids[0])
            return
        for pk in ids:
            write(source, [pk])


@transaction.atomic
def _write(source: Source, ids: Sequence[int]) -> None:
    _upsert(source.entry, source.entries(source.things().filter(pk__in=ids)))


def _upsert(model: type[Entry], entries: Sequence[Entry]) -> None:
    """Write all in one statement, an array for each column: half the cost of rows one by one."""
    fields: Any = model._meta.concrete_fields
    key, *others = sorted((f.column for f in fields), key=lambda c: c != model._meta.pk.column)
    kept = ", ".join(f'"{column}" = EXCLUDED."{column}"' for column in others)
    sql = (
        f'INSERT INTO "{model._meta.db_table}" ({_joined(f.column for f in fields)}) '  # noqa: S608
        f"SELECT * FROM unnest({', '.join(f'%s::{f.db_type(connection)}[]' for f in fields)}) "
        f'ON CONFLICT ("{key}") DO UPDATE SET {kept}'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[getattr(e, f.attname) for e in entries] for f in fields])


def _joined(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def rebuild(name: str) -> Iterator[int]:
    """Write every entry of a kind anew, a chunk at a time; yield how many each time."""
    source, after = SOURCES[name], 0
    source.entry.objects.exclude(pk__in=source.things().values("pk")).delete()
    while True:
        later = source.things().filter(pk__gt=after).order_by("pk")
        ids = list(later.values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return
        write(source, ids)
        yield len(ids)
        after = ids[-1]
