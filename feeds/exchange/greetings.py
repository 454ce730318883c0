"""First notes of newcomers, for people of the other side who like to greet them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Language, User
from feeds.fragments import Row, recommendable_rows
from moderation.models import VISIBLE_STATES, State
from notes.models import Comment, Commenters, Note
from notes.translation.texts import readers_language

NEWCOMER_FOR = timedelta(days=14)
# So many people of the other side are enough of a welcome.
GREETINGS = 3
SHOWN = 3
LOOKED_AT = 30


def notes_to_greet(volunteer: User) -> list[Row]:
    """Up to three notes in the language this person does not read first, ungreeted ones first.

    None for whoever did not offer to greet, none that others may not be recommended.
    """
    if not volunteer.greets_newcomers:
        return []
    greetings = _comments_of(readers_language(volunteer.ui_language))
    firsts = _first_notes(_across(volunteer)).filter(commenters=Commenters.EVERYONE)
    waiting = (
        firsts.exclude(author=volunteer)
        .exclude(Exists(Comment.objects.filter(note=OuterRef("pk"), author=volunteer)))
        .annotate(greetings=Coalesce(Subquery(greetings), 0))
        .filter(greetings__lt=GREETINGS)
    )
    ids = waiting.order_by("greetings", "-published_at", "-pk").values_list("pk", flat=True)
    return recommendable_rows(list(ids[:LOOKED_AT]), volunteer)[:SHOWN]


def _across(person: User) -> str:
    ours = readers_language(person.ui_language)
    return Language.ENGLISH if ours == Language.CHINESE else Language.CHINESE


def _first_notes(language: str) -> QuerySet[Note]:
    """The first note that newcomers published, where it is in this language."""
    since = timezone.now() - NEWCOMER_FOR
    earlier = Note.objects.published().filter(
        author=OuterRef("author"), published_at__lt=OuterRef("published_at")
    )
    recent = Note.objects.recommendable().filter(language=language, published_at__gte=since)
    return recent.filter(author__date_joined__gte=since).exclude(Exists(earlier))


def _comments_of(language: str) -> QuerySet[Any, Any]:
    """How many people of a side commented on a note, also those whose words are being read."""
    told = Comment.objects.filter(
        note=OuterRef("pk"),
        author__ui_language__startswith=language,
        case__state__in=[*VISIBLE_STATES, State.PENDING],
    ).exclude(author=F("note__author"))
    people = told.order_by().values("note").annotate(n=Count("author", distinct=True))
    return people.values("n")
