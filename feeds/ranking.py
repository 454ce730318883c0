"""Explore: what may be recommended, the liked and the recent first, new voices mixed in.

An order is a snapshot in Redis: a string of packed 64-bit ids under a version. A reader's cursor
names the version, so a page never repeats or skips a note while the order moves on.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any, cast

from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Extract, Ln
from redis import Redis

from feeds.store import ask, client
from notes.models import Note, NoteQuerySet

LENGTH = 1_000
CANDIDATES = 3_000
KEPT_FOR = timedelta(minutes=20)
# The beat renews what most people read every few seconds; the rest is made when asked for.
FRESH_FOR = timedelta(seconds=15)
# Ten times the likes are worth as much as being this many seconds younger.
LIKES_FOR_AGE = 45_000
# Every third place belongs to the newest note that has no better one.
NEW_VOICE_EVERY = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notes are ranked: all, or those of a language or a topic."""

    language: str = ""
    topic: str = ""

    def key(self, version: str) -> str:
        return f"explore:{self.language}:{self.topic}:{version}"

    def notes(self) -> NoteQuerySet:
        notes = Note.objects.recommendable().published()
        if self.language:
            notes = notes.filter(language=self.language)
        return notes.filter(topics__name=self.topic) if self.topic else notes


# One question instead of two or three: which version, and is there that part of it?
cut = client.register_script(
    """
    local version = ARGV[1]
    if version == '' then version = redis.call('GET', KEYS[1] .. 'current') or '' end
    local packed = redis.call('GETRANGE', KEYS[1] .. version, ARGV[2], ARGV[3])
    if packed == '' and redis.call('EXISTS', KEYS[1] .. version) == 0 then packed = false end
    return {version, packed}
    """
)
COMMON_SCOPES = (Scope(), Scope("zh"), Scope("en"))


def rank(scope: Scope) -> list[int]:
    """Return the ids of a scope's notes, best first."""
    newest = scope.notes().newest().values("pk")[:CANDIDATES]
    heat = Ln(F("like_count") + Value(1.0), output_field=FloatField()) / Value(2.302585) + Cast(
        Extract("published_at", "epoch"), FloatField()
    ) / Value(float(LIKES_FOR_AGE))
    hottest = Note.objects.filter(pk__in=newest).annotate(heat=heat).order_by("-heat", "-id")
    return mix(
        list(hottest.values_list("pk", flat=True)[:LENGTH]),
        list(newest.values_list("pk", flat=True)[:LENGTH]),
    )


def mix(hottest: list[int], newest: list[int]) -> list[int]:
    """Give every third place to the newest note not placed yet."""
    placed: dict[int, None] = {}
    queues = iter(hottest), iter(newest)
    for _ in range(len(set(hottest) | set(newest))):
        turn = queues[(len(placed) + 1) % NEW_VOICE_EVERY == 0]
        placed[next(pk for pk in chain(turn, *queues) if pk not in placed)] = None
    return list(placed)


def refresh_common() -> None:
    """Renew the orders that most people read."""
    for scope in COMMON_SCOPES:
        keep(scope, rank(scope))


def keep(scope: Scope, order: list[int]) -> str:
    """Store an order; return its version, "0" while Redis is away."""
    return ask(lambda redis: _write(redis, scope, order)) or "0"


def _write(redis: Redis, scope: Scope, order: list[int]) -> str:
    """Store the order under a new version unless it is the current one; return the version."""
    packed = struct.pack(f"{len(order)}q", *order)
    version = _current(redis, scope)
    if not version or redis.get(scope.key(version)) != packed:
        version = str(time.time_ns() // 1_000_000)
    with redis.pipeline() as pipe:
        pipe.set(scope.key(version), packed, ex=KEPT_FOR)
        pipe.set(scope.key("current"), version, ex=FRESH_FOR)
        pipe.execute()
    return version


def read(scope: Scope, version: str, offset: int, limit: int) -> tuple[str, list[int]]:
    """Return the version read and up to `limit` ids from `offset`; "" reads the newest version."""
    found = ask(lambda redis: _read(redis, scope, version, offset, limit))
    if found is None:
        order = rank(scope)
        return keep(scope, order), order[offset : offset + limit]
    return found


def _current(redis: Redis, scope: Scope) -> str:
    return cast("bytes", redis.get(scope.key("current")) or b"").decode()


def _read(
    redis: Redis, scope: Scope, version: str, offset: int, limit: int
) -> tuple[str, list[int]] | None:
    span = [offset * 8, (offset + limit) * 8 - 1]
    found: list[Any] = cut(keys=[scope.key("")], args=[version, *span], client=redis)
    which, packed = found
    if packed is None:
        return None
    return which.decode(), list(struct.unpack(f"{len(packed) // 8}q", packed))
