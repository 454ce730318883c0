"""What became visible is dated and pushed to the followers whose timeline exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from redis import Redis

from accounts.models import Follow, Mute, User
from feeds.store import ask, client
from feeds.timelines import LARGE, LENGTH, key_of, score_of
from notes.models import Audience, Note

# Notes over that before the oldest are cut off, which then costs little for each.
SLACK = 40
# What is older when it is delivered was restored, and does not belong to the head of a list.
JUST_NOW = timedelta(seconds=100)
# How long after a decision a restored note is still looked for.
RESTORED_WITHIN = timedelta(hours=1)
# Redis is busy for about a millisecond with as many; no reader waits longer.
CHUNK = 200
# Notes of authors with more followers are merged when somebody reads.
PUSHED_UP_TO = 10_000

push = client.register_script(
    """
    for _, key in ipairs(KEYS) do
      if redis.call('LPUSHX', key, ARGV[2], ARGV[1]) > 2 * (ARGV[3] + ARGV[4]) then
        redis.call('LTRIM', key, 0, 2 * ARGV[3] - 1)
      end
    end
    """
)
forget_without = client.register_script(
    """
    for _, key in ipairs(KEYS) do
      local last = redis.call('LRANGE', key, -2, -1)
      local reaches = not tonumber(last[2]) or tonumber(last[1]) < tonumber(ARGV[1])
      local at = redis.call('LPOS', key, ARGV[1])
      if reaches and not (at and redis.call('LINDEX', key, at + 1) == ARGV[2]) then
        redis.call('DEL', key)
      end
    end
    """
)


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
    """Push a note into the timelines that exist; safe to repeat. Return the number of readers.

    A restored note belongs further down: a timeline that lacks it is forgotten and made anew.
    """
    if note.published_at is None:
        return 0
    score = score_of(note.published_at)
    is_new = timezone.now() - note.published_at < JUST_NOW
    readers = 0
    for keys in _keys_of_readers(note):
        if is_new:
            push(keys=keys, args=[score, note.pk, LENGTH, SLACK])
        else:
            forget_without(keys=keys, args=[score, note.pk])
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
