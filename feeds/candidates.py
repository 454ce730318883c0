"""Which notes a home is chosen from: a few hundred, from several sources."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from redis import Redis

from accounts.models import Language, User
from accounts.prepared import Prepared, marker
from feeds import ranking, timelines
from feeds.models import Taste
from feeds.ranking import Scope
from feeds.store import ask
from notes.models import Like, TopicFollow

MOST = 600
FROM = {"followed": 150, "taste": 100, "near": 120, "topic": 40, "explore": 150, "fresh": 80}
LIKES_LOOKED_AT = 10
TOPICS_LOOKED_AT = 8
KEPT_FOR = 60 * 60 * 24 * 2


@dataclass(slots=True)
class Found:
    """Notes and the sources that named them, the first source first; and what is missing."""

    sources: dict[int, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)

    def add(self, source: str, notes: Iterable[int]) -> None:
        for note in notes:
            if len(self.sources) < MOST:
                self.sources.setdefault(note, source)


def pack(notes: Iterable[int]) -> bytes:
    ids = list(notes)
    return struct.pack(f"{len(ids)}q", *ids)


def unpack(packed: bytes | None) -> list[int]:
    return list(struct.unpack(f"{len(packed or b'') // 8}q", packed or b""))


def keep_lists(lists: dict[str, list[int]]) -> None:
    """Store lists of notes under their names, for the next days."""

    def work(redis: Redis) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for name, notes in lists.items():
                pipe.set(name, pack(notes), ex=KEPT_FOR)
            pipe.execute()

    ask(work)


def lists_of(names: list[str]) -> list[list[int] | None]:
    """The stored lists; None where there is none."""
    if not names:
        return []
    found = ask(lambda redis: redis.mget(names)) or [None] * len(names)
    values = cast("list[bytes | None]", found)
    return [None if packed is None else unpack(packed) for packed in values]


def gather(reader: User, taste: Taste, topics: list[str]) -> Found:
    """Name up to MOST notes for a reader."""
    found = Found()
    found.add("fresh", _fresh(reader, taste))
    if taste.personal:
        found.add("followed", [pk for pk, _ in timelines.read(reader, None, FROM["followed"])])
        _add_learned(found, reader, taste)
        for topic in topics[:TOPICS_LOOKED_AT]:
            found.add("topic", _explored(Scope("", topic), FROM["topic"]))
    for language in languages_of(reader, taste):
        found.add("explore", _explored(Scope(language), FROM["explore"]))
    return found


def _add_learned(found: Found, reader: User, taste: Taste) -> None:
    """What the recommender named for the reader, and what is near to what they liked lately."""
    likes = Like.objects.filter(user=reader)
    if taste.forgotten_at:
        likes = likes.filter(created_at__gt=taste.forgotten_at)
    latest = list(likes.order_by("-pk").values_list("note_id", flat=True)[:LIKES_LOOKED_AT])
    mine, *near = lists_of([f"taste:{reader.pk}", *(f"near:{note}" for note in latest)])
    if mine is None and not any(near):
        found.missing.add("taste")
    found.add("taste", (mine or [])[: FROM["taste"]])
    each = FROM["near"] // max(len(latest), 1)
    for notes in near:
        found.add("near", (notes or [])[:each])


def languages_of(reader: User, taste: Taste) -> list[str]:
    """Languages of what is explored: one's own first, the other unless it is not wanted."""
    own = list(reader.languages) or [language.value for language in Language]
    other = [language.value for language in Language if language.value not in own]
    return own if taste.other_language == Taste.Other.NONE else own + other


def _explored(scope: Scope, most: int) -> list[int]:
    return ranking.read(scope, "", 0, most)[1]


def _fresh(reader: User, taste: Taste) -> list[int]:
    """Notes that are owed readers, those that wait most first, in the reader's languages."""
    names = [f"fresh:{language}" for language in languages_of(reader, taste)]
    stored: list[list[int]] = [notes or [] for notes in lists_of(names)]
    most = FROM["fresh"] // max(len(stored), 1)
    return [note for notes in stored for note in notes[:most]]


def followed_topics(reader: int) -> dict[int, str]:
    """Name by id of the topics that the person of this id follows, the latest first."""
    return dict(_followed.rows(reader))


_followed = Prepared(
    lambda: (
        TopicFollow.objects.filter(user=marker(0))
        .order_by("-pk")
        .values_list("topic_id", "topic__name")[:50]
    )
)
