"""What readers and staff do to feeds. Everything a reader does acts on their next page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import renew_home
from accounts.models import User
from feeds.models import Encounter, Less, ReaderTopic, Signal, Taste, Weights
from feeds.scoring import MOST, TERMS
from feeds.store import ask
from notes.models import Note, Topic, TopicFollow, TopicMute


@transaction.atomic
def want_less(reader: User, note: Note) -> None:
    """See fewer notes like this one; doing it twice is doing it once."""
    if Less.objects.get_or_create(reader=reader, note=note)[1]:
        Signal.objects.get_or_create(note=note)
        Signal.objects.filter(note=note).update(disliked=F("disliked") + 1)
        renew_home(reader)


@transaction.atomic
def take_back_less(reader: User, note: Note) -> None:
    """See notes like this one again; doing it twice is doing it once."""
    if Less.objects.filter(reader=reader, note=note).delete()[0]:
        fewer = Greatest(F("disliked") - 1, 0)
        Signal.objects.filter(note=note).update(disliked=fewer)
        renew_home(reader)


@transaction.atomic
def change_taste(reader: User, **fields: Any) -> Taste:
    """Change how a home is arranged. Raises ValidationError for a value that is no choice."""
    chosen = fields.get("other_language", Taste.Other.SOME)
    if chosen not in Taste.Other.values:
        message = _("This is not one of the choices.")
        raise ValidationError({"other_language": ValidationError(message, "invalid_choice")})
    taste, _made = Taste.objects.update_or_create(reader=reader, defaults=fields)
    renew_home(reader)
    return taste


@transaction.atomic
def forget_taste(reader: User) -> None:
    """Forget what was learned about a reader: vector, lists, counts by topic, and encounters."""
    Taste.objects.update_or_create(reader=reader, defaults={"forgotten_at": timezone.now()})
    ReaderTopic.objects.filter(reader=reader).delete()
    Encounter.objects.filter(reader=reader).delete()
    ask(lambda redis: redis.delete(f"vector:{reader.pk}", f"taste:{reader.pk}"))
    renew_home(reader)


def mark_asked(reader: User) -> None:
    """The reader was asked for topics and needs no asking again."""
    Taste.objects.update_or_create(reader=reader, defaults={"asked_at": timezone.now()})


def profile_of(reader: User) -> dict[str, Any]:
    """Everything that ranks for a reader, to take away."""
    taste = Taste.of(reader)
    met = ReaderTopic.objects.filter(reader=reader).select_related("topic").order_by("topic__name")
    return {
        "personal": taste.personal,
        "other_language": taste.other_language,
        "languages": list(reader.languages),
        "forgotten_at": taste.forgotten_at,
        "followed_topics": _titles(TopicFollow.objects.filter(user=reader).values("topic")),
        "muted_topics": _titles(TopicMute.objects.filter(user=reader).values("topic")),
        "muted_words": list(reader.muted_words.order_by("word").values_list("word", flat=True)),
        "less_like": list(
            Less.objects.filter(reader=reader).order_by("pk").values_list("note_id", flat=True)
        ),
        "topics": [{"topic": row.topic.title, "seen": row.seen, "liked": row.liked} for row in met],
        "encounters": Encounter.objects.filter(reader=reader).count(),
    }


def _titles(topics: Any) -> list[str]:
    found = Topic.objects.filter(pk__in=topics).order_by("name")
    return list(found.values_list("title", flat=True))


def weigh(values: Mapping[str, float], by: User | None, reason: str = "") -> Weights:
    """Make a new version of the weights. Raises ValidationError naming the term."""
    for term, value in values.items():
        if term not in TERMS or not abs(value) <= MOST:
            raise ValidationError({term: _("A weight is a number between -64 and 64.")})
    return Weights.objects.create(values=dict(values), by=by, reason=reason)
