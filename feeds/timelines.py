"""Following: one list in Redis for each active reader, of what was delivered last first.

A timeline is named after the reader and the version of whom they follow, so that following
somebody else means another timeline and nothing has to be repaired. It is filled by fan-out
once it exists, made from PostgreSQL when somebody comes to read, and forgotten when nobody does.

A note stands in it as two numbers, its score and its id. A list takes a note at its head five
times as cheaply as a sorted set of the same length does. In return it knows no order but that of
deliveries, and takes twice what is delivered twice: `Held` puts both right for who reads.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from math import inf

from redis import Redis

from accounts.models import User
from feeds.store import ask, client
from notes.models import Note, NoteQuerySet

LENGTH = 300
# Read over what is asked for, so that notes delivered out of order find their place.
AHEAD = 10
WHOLE = 0
# Two notes further apart were delivered in the order of their dates.
DISORDER = 120 * 1_000_000
MAKING_SECONDS = 30
KEPT_FOR, RENEWED_BELOW = timedelta(days=30), timedelta(days=29)
# Authors with so many followers that their notes are merged when somebody reads.
LARGE = "large"
# Stands last in a timeline that leaves nothing out.
END = b"end"
# Stands last in a timeline while it is made, before whoever makes it.
MAKING = b"making"

begin = client.register_script(
    """
    if redis.call('EXISTS', KEYS[1]) == 1 then
      return 0
    end
    redis.call('RPUSH', KEYS[1], ARGV[1])
    return redis.call('EXPIRE', KEYS[1], ARGV[2])
    """
)
finish = client.register_script(
    """
    if redis.call('LINDEX', KEYS[1], -1) == ARGV[1] then
      redis.call('RPOP', KEYS[1])
      redis.call('RPUSH', KEYS[1], unpack(ARGV, 3))
      redis.call('EXPIRE', KEYS[1], ARGV[2])
    end
    """
)


def key_of(reader_id: int, following_version: int) -> str:
    return f"following:{{{reader_id}}}:{following_version}"


def score_of(moment: datetime) -> int:
    """Microseconds since 1970: exact in a double."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def moment_of(score: int) -> datetime:
    return datetime.fromtimestamp(score // 1_000_000, UTC).replace(microsecond=score % 1_000_000)


def reference(reader: User) -> NoteQuerySet:
    """What Following must equal."""
    return Note.objects.followed_by(reader).visible(reader).published().newest()


@dataclass(frozen=True, slots=True)
class Held:
    """What Redis holds of a timeline: notes as (id, score), newest first, each once.

    Everything above `floor` is there; what is missing is to be looked for below it.
    """

    notes: list[tuple[int, int]]
    floor: float

    @classmethod
    def from_list(cls, entries: list[bytes]) -> Held | None:
        """Read a list or its head; None where there is no timeline, or it is being made."""
        mark = entries.pop() if len(entries) % 2 else b""
        if mark.startswith(MAKING) or not (mark or entries):
            return None
        numbers = map(int, entries)
        pairs = list(zip(numbers, numbers, strict=True))
        floor = -inf if mark == END else pairs[-1][0] + DISORDER
        return cls([(pk, score) for score, pk in sorted(set(pairs), reverse=True)], floor)

    def page(self, before: float, limit: int) -> list[tuple[int, int]] | None:
        """Return up to `limit` notes below the score, or None where others may belong there."""
        found = [row for row in self.notes if self.floor < row[1] < before][:limit]
        return found if len(found) == limit or self.floor == -inf else None


def read(reader: User, before: int | None, limit: int) -> list[tuple[int, int]]:
    """Return up to `limit` (note id, score) below the score `before`, newest first."""
    key = key_of(reader.pk, reader.following_version)
    for count in (WHOLE,) if before else (limit + AHEAD, WHOLE):
        found = ask(partial(_read, key=key, count=count))
        if found is None or found[0] is None:
            ask(lambda redis: _rebuild(redis, key, reader))
            break
        page = found[0].page(before or inf, limit)
        if page is not None:
            return merged(page, _pulled(reader, before, limit, found[1]), limit)
    return _from_database(reader, before, limit)


def merged(
    pushed: list[tuple[int, int]], pulled: list[tuple[int, int]], limit: int
) -> list[tuple[int, int]]:
    """Both, each note once, newest first."""
    if not pulled:
        return pushed
    found = dict(pushed) | dict(pulled)
    return sorted(found.items(), key=lambda row: (-row[1], -row[0]))[:limit]


def _pulled(
    reader: User, before: int | None, limit: int, large: list[int]
) -> list[tuple[int, int]]:
    """What the reader follows of authors whose notes are not pushed."""
    if not large:
        return []
    return _from_database(reader, before, limit, reference(reader).filter(author__in=large))


def rebuild_all(usernames: Sequence[str] = ()) -> int:
    """Make timelines anew: of these people, or of all whose timeline exists; return how many."""
    readers = User.objects.filter(username__in=usernames) if usernames else _with_timeline()
    count = 0
    for reader in readers:
        key = key_of(reader.pk, reader.following_version)
        client.delete(key)
        _rebuild(client, key, reader)
        count += 1
    return count


def _with_timeline() -> Iterator[User]:
    found: set[int] = set()
    for key in client.scan_iter("following:*", count=1_000):
        found.add(int(key.split(b"{")[1].split(b"}")[0]))
    return User.objects.filter(pk__in=found).iterator()


def _read(redis: Redis, key: str, count: int) -> tuple[Held | None, list[int]]:
    """The timeline, or the `count` notes at its head alone, and the large authors."""
    with redis.pipeline(transaction=False) as pipe:
        pipe.lrange(key, 0, 2 * count - 1)
        pipe.smembers(LARGE)
        pipe.ttl(key)
        entries, large, seconds_left = pipe.execute()
    held = Held.from_list(entries)
    # What nobody finishes making is soon forgotten, however often it is asked for.
    if held and seconds_left < RENEWED_BELOW // timedelta(seconds=1):
        redis.expire(key, KEPT_FOR)
    return held, [int(pk) for pk in large]


def _from_database(
    reader: User, before: int | None, limit: int, notes: NoteQuerySet | None = None
) -> list[tuple[int, int]]:
    notes = reference(reader) if notes is None else notes
    if before is not None:
        notes = notes.filter(published_at__lt=moment_of(before))
    rows = notes.values_list("pk", "published_at")[:limit]
    return [(pk, score_of(moment)) for pk, moment in rows if moment]


def _rebuild(redis: Redis, key: str, reader: User) -> None:
    # The key first, the reading after it: what is published in between is pushed into the key.
    mark = MAKING + secrets.token_bytes(8)
    if not begin(keys=[key], args=[mark, MAKING_SECONDS], client=redis):
        return
    rows = _from_database(reader, None, LENGTH)
    numbers = [number for pk, score in rows for number in (score, pk)]
    end = [END] if len(rows) < LENGTH else []
    finish(keys=[key], args=[mark, KEPT_FOR // timedelta(seconds=1), *numbers, *end], client=redis)
