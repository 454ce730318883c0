"""What many ask for, named by nobody."""

from __future__ import annotations

import re
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from feeds.search.finding import Question, note_ids
from feeds.search.models import Asked, PopularQuery
from feeds.search.sources import vectors
from feeds.search.texts import parts_of_query
from moderation.pausing import rule_to_think_of

KEPT_FOR = timedelta(days=180)
LATELY = timedelta(days=30)
# So many people must have asked for it before others read of it.
SEVERAL = 3
MOST = 300
_PRIVATE = re.compile(r"@|\d{6}")


@transaction.atomic
def refresh_popular() -> None:
    """Forget what is old, and write down anew what several people asked for lately."""
    now = timezone.now()
    Asked.objects.filter(at__lt=now - KEPT_FOR).delete()
    asked = _asked_by_several()
    texts = [text for text in asked if _may_be_suggested(text)]
    words = vectors([parts_of_query(text) for text in texts])
    rows = [
        PopularQuery(text=text, people=asked[text], words=vector, indexed_at=now)
        for text, vector in zip(texts, words, strict=True)
    ]
    PopularQuery.objects.all().delete()
    PopularQuery.objects.bulk_create(rows)


def _asked_by_several() -> dict[str, int]:
    """How many people asked, by what they asked."""
    since = timezone.now() - LATELY
    lately = Asked.objects.filter(at__gt=since, person__is_active=True)
    counted = lately.values("folded").annotate(n=Count("pk")).filter(n__gte=SEVERAL)
    return dict(counted.order_by("-n", "folded").values_list("folded", "n")[:MOST])


def _may_be_suggested(text: str) -> bool:
    """Whether it holds no address or long number, breaks no rule, and leads somewhere."""
    if _PRIVATE.search(text) or rule_to_think_of(text):
        return False
    return bool(note_ids(Question(text), AnonymousUser()))
