"""Harmony in numbers, day by day, for the readers of each language."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Language
from feeds.models import Figure

# What divides this much is divisive: expected approval differs by .4 between both sides.
DIVISIVE = 0.2
NEWCOMER = timedelta(days=30)

SQL = """
WITH met AS (
  SELECT e.note_id, n.author_id FROM feeds_encounter e
  JOIN accounts_user u ON u.id = e.reader_id
  JOIN notes_note n ON n.id = e.note_id
  WHERE e.at >= %(day)s AND e.at < %(day)s::date + 1 AND e.place <> 'o'
    AND u.languages[1] = %(language)s
), known AS (
  SELECT m.note_id, m.author_id, s.least, s.divides, EXISTS (
    SELECT 1 FROM notes_note_topics x JOIN feeds_contestedtopic c ON c.topic_id = x.topic_id
    WHERE x.note_id = m.note_id) AS contested
  FROM met m LEFT JOIN feeds_signal s ON s.note_id = m.note_id
), supply AS (
  SELECT avg((s.divides < %(divisive)s AND EXISTS (
    SELECT 1 FROM notes_note_topics x JOIN feeds_contestedtopic c ON c.topic_id = x.topic_id
    WHERE x.note_id = n.id))::int) AS share
  FROM notes_note n LEFT JOIN feeds_signal s ON s.note_id = n.id
  WHERE n.published_at >= %(day)s::date - 3 AND n.published_at < %(day)s::date + 1
)
SELECT count(*), coalesce(avg((k.divides >= %(divisive)s)::int), 0),
  coalesce(avg((k.contested AND k.divides < %(divisive)s)::int) / nullif(max(supply.share), 0), 1),
  coalesce(avg(k.least), 0), coalesce(avg((u.date_joined > %(newcomer)s)::int), 0)
FROM known k JOIN accounts_user u ON u.id = k.author_id, supply
"""


def count_days() -> None:
    """Count yesterday and today; safe to repeat."""
    today = timezone.now().date()
    for day in (today - timedelta(days=1), today):
        for language in Language.values:
            count_day(day, language)


def count_day(day: date, language: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SQL, {
            "day": day, "language": language, "divisive": DIVISIVE,
            "newcomer": timezone.now() - NEWCOMER,
        })  # fmt: skip
        shown, divisive, constructive, lowest, newcomers = cursor.fetchone()
    if shown:
        Figure.objects.update_or_create(
            day=day,
            language=language,
            defaults={
                "shown": shown,
                "divisive": divisive,
                "constructive": constructive,
                "lowest_approval": lowest,
                "newcomers": newcomers,
            },
        )
