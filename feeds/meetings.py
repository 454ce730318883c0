"""What readers meet: into a stream of Redis at once, into PostgreSQL in batches.

The position in the stream is written with the rows, in one transaction: a batch that was cut short
is done again, one that was finished never twice.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection, transaction
from redis import Redis

from feeds.models import Encounter, Place, StreamPosition
from feeds.store import ask

STREAM = "encounters"
LONGEST = 200_000  # entries kept while nobody writes them down
BATCH = 2_000
SEEN = 2_000  # notes a reader is not shown again
SEEN_FOR = 60 * 60 * 24 * 30
ACTIVE_FOR = 600  # seconds after which a reader is taken to have left

Meeting = tuple[int, int, str, datetime]  # reader, note, place, time


def seen_key(reader: int) -> str:
    return f"seen:{{{reader}}}"


def meet(reader: int | None, place: Place, notes: Sequence[int]) -> None:
    """Remember that a reader was shown these notes.

    Who has no account leaves no trace: they cannot say what they like, and whatever walks the pages
    by itself would use up the chance of newcomers.
    """
    if reader and notes:
        ask(lambda redis: _meet(redis, reader, place, notes))


def _meet(redis: Redis, reader: int, place: Place, notes: Sequence[int]) -> None:
    packed = struct.pack(f"{len(notes)}q", *notes)
    entry: dict[Any, Any] = {"r": reader, "p": place.value, "n": packed}
    if place == Place.OPENED:
        redis.xadd(STREAM, entry, maxlen=LONGEST, approximate=True)
        return
    now = int(datetime.now(UTC).timestamp())
    with redis.pipeline(transaction=False) as pipe:
        pipe.xadd(STREAM, entry, maxlen=LONGEST, approximate=True)
        key = seen_key(reader)
        pipe.zadd(key, {str(note): now for note in notes})
        pipe.zremrangebyrank(key, 0, -SEEN - 1)
        pipe.expire(key, SEEN_FOR)
        pipe.zadd("active", {str(reader): now})
        pipe.execute()


def seen_by(reader: int) -> set[int]:
    """Notes that the reader was shown lately; from PostgreSQL where Redis has forgotten."""
    found = ask(lambda redis: redis.zrange(seen_key(reader), 0, -1))
    if found:
        return {int(pk) for pk in cast("list[bytes]", found)}
    rows = Encounter.objects.shown().filter(reader=reader).order_by("-pk")
    return set(rows.values_list("note_id", flat=True)[:SEEN])


def active_readers(most: int) -> list[int]:
    """Who was here within the last minutes, the latest first."""
    since = int(datetime.now(UTC).timestamp()) - ACTIVE_FOR

    def work(redis: Redis) -> list[bytes]:
        redis.zremrangebyscore("active", "-inf", since)
        return cast("list[bytes]", redis.zrevrange("active", 0, most - 1))

    return [int(reader) for reader in ask(work) or []]


def write_down() -> int:
    """Bring the stream into PostgreSQL; return how many meetings."""
    written = 0
    while batch := _write_batch():
        written += batch
    return written


@transaction.atomic
def _write_batch() -> int:
    StreamPosition.objects.get_or_create(name=STREAM)
    position = StreamPosition.objects.select_for_update().get(name=STREAM)
    found = ask(lambda redis: redis.xrange(STREAM, f"({position.last}", "+", BATCH))
    entries = cast("list[tuple[bytes, dict[bytes, bytes]]]", found or [])
    if not entries:
        return 0
    meetings = [meeting for entry in entries for meeting in _read(*entry)]
    _store(meetings)
    position.last = entries[-1][0].decode()
    position.save(update_fields=["last"])
    last = entries[-1][0]
    transaction.on_commit(
        lambda: ask(lambda redis: redis.xtrim(STREAM, minid=last, approximate=True)), robust=True
    )
    return len(meetings)


def _read(number: bytes, entry: dict[bytes, bytes]) -> Iterator[Meeting]:
    moment = datetime.fromtimestamp(int(number.split(b"-")[0]) / 1000, UTC)
    packed = entry[b"n"]
    for note in struct.unpack(f"{len(packed) // 8}q", packed):
        yield int(entry[b"r"]), note, entry[b"p"].decode(), moment


def _store(meetings: list[Meeting]) -> None:
    Encounter.objects.bulk_create(
        [
            Encounter(reader_id=reader, note_id=note, place=place, at=moment)
            for reader, note, place, moment in meetings
        ],
        batch_size=1_000,
    )
    shown = Counter(note for _, note, place, _ in meetings if place != Place.OPENED)
    opened = Counter(note for _, note, place, _ in meetings if place == Place.OPENED)
    _count(shown, opened)
    pairs = Counter((r, n) for r, n, place, _ in meetings if place != Place.OPENED)
    _count_topics(pairs)


def _count(shown: Counter[int], opened: Counter[int]) -> None:
    notes = sorted(shown.keys() | opened.keys())
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO feeds_signal AS s (note_id, seen, talked, disliked, pool)
            SELECT n.id, m.seen, m.opened, 0, 0
            FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS m (note, seen, opened)
            JOIN notes_note n ON n.id = m.note
            ON CONFLICT (note_id) DO UPDATE
            SET seen = s.seen + excluded.seen, talked = s.talked + excluded.talked""",
            [notes, [shown[n] for n in notes], [opened[n] for n in notes]],
        )


def _count_topics(pairs: Counter[tuple[int, int]]) -> None:
    ordered = sorted(pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO feeds_readertopic AS t (reader_id, topic_id, seen, liked)
            SELECT m.reader, x.topic_id, sum(m.times), 0
            FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS m (reader, note, times)
            JOIN accounts_user u ON u.id = m.reader
            JOIN notes_note_topics x ON x.note_id = m.note
            GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (reader_id, topic_id) DO UPDATE SET seen = t.seen + excluded.seen""",
            [[r for r, _ in ordered], [n for _, n in ordered], [pairs[p] for p in ordered]],
        )
