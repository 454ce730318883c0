"""What can be found: which things, which of them are not written down as they are, how to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Log
from django.utils import timezone

from accounts.models import User
from feeds.search import texts
from feeds.search.models import BoardEntry, Entry, NoteEntry, PersonEntry, TopicEntry
from feeds.search.stems import stems_of
from feeds.search.vectors import Part, read, vector, words_of
from notes.models import Board, Image, Note, Topic, Translation, Version, Wording

# How long after it became visible something is looked for at every tick.
LATELY = timedelta(minutes=10)
NEWEST = 200


def vectors(every: Sequence[list[Part]]) -> list[str]:
    """The tsvectors of several things, their stems asked for at once."""
    cut = [read(parts) for parts in every]
    stems = stems_of(set().union(*map(words_of, cut)))
    return [vector(each, stems) for each in cut]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing. `things` may be found; `due` keeps those whose entry is missing or old;
    `news` are ids worth a look at every tick; a walk looks at the next `window` ids besides.
    """

    entry: type[Entry]
    things: Callable[[], QuerySet[Any]]
    due: Callable[[QuerySet[Any]], QuerySet[Any]]
    entries: Callable[[QuerySet[Any]], list[Entry]]
    news: Callable[[], Iterable[int | None]]
    window: int = 1000


def _notes() -> QuerySet[Note]:
    return Note.objects.recommendable().published()


def _new_notes() -> set[int | None]:
    """Written, made visible, shown with other words or translated lately."""
    since = timezone.now() - LATELY
    notes = Note.objects.order_by("-pk").values_list("pk", flat=True)
    lately = Note.objects.filter(published_at__gt=since).newest().values_list("pk", flat=True)
    edited = Version.objects.filter(shown_at__gt=since).order_by("-shown_at")
    translated = Translation.objects.filter(note__isnull=False).order_by("-pk")
    worded = Wording.objects.filter(translation__note__isnull=False).order_by("-pk")
    return {
        *notes[:NEWEST],
        *lately[:NEWEST],
        *edited.values_list("note_id", flat=True)[:NEWEST],
        *translated.values_list("note_id", flat=True)[:NEWEST],
        *worded.values_list("translation__note_id", flat=True)[:NEWEST],
    }


def _due_notes(notes: QuerySet[Note]) -> QuerySet[Note]:
    """Changed, or said otherwise in another language, since they were written down."""
    indexed_at = OuterRef("entry__indexed_at")
    decided = (
        Q(case__decided_at__gt=indexed_at)
        | Q(wording__case__decided_at__gt=indexed_at)
        | Q(wordings__decided_at__gt=indexed_at)
    )
    translated = Exists(Translation.objects.filter(decided, note=OuterRef("pk")))
    return notes.filter(~Q(entry__version=F("version")) | Q(translated))


def _note_entries(notes: QuerySet[Note]) -> list[Entry]:
    now = timezone.now()
    found: list[Any] = list(notes.annotate(topic_titles=_topic_titles(), alts=_alts()))
    translations = texts.translations_of(found)
    written = vectors([texts.parts_of_note(note, translations[note.pk]) for note in found])
    return [
        NoteEntry(
            note=note,
            words=words,
            version=note.version,
            language=note.language,
            published_at=note.published_at or now,
            indexed_at=now,
        )
        for note, words in zip(found, written, strict=True)
    ]


def _topic_titles() -> ArraySubquery:
    about = Topic.objects.filter(notes=OuterRef("pk")).order_by("pk")
    return ArraySubquery(about.values("title"))


def _alts() -> ArraySubquery:
    return ArraySubquery(Image.objects.filter(note=OuterRef("pk")).exclude(alt="").values("alt"))


def _person_entries(people: QuerySet[User]) -> list[Entry]:
    found: list[Any] = list(people.annotate(renown=_logarithm("follower_count")))
    written = vectors([texts.parts_of_person(person) for person in found])
    now = timezone.now()
    return [
        PersonEntry(
            person=person,
            words=words,
            version=person.version,
            renown=person.renown,
            indexed_at=now,
        )
        for person, words in zip(found, written, strict=True)
    ]


def _used() -> Coalesce:
    """How many notes of a topic a stranger could come across: of others not even a trace."""
    shown = _notes().filter(topics=OuterRef("pk"))
    counted = shown.order_by().values("topics").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted), 0)


def _topic_entries(topics: QuerySet[Topic]) -> list[Entry]:
    found: list[Any] = list(topics.annotate(used=_used()))
    written = vectors([texts.parts_of_topic(topic) for topic in found])
    now = timezone.now()
    return [
        TopicEntry(
            topic=topic,
            words=words,
            note_count=topic.used,
            renown=topic.used.bit_length(),
            indexed_at=now,
        )
        for topic, words in zip(found, written, strict=True)
    ]


def _board_entries(boards: QuerySet[Board]) -> list[Entry]:
    found: list[Any] = list(boards.annotate(kept=Count("saves")))
    written = vectors([texts.parts_of_board(board) for board in found])
    now = timezone.now()
    return [
        BoardEntry(
            board=board,
            words=words,
            name=board.name,
            renown=board.kept.bit_length(),
            indexed_at=now,
        )
        for board, words in zip(found, written, strict=True)
    ]


def _logarithm(counted: str) -> Cast:
    """To the base of 2, rounded: it changes seldom."""
    many = Cast(F(counted) + 1, FloatField())
    return Cast(Log(Value(2.0), many), PositiveSmallIntegerField())


def _newest(things: Callable[[], QuerySet[Any]]) -> Callable[[], Iterable[int]]:
    return lambda: things().order_by("-pk").values_list("pk", flat=True)[:NEWEST]


def _people() -> QuerySet[User]:
    return User.objects.active()


def _topics() -> QuerySet[Topic]:
    return Topic.objects.all()


def _boards() -> QuerySet[Board]:
    return Board.objects.exclude(name="")


SOURCES: dict[str, Source] = {
    "notes": Source(
        NoteEntry,
        _notes,
        _due_notes,
        _note_entries,
        _new_notes,
    ),
    "people": Source(
        PersonEntry,
        _people,
        lambda people: people.annotate(renown=_logarithm("follower_count")).exclude(
            entry__version=F("version"), entry__renown=F("renown")
        ),
        _person_entries,
        _newest(_people),
    ),
    "topics": Source(
        TopicEntry,
        _topics,
        lambda topics: topics.annotate(n=_used()).exclude(entry__note_count=F("n")),
        _topic_entries,
        _newest(_topics),
        window=100,
    ),
    "boards": Source(
        BoardEntry,
        _boards,
        lambda boards: boards.exclude(entry__name=F("name")),
        _board_entries,
        _newest(_boards),
    ),
}
