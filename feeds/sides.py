"""What workers learn about sides: who disagrees with whom, and which notes please both.

Only the tasks of learning import this module: it brings SciPy.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts.models import User
from feeds.learning.bridging import SHRUG, Bridging, Reactions, bridge, mean_size
from feeds.learning.interactions import Ids
from feeds.learning.objections import Floats, heard
from feeds.models import ContestedTopic, Encounter, Less, Place, Signal
from feeds.store import ask
from notes.models import Like, Note, Save

ARGUED = timedelta(days=14)  # of reactions
MOST = 2_000_000  # of each kind: memory is bounded
LIGHT = 0.25  # weight of having opened a note without a word
CONTESTED = 1.5  # times as divided as usual
PLACES_KEPT = 60 * 60 * 24 * 7
# Who reads the same languages is supposed to stand together, as far as what they like says so.
GROUPS = {("en",): 0, ("zh",): 1, ("en", "zh"): 2}
SUPPOSED = np.array([1.0, -1.0, 0.0])  # where their members are looked for at first


def learn_sides() -> int:
    """What people like who usually disagree; return how many notes were learned about."""
    since = timezone.now() - ARGUED
    weights = _weights(since)
    _keep_excess(since, weights)
    known, readers, notes = _reactions(since, weights)
    if not len(known.values):
        return 0
    groups = _groups(readers)
    found = bridge(replace(known, groups=groups), _places(readers, groups))
    _keep_places(readers, found.readers.slope)
    divides = mean_size(found.notes.slope, found.notes.slope_variance)
    _keep_sides(notes, found, divides)
    _keep_contested(dict(zip(notes.tolist(), divides.tolist(), strict=True)))
    return len(notes)


def _weights(since: datetime) -> dict[int, float]:
    """How much the objections of each reader who made any count."""
    objected = _by_reader(Less.objects.filter(created_at__gt=since))
    shown = _by_reader(Encounter.objects.shown().filter(at__gt=since))
    readers = sorted(objected.keys() | shown.keys())
    weights = heard(
        np.array([objected.get(reader, 0) for reader in readers], float),
        np.array([shown.get(reader, 0) for reader in readers], float),
    )
    return {
        reader: weight
        for reader, weight in zip(readers, weights.tolist(), strict=True)
        if reader in objected
    }


def _by_reader(rows: QuerySet[Any]) -> dict[int, int]:
    counted = rows.order_by().values("reader").annotate(count=Count("pk"))
    return dict(counted.values_list("reader_id", "count"))


@transaction.atomic
def _keep_excess(since: datetime, weights: dict[int, float]) -> None:
    """Write down which part of the objections to each note of late does not count."""
    excess: dict[int, float] = {}
    less = Less.objects.filter(created_at__gt=since, reader__in=[
        reader for reader, weight in weights.items() if weight < 1
    ])  # fmt: skip
    for reader, note in less.values_list("reader_id", "note_id").iterator():
        excess[note] = excess.get(note, 0.0) + 1 - weights[reader]
    Signal.objects.filter(excess__gt=0).exclude(note__in=excess).update(excess=0)
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE feeds_signal s SET excess = m.excess
            FROM unnest(%s::bigint[], %s::float8[]) AS m (note, excess)
            WHERE s.note_id = m.note""",
            [[*excess], [*excess.values()]],
        )


def _reactions(since: datetime, heard_by: dict[int, float]) -> tuple[Reactions, Ids, Ids]:
    """Explicit ones count whole, having opened a note without a word a little."""
    said: dict[tuple[int, int], tuple[float, float]] = {}
    opened = Encounter.objects.filter(place=Place.OPENED, at__gt=since).order_by("-pk")
    for pair in opened.values_list("reader_id", "note_id")[:MOST]:
        said[pair] = (SHRUG, LIGHT)
    for rows in (
        Like.objects.filter(created_at__gt=since).values_list("user_id", "note_id"),
        Save.objects.filter(created_at__gt=since).values_list("user_id", "note_id"),
    ):
        said |= dict.fromkeys(rows.order_by("-pk")[:MOST], (1.0, 1.0))
    less = Less.objects.filter(created_at__gt=since).values_list("reader_id", "note_id")
    said |= {pair: (0.0, heard_by.get(pair[0], 1.0)) for pair in less.order_by("-pk")[:MOST]}
    pairs = np.array(sorted(said), np.int64).reshape(-1, 2)
    what = np.array([said[pair] for pair in sorted(said)], float).reshape(-1, 2)
    readers, rows_ = np.unique(pairs[:, 0], return_inverse=True)
    notes, columns = np.unique(pairs[:, 1], return_inverse=True)
    shape = (len(readers), len(notes))
    return Reactions(rows_, columns, what[:, 0], what[:, 1], shape), readers, notes


def _groups(readers: Ids) -> Ids:
    rows = User.objects.filter(pk__in=readers.tolist()).values_list("pk", "languages")
    found = {reader: tuple(sorted(languages)) for reader, languages in rows}
    both = GROUPS["en", "zh"]
    return np.array([GROUPS.get(found.get(r, ()), both) for r in readers.tolist()], np.int64)


def _places(readers: Ids, groups: Ids) -> Floats:
    """Where readers stood the last time, so that the axis keeps its direction."""
    names = [f"place:{reader}" for reader in readers.tolist()]
    found = ask(lambda redis: redis.mget(names)) or [None] * len(names)
    places = SUPPOSED[groups] + np.random.default_rng(7).normal(0, 1, len(names))
    for n, value in enumerate(found):
        if value is not None:
            places[n] = float(value)
    return places


def _keep_places(readers: Ids, places: Floats) -> None:
    def work(redis: Any) -> None:
        with redis.pipeline(transaction=False) as pipe:
            for reader, place in zip(readers.tolist(), places.tolist(), strict=True):
                pipe.set(f"place:{reader}", f"{place:.5f}", ex=PLACES_KEPT)
            pipe.execute()

    ask(work)


def _keep_sides(notes: Ids, found: Bridging, divides: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO feeds_signal (note_id, seen, talked, disliked, pool, least, divides)
            SELECT n.id, 0, 0, 0, 0, m.least, m.divides
            FROM unnest(%s::bigint[], %s::float8[], %s::float8[]) AS m (note, least, divides)
            JOIN notes_note n ON n.id = m.note ORDER BY n.id
            ON CONFLICT (note_id) DO UPDATE
            SET least = excluded.least, divides = excluded.divides""",
            [notes.tolist(), found.score.tolist(), divides.tolist()],
        )


@transaction.atomic
def _keep_contested(divides: dict[int, float]) -> None:
    """Topics whose notes divide more than is usual."""
    by_topic: dict[int, list[float]] = {}
    through = Note.topics.through.objects.filter(note_id__in=divides)
    for note, topic in through.values_list("note_id", "topic_id"):
        by_topic.setdefault(topic, []).append(divides[note])
    usual = float(np.median(list(divides.values())))
    contested = {
        topic: float(np.mean(values))
        for topic, values in by_topic.items()
        if len(values) >= 3 and np.mean(values) > CONTESTED * usual
    }
    ContestedTopic.objects.exclude(topic_id__in=contested).delete()
    ContestedTopic.objects.bulk_create(
        [ContestedTopic(topic_id=topic, divides=value) for topic, value in contested.items()],
        update_conflicts=True, unique_fields=["topic"], update_fields=["divides"],
    )  # fmt: skip
