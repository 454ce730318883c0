"""Traffic pools: every note gets its first readers, and rises by what they say of it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Avg, F, Q
from django.utils import timezone

from accounts.models import Language
from feeds.candidates import keep_lists
from feeds.models import Signal
from feeds.scoring import CHANCE, GIVEN_UP, POOL_GROWTH, TRIED
from notes.models import Note

WAITS_AT_MOST = timedelta(days=3)
LISTED = 400
LAST_POOL = 8
# Of the usual approval by the less pleased side: below it a note stays in its pool.
ENOUGH = 0.7


def list_fresh() -> None:
    """List by language the notes that are owed readers: the least seen first, then the oldest."""
    since = timezone.now() - WAITS_AT_MOST
    owed = Note.objects.recommendable().filter(published_at__gt=since)
    owed = owed.filter(Q(signal=None) | Q(signal__seen__lt=CHANCE)).exclude(_given_up())
    ordered = owed.order_by(F("signal__seen").asc(nulls_first=True), "published_at")
    lists = {
        f"fresh:{language}": list(
            ordered.filter(language=language).values_list("pk", flat=True)[:LISTED]
        )
        for language in Language.values
    }
    keep_lists(lists)


def _given_up() -> Q:
    """Tried, and among the worst share of what is known."""
    known = Signal.objects.exclude(least=None).order_by("least").values_list("least", flat=True)
    count = known.count()
    if not count:
        return Q(pk=None)
    return Q(signal__seen__gte=TRIED, signal__least__lt=known[int(count * GIVEN_UP)])


def promote() -> int:
    """Let notes that have been round their pool into the next one; return how many.

    Not those that the less pleased side rejects: they stay for followers, by link and in search.
    """
    usual = Signal.objects.exclude(least=None).aggregate(mean=Avg("least"))["mean"] or 0.0
    promoted = 0
    for pool in range(LAST_POOL):
        full = Signal.objects.filter(pool=pool, seen__gte=CHANCE * POOL_GROWTH**pool)
        welcome = full.filter(Q(least=None) | Q(least__gte=ENOUGH * usual))
        promoted += welcome.update(pool=pool + 1)
    return promoted
