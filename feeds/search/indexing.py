"""What workers do: write down under which words things are found.

The row's state is the queue: a thing whose entry is missing or of another version is due. A tick
looks at what is new and at the next window of ids, so that in time it has looked at everything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from django.db import transaction
from redis import Redis

from feeds.search.sources import SOURCES, Source
from feeds.store import ask

CHUNK = 200

logger = logging.getLogger(__name__)


def tick() -> int:
    """Write down what is due among the news and the next ids of every kind; return how many."""
    return sum(refresh(source, ids) for source, ids in _looked_at())


def _looked_at() -> Iterator[tuple[Source, list[int]]]:
    for name, source in SOURCES.items():
        ids = {*source.news(), *_next_window(name, source)}
        yield source, sorted(pk for pk in ids if pk is not None)


def _next_window(name: str, source: Source) -> list[int]:
    """The ids after those of the last tick; from the beginning after the last."""
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
    entries = source.entries(source.things().filter(pk__in=ids))
    meta = source.entry._meta
    key = meta.pk.name if meta.pk else "pk"
    changed = [field.name for field in meta.concrete_fields if field.name != key]
    source.entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=[key], update_fields=changed
    )


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
