"""Replay: what was known before a day, asked what its readers were going to like.

Of each reader who liked or saved something that Home had shown them that day: how often does an
order put a note they liked above one they were shown and passed over? A half is what chance does.

It is a comparison within what one reader was shown, and cannot say more:
* Nothing is known of notes that were not shown, so it does not say how good a home would have been
  that chose others, and two orders may be as good as each other here and not in life.
* What was shown was chosen by the whole ranking, and nobody kept how likely each note was to be
  shown or to stand where it stood: nothing weighs that out. Whoever liked the first note liked it
  partly because it was first, and the term that had put it there looks better for it.
* A note that was passed over may never have been looked at, or was liked after midnight; a like
  that was taken back before the replay was never there. Who liked nothing is not asked.
* Homes know the likes of the same day, within the hour. Here nobody does, so that no order has read
  the answers; of who came on that day nothing is known, and all notes are alike to their taste.

Only the tasks of learning import this module: it brings SciPy and implicit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from accounts.models import Language
from feeds import scoring
from feeds.facts import VECTOR
from feeds.learning.interactions import Ids, rows_of
from feeds.learning.replaying import Floats, estimate, share_above
from feeds.lessons import learned, liked_before, units
from feeds.models import Place, Replay

FEWEST = 20  # readers: a mean of fewer says nothing, and too much about each
MOST = 20_000  # readers of a day who are asked: time and memory are bounded
AT_ONCE = 500
NIGHTS = 7  # days that are made up for when no worker was there
RANKINGS = (Replay.Ranking.TASTE, Replay.Ranking.LIKES, Replay.Ranking.NEWEST)

# Which readers, in an order that has nothing to do with them; a day has other ones than the next.
READERS = """
SELECT id, coalesce(languages[1], '') FROM accounts_user WHERE id IN (
  SELECT r.user_id FROM (
    SELECT user_id, note_id, created_at FROM notes_like UNION ALL
    SELECT user_id, note_id, created_at FROM notes_save) r
  JOIN feeds_encounter e ON e.reader_id = r.user_id AND e.note_id = r.note_id
  WHERE r.created_at >= %(day)s AND r.created_at < %(day)s::date + 1
    AND e.place = %(home)s AND e.at >= %(day)s AND e.at <= r.created_at)
ORDER BY md5(id::text || %(day)s::text) LIMIT %(most)s
"""

# What was liked before it was shown is left out: there was nothing to find out.
SHOWN = """
WITH shown AS (
  SELECT reader_id, note_id, min(at) AS at FROM feeds_encounter
  WHERE reader_id = ANY(%(readers)s) AND place = %(home)s
    AND at >= %(day)s AND at < %(day)s::date + 1
  GROUP BY 1, 2
), reacted AS (
  SELECT user_id, note_id, min(created_at) AS at FROM (
    SELECT user_id, note_id, created_at FROM notes_like WHERE user_id = ANY(%(readers)s) UNION ALL
    SELECT user_id, note_id, created_at FROM notes_save WHERE user_id = ANY(%(readers)s)) r
  GROUP BY 1, 2
)
SELECT s.reader_id, s.note_id, extract(epoch FROM n.published_at)::float8,
  coalesce(r.at < %(day)s::date + 1, false)
FROM shown s JOIN notes_note n ON n.id = s.note_id
LEFT JOIN reacted r ON r.user_id = s.reader_id AND r.note_id = s.note_id
WHERE n.published_at IS NOT NULL AND (r.at IS NULL OR r.at >= s.at)
ORDER BY s.reader_id, s.note_id
"""


def replay_nights() -> None:
    """Replay the last whole day, and those of the last week that were missed; safe to repeat."""
    today = timezone.now().date()
    for ago in range(1, NIGHTS + 1):
        day = today - timedelta(days=ago)
        if ago == 1 or not Replay.objects.filter(day=day).exists():
            replay(day)


def replay(day: date) -> int:
    """Replay a day and keep what came of it; return how many readers could be asked."""
    languages = dict(_rows(READERS, day, most=MOST))
    if len(languages) < FEWEST:
        return 0
    before = _Before(datetime.combine(day, time(), UTC))
    found = dict(_asked(day, [*languages], before))
    for language in ("", *Language.values):
        shares = [found[pk] for pk in found if language in ("", languages[pk])]
        if len(shares) >= FEWEST:
            _keep(day, language, np.array(shares))
    return len(found)


class _Before:
    """Likes and saves before a moment, and what was learned from them."""

    def __init__(self, moment: datetime) -> None:
        self.known = liked_before(moment)
        self.factors = learned(self.known)
        # The last row of both, which is row -1, is that of a note nobody had liked.
        self.likes = np.bincount(self.known.items, minlength=self.known.shape[1] + 1)
        self.notes = np.zeros((self.known.shape[1] + 1, VECTOR))
        if self.factors:
            self.notes[:-1] = units(self.factors.items)

    def vectors(self, readers: list[int]) -> Floats:
        """Of each reader; zeros of whom nothing was known."""
        rows = rows_of(self.known.user_ids, np.array(readers, np.int64))
        there, found = rows >= 0, np.zeros((len(rows), VECTOR))
        if self.factors and there.any():
            found[there] = units(self.factors.vectors(self.known.of(rows[there])))
        return found

    def scores(self, vector: Floats, notes: Ids, published: Floats) -> list[Floats]:
        """What each of RANKINGS orders these notes by."""
        rows = rows_of(self.known.item_ids, notes)
        taste = scoring.on_grid(scoring.taste(self.notes[rows], vector))
        return [taste, self.likes[rows].astype(np.float64), published]


def _asked(
    day: date, readers: list[int], before: _Before
) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Each reader who liked some of what they were shown, and not all, with a share a ranking."""
    for at in range(0, len(readers), AT_ONCE):
        some = readers[at : at + AT_ONCE]
        vectors = dict(zip(some, before.vectors(some), strict=True))
        for reader, shown in groupby(_rows(SHOWN, day, readers=some), itemgetter(0)):
            _, notes, published, liked = (np.array(column) for column in zip(*shown, strict=True))
            scores = before.scores(vectors[reader], notes, published)
            shares = [share for s in scores if (share := share_above(s, liked)) is not None]
            if shares:
                yield reader, tuple(shares)


def _rows(sql: str, day: date, **more: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": day, "home": Place.HOME.value, **more})
        found: list[Any] = cursor.fetchall()
    return found


def _keep(day: date, language: str, shares: Floats) -> None:
    """Shares are readers x RANKINGS."""
    for ranking, column in zip(RANKINGS, shares.T, strict=True):
        mean, low, high = estimate(column)
        Replay.objects.update_or_create(
            day=day, language=language, ranking=ranking,
            defaults={"readers": len(column), "share": mean, "low": low, "high": high},
        )  # fmt: skip
