"""Finding: from what is asked to ids in their order, of what this viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DurationField,
    Expression,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Extract, Ln, Now
from django.utils import timezone

from accounts.models import User, Viewer
from feeds.search.models import BoardEntry, Match, NoteEntry, PersonEntry, TopicEntry
from feeds.search.stems import stems_of
from feeds.search.terms import ORIGINAL, Query, tidy
from notes.models import Board, Note, NoteQuerySet, Topic
from notes.parsing import fold_topic

# Of very many hits the newest are ranked.
LOOKED_AT = 1_000
MOST_NAMES = 200
# With fewer hits than this, notes that lack a word or two are shown after them.
FEW = 10
# A note of this age counts half as much for being new as one of today.
HALF_NEW = 30 * 86_400.0
NEW, LIKED = 0.5, 0.1

PERIODS = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks for, and which notes it may be."""

    text: str
    language: str = ""
    topic: str = ""
    period: str = ""

    @classmethod
    def of(cls, text: str, language: str = "", topic: str = "", period: str = "") -> Question:
        """A question with its words in order, however they were given."""
        return cls(tidy(text), language, fold_topic(tidy(topic)), period)

    def query(self) -> Query:
        return Query.of(self.text, stems_of)


def note_ids(question: Question, viewer: Viewer) -> list[int]:
    """Notes that hold all that is asked, the best first; where these are few, then the rest."""
    query = question.query()
    if not query:
        return []
    found = _ranked(question, viewer, query.every(), query.every())
    if len(found) < FEW and (most := query.most()):
        found += [pk for pk in _ranked(question, viewer, most, query.some()) if pk not in found]
    return found


def _ranked(question: Question, viewer: Viewer, held: str, weighed: str) -> list[int]:
    ranked = ranked_notes(question, viewer, held, weighed)
    return list(ranked.values_list("pk", flat=True))


def ranked_notes(question: Question, viewer: Viewer, held: str, weighed: str) -> NoteQuerySet:
    """The newest notes that hold one query, in the order of how well they match the other."""
    period = PERIODS.get(question.period)
    since = timezone.now() - period if period else None
    hits = NoteEntry.objects.holding(held).of(
        language=question.language, topic=question.topic, since=since
    )
    newest = hits.newest().values("pk")[:LOOKED_AT]
    notes = Note.objects.recommendable().visible(viewer).filter(pk__in=newest)
    return notes.annotate(score=_score(weighed)).order_by("-score", "-pk")


def _score(query: str) -> ExpressionWrapper:
    """How well the words match, more for what is new and for what is liked and kept."""
    age = ExpressionWrapper(Now() - F("published_at"), DurationField())
    new = Value(HALF_NEW) / (Value(HALF_NEW) + Extract(age, "epoch"))
    liked = Ln(Cast(F("like_count") + 2 * F("save_count") + 1, FloatField()))
    worth = Value(1.0) + Value(NEW) * new + Value(LIKED) * liked
    return ExpressionWrapper(Match(F("entry__words"), Value(query)) * worth, FloatField())


def translated(ids: Sequence[int], query: Query) -> set[int]:
    """Those of the notes that translations alone let be found."""
    if not (ids and query):
        return set()
    own = Q(words__holds=query.every(ORIGINAL))
    partly = ~Q(words__holds=query.every()) & Q(words__holds=query.some(ORIGINAL))
    entries = NoteEntry.objects.filter(pk__in=ids).exclude(own | partly)
    return set(entries.values_list("pk", flat=True))


def person_ids(question: Question, viewer: Viewer) -> list[int]:
    """People whose names or words about themselves begin like this, the best known first."""
    if not (query := question.query()):
        return []
    begun = query.beginning()
    entries = PersonEntry.objects.holding(begun)
    people = User.objects.visible(viewer).filter(pk__in=entries.values("pk"))
    known = Ln(Cast(F("follower_count") + 1, FloatField()))
    return _best(people, begun, known, Q(username=question.text.strip().lower()))


def topic_ids(question: Question, viewer: Viewer) -> list[int]:
    """Topics whose name begins like this, or is typed so; the most used first."""
    if not (query := question.query()):
        return []
    begun = query.beginning()
    hits = TopicEntry.objects.holding(begun).order_by("-note_count").values("pk")[:MOST_NAMES]
    topics = Topic.objects.in_use(viewer).filter(pk__in=hits)
    used = Ln(Cast(F("entry__note_count") + 1, FloatField()))
    return _best(topics, begun, used, Q(name=question.text.strip().lower()))


def board_ids(question: Question, viewer: Viewer) -> list[int]:
    """Boards under this name: public ones, and one's own."""
    if not (query := question.query()):
        return []
    begun = query.beginning()
    entries = BoardEntry.objects.holding(begun)
    boards = Board.objects.visible(viewer).filter(pk__in=entries.values("pk"))
    return _best(boards, begun, Value(0.0), Q(name=question.text.strip()))


def _best(
    things: QuerySet[Any], query: str, known: Expression, exact: Q, most: int = MOST_NAMES
) -> list[int]:
    """Ids of the things: who has exactly this name first, then by match and renown."""
    same = Case(When(exact, then=Value(True)), default=Value(False), output_field=BooleanField())
    match = Match(F("entry__words"), Value(query))
    score = ExpressionWrapper(match * (Value(1.0) + known * Value(0.3)), FloatField())
    ranked = things.annotate(same=same, score=score).order_by("-same", "-score", "pk")
    return list(ranked.values_list("pk", flat=True)[:most])


FINDERS: dict[str, Callable[[Question, Viewer], list[int]]] = {
    "notes": note_ids,
    "users": person_ids,
    "topics": topic_ids,
    "boards": board_ids,
}
