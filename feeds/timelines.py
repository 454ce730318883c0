"""Following: one sorted set of note ids for each active reader, newest first.

A timeline is named after the reader and the version of whom they follow, so that following
somebody else means another timeline and nothing has to be repaired. It is filled by fan-out
once it exists, made from PostgreSQL when somebody comes to read, and forgotten when nobody does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from redis import Redis

from accounts.models import Follow, Mute, User
from feeds.store import ask, client
from notes.models import Audience, Note, NoteQuerySet

LENGTH = 300
# Notes over that before the oldest are cut off, which then costs little for each. What is older
# is cut to the length at once: it might be older than all that is left, with others in between.
SLACK = 40
JUST_NOW = timedelta(minutes=1)
KEPT_FOR = timedelta(days=30)
# How long after a decision a restored note is still looked for.
RESTORED_WITHIN = timedelta(hours=1)
# Redis is busy for about a millisecond with as many; no reader waits longer.
CHUNK = 200
# Notes of authors with more followers are merged when somebody reads.
PUSHED_UP_TO = 10_000
LARGE = "large"
# Ranks before every note and says that the whole timeline is here.
COMPLETE = b"complete"

push = client.register_script(
    """
    for _, key in ipairs(KEYS) do
      local size = redis.call('ZCARD', key)
      if size > 0 then
        redis.call('ZADD', key, ARGV[1], ARGV[2])
        if size > ARGV[3] + ARGV[4] then
          redis.call('ZREMRANGEBYRANK', key, 0, -ARGV[3] - 2)
        end
      end
    end
    """
)


def key_of(reader_id: int, following_version: int) -> str:
    return f"timeline:{{{reader_id}}}:{following_version}"


def score_of(moment: datetime) -> int:
    """Microseconds since 1970: exact in a double."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def moment_of(score: int) -> datetime:
    return datetime.fromtimestamp(score // 1_000_000, UTC).replace(microsecond=score % 1_000_000)


def reference(reader: User) -> NoteQuerySet:
    """What Following must equal."""
    return Note.objects.followed_by(reader).visible(reader).published().newest()


def read(reader: User, before: int | None, limit: int) -> list[tuple[int, int]]:
    """Return up to `limit` (note id, score) below the score `before`, newest first."""
    key = key_of(reader.pk, reader.following_version)
    found = ask(lambda redis: _read(redis, key, before, limit))
    if found is None or not found[0]:
        ask(lambda redis: _rebuild(redis, key, reader))
        return _from_database(reader, before, limit)
    if len(found[1]) < limit and found[2] > LENGTH:
        return _from_database(reader, before, limit)
    return merged(found[1], _pulled(reader, before, limit, found[3]), limit)


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


def list_large_authors() -> None:
    """Tell readers whose notes they must merge in by themselves.

    Authors a little below the limit too: who just fell under it wrote notes that were not pushed.
    """
    many = User.objects.filter(follower_count__gt=PUSHED_UP_TO * 0.8, is_active=True)
    ids = list(many.values_list("pk", flat=True))

    def work(redis: Redis) -> None:
        with redis.pipeline() as pipe:
            pipe.delete(LARGE)
            if ids:
                pipe.sadd(LARGE, *ids)
            pipe.execute()

    ask(work)


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
    for key in client.scan_iter("timeline:*", count=1_000):
        found.add(int(key.split(b"{")[1].split(b"}")[0]))
    return User.objects.filter(pk__in=found).iterator()


def _read(
    redis: Redis, key: str, before: int | None, limit: int
) -> tuple[bool, list[tuple[int, int]], int, list[int]]:
    """Whether the timeline is complete, the page, how many notes it holds, the large authors."""
    with redis.pipeline(transaction=False) as pipe:
        pipe.zscore(key, COMPLETE)
        top = "(+inf" if before is None else f"({before}"
        pipe.zrevrangebyscore(key, top, "-inf", start=0, num=limit, withscores=True)
        pipe.zcard(key)
        pipe.smembers(LARGE)
        pipe.expire(key, KEPT_FOR)
        complete, page, size, large, _ = pipe.execute()
    rows = [(int(pk), int(score)) for pk, score in page]
    return complete is not None, rows, size, [int(pk) for pk in large]


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
    redis.zadd(key, {"0": 0})
    rows = _from_database(reader, None, LENGTH)
    with redis.pipeline() as pipe:
        if rows:
            pipe.zadd(key, {str(pk): score for pk, score in rows})
        pipe.zadd(key, {COMPLETE: "+inf"})
        pipe.zrem(key, "0")
        pipe.expire(key, KEPT_FOR)
        pipe.execute()


def deliver_published(at_most: int = 500) -> int:
    """Date the notes that became visible and push them to followers; return how many."""
    waiting = Note.objects.undelivered().order_by("case__decided_at", "id")
    restored = Note.objects.restored_since(timezone.now() - RESTORED_WITHIN)
    fields = ("author_id", "audience", "published_at")
    notes = [*waiting.only(*fields)[:at_most], *restored.only(*fields)[:at_most]]
    started = timezone.now()
    # Dated first, all of them: while Redis is away readers are served from PostgreSQL.
    for note in notes:
        _date(note)
    for note in notes:
        fan_out(note)
        Note.objects.filter(pk=note.pk).update(delivered_at=started)
    return len(notes)


def _date(note: Note) -> None:
    if note.published_at is None:
        Note.objects.filter(pk=note.pk, published_at=None).update(published_at=timezone.now())
        note.refresh_from_db(fields=["published_at"])


def fan_out(note: Note) -> int:
    """Push a note into the timelines that exist; safe to repeat. Return the number of readers."""
    if note.published_at is None:
        return 0
    slack = SLACK if timezone.now() - note.published_at < JUST_NOW else 0
    readers = 0
    for keys in _keys_of_readers(note):
        push(keys=keys, args=[score_of(note.published_at), note.pk, LENGTH, slack])
        readers += len(keys)
    return readers


def _keys_of_readers(note: Note) -> Iterator[Sequence[str]]:
    """Yield the timelines of author and followers in chunks."""
    author = User.objects.filter(pk=note.author_id).values_list("pk", "following_version")
    yield [key_of(*row) for row in author]
    large = User.objects.filter(pk=note.author_id, follower_count__gt=PUSHED_UP_TO)
    if note.audience == Audience.PRIVATE or large.exists():
        return
    mutes = Mute.objects.filter(muted=note.author_id, muter=OuterRef("follower"))
    followers = Follow.objects.filter(~Exists(mutes), followee=note.author_id).values_list(
        "follower_id", F("follower__following_version")
    )
    keys: list[str] = []
    for row in followers.iterator(chunk_size=2_000):
        keys.append(key_of(*row))
        if len(keys) == CHUNK:
            yield keys
            keys = []
    if keys:
        yield keys
