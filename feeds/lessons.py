"""What workers learn about tastes, for the feeds. Each lesson may be cut short and begun again.

Only the tasks of learning import this module: it brings SciPy and implicit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from feeds.candidates import keep_lists
from feeds.facts import VECTOR
from feeds.learning.blends import blocks
from feeds.learning.factors import low_pass
from feeds.learning.interactions import Ids, Interactions, interactions, rows_of
from feeds.learning.models import Factors
from feeds.learning.walks import Damping, shortened, walk
from feeds.models import Encounter, Taste
from feeds.store import ask
from notes.models import Like, Save

REMEMBERED = timedelta(days=60)  # of likes, for tastes
MOST = 2_000_000  # likes, and saves: memory is bounded
ACTIVE = timedelta(days=7)
NAMED = 100  # notes for a reader, and beside a note
VECTORS_KEPT = 60 * 60 * 24 * 7


def learn_tastes() -> int:
    """Which notes are liked by the same people: vectors, lists by reader, lists by note."""
    known = liked_before(timezone.now())
    factors = learned(known)
    if factors is None:
        return 0
    _keep_vectors(known.item_ids, units(factors.items))
    readers = known.of(rows_of(known.user_ids, _active(known.user_ids)))
    _keep_reader_vectors(readers, units(factors.vectors(readers)))
    walked = shortened(walk(known, Damping()))
    _keep_near(known, walked.near(NAMED))
    for _, some in blocks(readers):
        best, _ = walked.best(some, NAMED)
        keep_lists({
            f"taste:{reader}": known.item_ids[line[line >= 0]].tolist()
            for reader, line in zip(some.user_ids.tolist(), best, strict=True)
        })  # fmt: skip
    return int(known.shape[1])


def learned(known: Interactions) -> Factors | None:
    """Vectors of tastes, at most VECTOR numbers long; None where too little is known."""
    if min(known.shape) < 3:
        return None
    return low_pass(known, min(VECTOR, min(known.shape) - 1))


def liked_before(moment: datetime) -> Interactions:
    """Likes and saves of the time remembered, in its order, without what readers had forgotten."""
    since = moment - REMEMBERED
    asked = Taste.objects.exclude(forgotten_at=None).values_list("pk", "forgotten_at")
    forgotten = {reader: moment for reader, moment in asked if moment}
    pairs: list[tuple[datetime, int, int]] = []
    for model in (Like, Save):
        rows = model.objects.filter(created_at__gt=since, created_at__lt=moment).order_by("-pk")
        pairs += [
            (at, user, note)
            for at, user, note in rows.values_list("created_at", "user_id", "note_id")[:MOST]
            if at > forgotten.get(user, since)
        ]
    pairs.sort()
    users = np.array([user for _, user, _ in pairs], np.int64)
    return interactions(users, np.array([note for _, _, note in pairs], np.int64))


def _active(readers: Ids) -> Ids:
    """Those of the readers who were here lately, or all while nobody knows."""
    here = Encounter.objects.filter(at__gt=timezone.now() - ACTIVE).values("reader").distinct()
    found = set(here.values_list("reader_id", flat=True))
    return np.array([r for r in readers.tolist() if r in found], np.int64) if found else readers


def units(vectors: Any) -> Any:
    """Of length 1, padded to VECTOR numbers of 16 bits."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors / np.where(length > 0, length, 1)
    return np.pad(units, ((0, 0), (0, VECTOR - units.shape[1]))).astype(np.float16)


def _keep_vectors(notes: Ids, vectors: Any) -> None:
    with connection.cursor() as cursor:
        for at in range(0, len(notes), 5_000):
            some = notes[at : at + 5_000].tolist()
            cursor.execute(
                """INSERT INTO feeds_signal (note_id, seen, talked, disliked, pool, vector)
                SELECT n.id, 0, 0, 0, 0, m.vector
                FROM unnest(%s::bigint[], %s::bytea[]) AS m (note, vector)
                JOIN notes_note n ON n.id = m.note ORDER BY n.id
                ON CONFLICT (note_id) DO UPDATE SET vector = excluded.vector""",
                [some, [vector.tobytes() for vector in vectors[at : at + 5_000]]],
            )


def _keep_reader_vectors(readers: Interactions, vectors: Any) -> None:
    def work(redis: Any) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for reader, vector in zip(readers.user_ids.tolist(), vectors, strict=True):
                pipe.set(f"vector:{reader}", vector.tobytes(), ex=VECTORS_KEPT)
            pipe.execute()

    ask(work)


def _keep_near(known: Interactions, near: Ids) -> None:
    for at in range(0, len(near), 2_000):
        keep_lists({
            f"near:{note}": known.item_ids[line[line >= 0]].tolist()
            for note, line in zip(
                known.item_ids[at : at + 2_000].tolist(), near[at : at + 2_000], strict=True
            )
        })  # fmt: skip


def count_topics() -> None:
    """Count anew how often readers liked notes of a topic."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE feeds_readertopic t SET liked = c.liked FROM (
              SELECT l.user_id, x.topic_id, count(*) AS liked FROM notes_like l
              JOIN notes_note_topics x ON x.note_id = l.note_id
              LEFT JOIN feeds_taste f ON f.reader_id = l.user_id
              WHERE l.created_at > now() - interval '60 days'
                AND (f.forgotten_at IS NULL OR l.created_at > f.forgotten_at)
              GROUP BY 1, 2) c
            WHERE t.reader_id = c.user_id AND t.topic_id = c.topic_id AND t.liked <> c.liked"""
        )


def forget_encounters() -> None:
    """Encounters older than what anything learns from."""
    Encounter.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
