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
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Extract, Ln, Now
from django.utils import timezone

from accounts.models import Block, User, Viewer
from feeds.search.models import BoardEntry, Match, NoteEntry, PersonEntry, TopicEntry
from feeds.search.stems import stems_of
from feeds.search.terms import ORIGINAL, Query, tidy
from notes.models import Board, Note, NoteQuerySet, Topic, Translation
from notes.parsing import fold_topic

# Of very many hits the newest are ranked.
LOOKED_AT = 500
MOST_NAMES = 200
# With fewer hits than this, notes that lack a word or two are shown after them.
FEW = 10
# A note of this age counts half as much for being new as one of today.
HALF_NEW = 30 * 86_400.0
NEW, LIKED = 0.5, 0.1

Finder = Callable[["Question", Viewer], list[int]]

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
    every = ranked_notes(question, viewer, query.every(), query.every())
    found = _ids_of(every, query.every(ORIGINAL), viewer)
    if len(found) < FEW and (most := query.most()):
        others = ranked_notes(question, viewer, most, query.some())
        ids = _ids_of(others, query.most(ORIGINAL), viewer)
        found += [pk for pk in ids if pk not in found]
    return found


def _ids_of(ranked: NoteQuerySet, own: str, viewer: Viewer) -> list[int]:
    """Without those that only the words of somebody let be found whom the viewer has blocked, or
    is blocked by: to them these words are not shown."""
    if isinstance(viewer, User):
        theirs = Translation.objects.filter(
            ~Q(language=OuterRef("second_language")),
            note=OuterRef("pk"),
            wording__by__in=Block.objects.around(viewer),
        )
        ranked = ranked.exclude(~Q(entry__words__holds=own) & Exists(theirs))
    return list(ranked.values_list("pk", flat=True))


def ranked_notes(question: Question, viewer: Viewer, held: str, weighed: str) -> NoteQuerySet:
    """The newest notes that hold one query, in the order of how well they match the other."""
    period = PERIODS.get(question.period)
    since = timezone.now() - period if period else None
    hits = NoteEntry.objects.holding(held).of(
        language=question.language, topic=question.topic, since=since
    )
    newest = hits.newest().values("pk")[:LOOKED_AT]
    notes = Note.objects.recommendable().filter(pk__in=newest)
    # What may be recommended is visible to whoever is not known.
    notes = notes.visible(viewer) if isinstance(viewer, User) else notes
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


def people_found(question: Question, viewer: Viewer, most: int = MOST_NAMES) -> QuerySet[User]:
    """People whose names or words about themselves begin like this, the best known first."""
    return people_named(_beginning(question), question.text.lower(), viewer, most)


def people_named(begun: str, exact: str, viewer: Viewer, most: int) -> QuerySet[User]:
    """The same of a beginning that is written as a query, and of the name if it is all of one."""
    hits = PersonEntry.objects.holding(begun).best_known().values("pk")[: 10 * most if begun else 0]
    people = User.objects.visible(viewer).filter(pk__in=hits)
    return _best(people, begun, Q(username=exact))[:most]


def topics_found(question: Question, viewer: Viewer, most: int = MOST_NAMES) -> QuerySet[Topic]:
    """Topics whose name begins like this, or is typed so; the most used first."""
    return topics_named(_beginning(question), question.text.lower(), viewer, most)


def topics_named(begun: str, exact: str, viewer: Viewer, most: int) -> QuerySet[Topic]:
    """The same of a beginning that is written as a query, and of the name if it is all of one."""
    hits = TopicEntry.objects.holding(begun).best_known().values("pk")[: 10 * most if begun else 0]
    topics = Topic.objects.in_use(viewer).filter(pk__in=hits)
    return _best(topics, begun, Q(name=exact))[:most]


def boards_found(question: Question, viewer: Viewer, most: int = MOST_NAMES) -> QuerySet[Board]:
    """Boards under this name: public ones, and one's own."""
    begun = _beginning(question)
    hits = BoardEntry.objects.holding(begun).best_known().values("pk")[: 10 * most if begun else 0]
    boards = Board.objects.visible(viewer).filter(pk__in=hits)
    return _best(boards, begun, Q(name=question.text))[:most]


def _beginning(question: Question) -> str:
    query = question.query()
    return query.beginning() if query else ""


def _best(things: QuerySet[Any], query: str, exact: Q) -> QuerySet[Any]:
    """Who has exactly this name first, then by match and renown."""
    same = Case(When(exact, then=Value(True)), default=Value(False), output_field=BooleanField())
    match = Match(F("entry__words"), Value(query))
    renown = Value(1.0) + Value(0.2) * F("entry__renown")
    score = ExpressionWrapper(match * renown, FloatField())
    ranked: QuerySet[Any] = things.annotate(same=same, score=score)
    return ranked.order_by("-same", "-score", "pk")


def _ids(found: Callable[[Question, Viewer], QuerySet[Any]]) -> Finder:
    return lambda question, viewer: list(found(question, viewer).values_list("pk", flat=True))


FINDERS: dict[str, Finder] = {
    "notes": note_ids,
    "users": _ids(people_found),
    "topics": _ids(topics_found),
    "boards": _ids(boards_found),
}
