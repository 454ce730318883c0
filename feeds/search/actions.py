"""What people do to their history of searches. Nobody else gets to see it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from feeds.search.models import Asked
from feeds.search.terms import LONGEST, read, tidy
from feeds.search.text import fold

KEPT = 50


@transaction.atomic
def remember_search(person: User, text: str) -> None:
    """Keep what somebody asked for, the last 50 of it; what says nothing is not kept."""
    text = tidy(text)[:LONGEST]
    if not read(text):
        return
    mine = Asked.objects.by(person)
    Asked.objects.update_or_create(
        person=person,
        folded=fold(text)[:LONGEST],
        defaults={"text": text, "at": timezone.now()},
    )
    old = list(mine.latest_first().values_list("pk", flat=True)[KEPT:])
    if old:
        mine.filter(pk__in=old).delete()


def forget_search(person: User, pk: int) -> None:
    """Forget one thing that somebody asked for; doing it twice is doing it once."""
    Asked.objects.by(person).filter(pk=pk).delete()


def forget_searches(person: User) -> None:
    """Forget everything that somebody asked for."""
    Asked.objects.by(person).delete()
