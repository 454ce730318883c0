"""Home: notes ranked for one reader, and the terms that ranked them.

An order is stored with the values of its terms, so that what a reader is told about a note is what
put it there, not what would put it there now. It is named after the versions of whom the reader
follows and of what they asked for: any change by hand makes another home.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from typing import cast

import numpy as np
from redis import Redis

from accounts.models import User
from feeds import candidates, meetings, scoring
from feeds.candidates import Found
from feeds.facts import Facts, facts_of
from feeds.models import ReaderTopic, Taste, Weights
from feeds.scoring import TERMS, Floats, Ids
from feeds.slates import Candidates, arrange
from feeds.store import ask

LENGTH = 200
ENOUGH = 40  # with fewer notes that are new, those follow that were shown before
KEPT_FOR = 60 * 60
FRESH_FOR = 90  # seconds after which an order is made anew for who comes back
TRANSLATED = 0.5  # of being in one's own language
PLACES = ("", "fresh", "bridge")
SOURCES = ("", "followed", "taste", "near", "topic", "explore", "fresh")
HEAD = struct.Struct("<qqii")  # made at (microseconds), weights' version, notes, missing terms


@dataclass(frozen=True, slots=True)
class Order:
    """A ranked home. `values` (n x TERMS), `shift` what variety or a promised place changed."""

    made: int
    weights_version: int
    weights: Floats
    ids: Ids
    values: Floats
    shift: Floats
    places: list[str]
    sources: list[str]
    missing: frozenset[str]

    @property
    def scores(self) -> Floats:
        return scoring.score(self.values, self.weights) + self.shift


def key_of(reader: User) -> str:
    return f"home:{{{reader.pk}}}:{reader.following_version}:{reader.feed_version}"


def rank(reader: User) -> Order:
    """Rank a home from what is known now."""
    taste = Taste.of(reader)
    topics = candidates.followed_topics(reader.pk) if taste.personal else {}
    found = candidates.gather(reader, taste, list(topics.values()))
    seen = meetings.seen_by(reader.pk)
    new = [note for note in found.sources if note not in seen]
    again = [note for note in found.sources if note in seen] if len(new) < ENOUGH else []
    facts = facts_of(new + again, reader)
    values, missing = terms_of(facts, reader, taste, topics, found)
    version, weights = Weights.current()
    return _arranged(facts, reader, taste, found, again, values, missing, version,
                     scoring.exact_weights(weights))  # fmt: skip


def terms_of(
    facts: Facts, reader: User, taste: Taste, topics: dict[int, str], found: Found
) -> tuple[Floats, frozenset[str]]:
    """Values of all terms for these notes, and the terms that nothing is known about."""
    missing = set(found.missing)
    terms = scoring.rates(facts.counts) | scoring.harmony(facts.sides)
    if np.isnan(facts.sides.least).all():
        missing |= {"bridging", "consensus", "one_sided"}
    own = set(reader.languages)
    readable = np.array([1.0 if not own or code in own else TRANSLATED for code in facts.languages])
    both = taste.other_language == Taste.Other.BOTH
    terms |= {
        "language": np.ones(len(facts.ids)) if both else readable,
        "tension": np.clip(facts.tension, 0, 1),
        "age": facts.age,
    }
    if taste.personal:
        terms |= _personal(facts, reader, taste, topics)
    return scoring.table(terms, len(facts.ids)), frozenset(missing)


def _personal(
    facts: Facts, reader: User, taste: Taste, topics: dict[int, str]
) -> dict[str, Floats]:
    known = {} if taste.forgotten_at else _met_topics(reader, facts.topics)
    met = np.array([known.get(topic, (0, 0)) for topic in facts.topics.tolist()], float)
    met = met.reshape(-1, 2)
    return {
        "topic": scoring.affinity(met[:, 1], met[:, 0]),
        "chosen": np.isin(facts.topics, list(topics)).astype(float),
        "taste": _taste(facts, reader),
        "followed": facts.follows.astype(float),
    }


def _met_topics(reader: User, topics: Ids) -> dict[int, tuple[int, int]]:
    rows = ReaderTopic.objects.filter(reader=reader, topic__in=set(topics.tolist()) - {0})
    counted = rows.values_list("topic", "seen", "liked")
    return {topic: (seen, liked) for topic, seen, liked in counted}


def _taste(facts: Facts, reader: User) -> Floats:
    packed = cast("bytes | None", ask(lambda redis: redis.get(f"vector:{reader.pk}")))
    if not packed or len(packed) != 2 * facts.vectors.shape[1]:
        return np.zeros(len(facts.ids))
    return scoring.taste(facts.vectors, np.frombuffer(packed, np.float16).astype(np.float64))


def _arranged(
    facts: Facts, reader: User, taste: Taste, found: Found, again: list[int],
    values: Floats, missing: frozenset[str], version: int, weights: Floats,
) -> Order:  # fmt: skip
    scores = scoring.score(values, weights)
    owed = scoring.waiting(facts.counts, scores) & ~np.isin(facts.ids, again)
    waiting = np.flatnonzero(owed)
    waiting = waiting[np.lexsort((-scores[waiting], facts.counts.seen[waiting]))]
    # A note that has been round its pool waits there until it was looked at; followers see it.
    full = (facts.counts.seen >= scoring.pool_limit(facts.pool)) & ~facts.follows
    last = (full & (len(facts.ids) > LENGTH // 2)) | np.isin(facts.ids, again)
    shown = np.where(last, scores - scoring.MOST, scores)
    own = set(reader.languages)
    foreign = np.array([bool(own) and code not in own for code in facts.languages], np.bool_)
    wanted = foreign & (taste.other_language != Taste.Other.NONE)
    notes = Candidates(facts.authors, facts.topics, facts.language_ids, owed, wanted & ~last)
    slate = arrange(shown, notes, LENGTH, waiting, facts.vectors)
    order = slate.order
    # All of the difference to the plain score, so that what is told adds up.
    shift = slate.shift + (shown - scores)[order]
    ids = facts.ids[order]
    return Order(
        time.time_ns() // 1_000, version, weights, ids, values[order], shift, slate.places,
        [found.sources.get(pk, "") for pk in ids.tolist()], missing,
    )  # fmt: skip


def pack(order: Order) -> bytes:
    """An order as bytes: about 140 a note."""
    missing = sum(1 << n for n, term in enumerate(TERMS) if term in order.missing)
    head = HEAD.pack(order.made, order.weights_version, len(order.ids), missing)
    marks = [
        PLACES.index(place) * 16 + SOURCES.index(source)
        for place, source in zip(order.places, order.sources, strict=True)
    ]
    return b"".join([
        head, order.ids.astype("<i8").tobytes(), bytes(marks),
        order.weights.astype("<f8").tobytes(), order.shift.astype("<f8").tobytes(),
        order.values.astype("<f4").tobytes(),
    ])  # fmt: skip


def unpack(packed: bytes) -> Order:
    made, version, count, bits = HEAD.unpack_from(packed)
    at = HEAD.size

    def take(kind: str, length: int) -> Floats:
        nonlocal at
        found = np.frombuffer(packed, kind, length, at)
        at += found.nbytes
        return found

    ids = take("<i8", count).astype(np.int64)
    marks = take("u1", count).tolist()
    weights, shift = take("<f8", len(TERMS)), take("<f8", count)
    values = take("<f4", count * len(TERMS)).reshape(count, len(TERMS)).astype(np.float64)
    missing = frozenset(term for n, term in enumerate(TERMS) if bits >> n & 1)
    places = [PLACES[int(mark) // 16] for mark in marks]
    sources = [SOURCES[int(mark) % 16] for mark in marks]
    return Order(made, version, weights, ids, values, shift, places, sources, missing)


def refresh(reader: User) -> Order:
    """Rank a home and store it."""
    order = rank(reader)
    ask(lambda redis: redis.set(key_of(reader), pack(order), ex=KEPT_FOR))
    return order


def stored(reader: User) -> Order | None:
    packed = ask(lambda redis: redis.get(key_of(reader)))
    return unpack(cast("bytes", packed)) if packed else None


def read(reader: User, made: int, offset: int, limit: int) -> tuple[int, list[int]]:
    """Return when the order was made, and up to `limit` ids from `offset`.

    `made` 0 asks for a new enough order. Where the one named is gone, the present one is read from
    its beginning: what was shown is not in it any more.
    """
    found = ask(lambda redis: _slice(redis, key_of(reader), made, offset, limit))
    if found is None:
        order = refresh(reader)
        return order.made, order.ids[:limit].tolist()
    return found


def _slice(
    redis: Redis, key: str, made: int, offset: int, limit: int
) -> tuple[int, list[int]] | None:
    start = HEAD.size + 8 * offset
    with redis.pipeline(transaction=False) as pipe:
        pipe.getrange(key, 0, HEAD.size - 1)
        pipe.getrange(key, start, start + 8 * limit - 1)
        pipe.getrange(key, HEAD.size, HEAD.size + 8 * limit - 1)
        head, page, first = cast("list[bytes]", pipe.execute())
    if len(head) < HEAD.size:
        return None
    when, _, count, _ = HEAD.unpack(head)
    if not made:
        old = time.time_ns() // 1_000 - when > FRESH_FOR * 1_000_000
        return None if old else (when, candidates.unpack(page[: 8 * max(count - offset, 0)]))
    if made != when:
        return when, candidates.unpack(first[: 8 * count])
    return when, candidates.unpack(page[: 8 * max(count - offset, 0)])
