"""Under which words things are found, what people asked, and what many ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import FloatField, Func, Lookup

from accounts.models import User
from feeds.search.terms import LONGEST
from notes.models import Board, Note, Topic

# What a match in D, C, B and A counts: translation, across words, words, title.
WEIGHTS = "{0.4,0.1,0.6,1.0}"


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`words @@ query`, the query written by `feeds.search.terms`."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", (*parameters, self.rhs)


class Match(Func):
    """How well words match a query, 0 to about 1; less in long texts."""

    function = "ts_rank"
    template = f"%(function)s('{WEIGHTS}', %(expressions)s::tsquery, 1)"
    output_field: FloatField[float, float] = FloatField()


class EntryQuerySet(models.QuerySet[Any]):
    def holding(self, query: str) -> Self:
        return self.filter(words__holds=query)

    def best_known(self) -> Self:
        """What many people know first."""
        return self.order_by("-renown", "-pk")


class Entry(models.Model):
    """The words under which something is found."""

    words = SearchVectorField()
    indexed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        # Without a list of what is pending, which every question would have to read through.
        indexes = [GinIndex(fields=["words"], name="%(class)s_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class NoteEntryQuerySet(EntryQuerySet):
    def of(self, *, language: str, topic: str, since: datetime | None) -> Self:
        """Those of a language, a topic, a period; what is empty does not matter."""
        found = self.filter(language=language) if language else self
        found = found.filter(note__topics__name=topic) if topic else found
        return found.filter(published_at__gte=since) if since else found

    def newest(self) -> Self:
        return self.order_by("-published_at")


class NoteEntry(Entry):
    """A note that may be found by strangers, as it was at one version."""

    note = models.OneToOneField(Note, models.CASCADE, primary_key=True, related_name="entry")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    published_at = models.DateTimeField()

    objects: ClassVar[Any] = NoteEntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        indexes = [
            *Entry.Meta.indexes,
            models.Index(fields=["-published_at"], name="note_entry_newest"),
        ]


class NameEntry(Entry):
    """The names of something; `renown` is the logarithm of how many know it, counted at times."""

    renown = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta(Entry.Meta):
        abstract = True


class PersonEntry(NameEntry):
    """A person, as they were at one version; known by who follows them."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="entry")
    version = models.PositiveIntegerField()


class TopicEntry(NameEntry):
    """A topic; known by the notes about it."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="entry")
    note_count = models.PositiveIntegerField()


class BoardEntry(NameEntry):
    """A board under its name; known by the notes in it."""

    board = models.OneToOneField(Board, models.CASCADE, primary_key=True, related_name="entry")
    name = models.CharField(max_length=60)


class PopularQuery(Entry):
    """What several people asked for lately."""

    text = models.CharField(max_length=LONGEST, unique=True)
    people = models.PositiveIntegerField()


class AskedQuerySet(models.QuerySet["Asked"]):
    def by(self, person: User) -> Self:
        return self.filter(person=person)

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Asked(models.Model):
    """What somebody asked for, once for all its spellings. Nobody else gets to see it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="searches")
    text = models.CharField(max_length=LONGEST)
    folded = models.CharField(max_length=LONGEST)
    at = models.DateTimeField()

    objects = AskedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "folded"], name="asked_once")]
        indexes = [
            models.Index(fields=["person", "-at"], name="asked_by_person"),
            models.Index(fields=["at"], name="asked_by_time"),
        ]

    def __str__(self) -> str:
        return self.text
