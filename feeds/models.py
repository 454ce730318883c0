"""What feeds know: weights, what readers asked for, what was shown, what was learned from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from feeds.exchange.models import Prompt as Prompt
from feeds.scoring import DEFAULT_WEIGHTS, TERMS
from feeds.search.models import Asked as Asked
from feeds.search.models import BoardEntry as BoardEntry
from feeds.search.models import NoteEntry as NoteEntry
from feeds.search.models import PersonEntry as PersonEntry
from feeds.search.models import PopularQuery as PopularQuery
from feeds.search.models import TopicEntry as TopicEntry
from notes.models import Note, Topic


class Weights(models.Model):
    """A version of the weights of all terms. Never changed: a change is a new version."""

    values = models.JSONField(_("weights"), default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @classmethod
    def current(cls) -> tuple[int, Mapping[str, float]]:
        """Return the newest version and its weights; version 0 are those of the code."""
        row = cls.objects.order_by("-pk").values_list("pk", "values").first()
        if row is None:
            return 0, DEFAULT_WEIGHTS
        return row[0], {term: float(row[1].get(term, DEFAULT_WEIGHTS[term])) for term in TERMS}


class Taste(models.Model):
    """How somebody wants their home; who has no row wants what is usual."""

    class Other(models.TextChoices):
        """How much of the other language."""

        NONE = "none", _("Only the languages I read")
        SOME = "some", _("A little, translated")
        BOTH = "both", _("As much as of my own")

    reader = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="taste")
    personal = models.BooleanField(_("Arrange my home for me"), default=True)
    other_language = models.CharField(
        _("the other language"), max_length=4, choices=Other.choices, default=Other.SOME
    )
    # What happened before says nothing any more.
    forgotten_at = models.DateTimeField(null=True, editable=False)
    # When the reader chose topics, or said that they would rather not.
    asked_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.reader_id}"

    @classmethod
    def of(cls, reader: User) -> Taste:
        """The reader's row, or one that is not stored and says what is usual."""
        return cls.objects.filter(pk=reader.pk).first() or cls(reader=reader)


class Less(models.Model):
    """Somebody wants fewer notes like this one."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="+")
    note = models.ForeignKey(Note, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "reader"], name="less_once")]
        indexes = [models.Index(fields=["reader", "-id"], name="less_by_reader")]

    def __str__(self) -> str:
        return f"{self.reader_id} ↓ {self.note_id}"


class Place(models.TextChoices):
    """Where a note was met."""

    HOME = "h", _("home")
    EXPLORE = "e", _("explore")
    OPENED = "o", _("opened")


class EncounterQuerySet(models.QuerySet["Encounter"]):
    def shown(self) -> Self:
        return self.exclude(place=Place.OPENED)


class Encounter(models.Model):
    """A note was shown to a reader, or opened by them. Written in batches."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="+", db_constraint=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="+", db_constraint=False)
    place = models.CharField(max_length=1, choices=Place.choices)
    at = models.DateTimeField()

    objects = EncounterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["reader", "-id"], name="encounter_by_reader"),
            models.Index(fields=["at"], name="encounter_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.place} {self.note_id}"


class StreamPosition(models.Model):
    """How far a stream of Redis is written to PostgreSQL, kept with what was written."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.CharField(max_length=40, default="0-0")

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Signal(models.Model):
    """What is known of a note beside its words: counts, and what was learned."""

    note = models.OneToOneField(
        Note, models.CASCADE, primary_key=True, related_name="signal", verbose_name=_("note")
    )
    seen = models.PositiveIntegerField(_("seen by"), default=0, db_default=0)
    talked = models.PositiveIntegerField(_("who commented"), default=0, db_default=0)
    disliked = models.PositiveIntegerField(_("who asked for less"), default=0, db_default=0)
    # The part of them that comes from readers who object to nearly all; see learning.objections.
    excess = models.FloatField(_("of these not counted"), default=0.0, db_default=0.0)
    # Expected approval on the less pleased side, and how much it divides; see learning.bridging.
    least = models.FloatField(null=True)
    divides = models.FloatField(null=True)
    # 32 numbers of 16 bits, of length 1: which notes are liked by the same people.
    vector = models.BinaryField(null=True)
    # Promised impressions are those of pool 0; each next pool is five times as large.
    pool = models.PositiveSmallIntegerField(_("pool"), default=0, db_default=0)

    class Meta:
        verbose_name = _("signals of a note")
        verbose_name_plural = _("signals of notes")
        indexes = [
            models.Index(fields=["-note"], name="signal_waiting", condition=models.Q(pool=0))
        ]

    def __str__(self) -> str:
        return f"{self.note_id}"


class ReaderTopic(models.Model):
    """How often a reader met notes of a topic, and liked them."""

    reader = models.ForeignKey(User, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField(default=0, db_default=0)
    liked = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "topic"], name="reader_topic_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} # {self.topic_id}"


class ContestedTopic(models.Model):
    """A topic about which people differ: its notes are held against each other only."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="+")
    divides = models.FloatField()

    def __str__(self) -> str:
        return f"{self.topic_id}"


class FigureQuerySet(models.QuerySet["Figure"]):
    def since(self, day: object) -> Self:
        return self.filter(day__gte=day).order_by("day", "language")

    def newest_day(self) -> object:
        return self.aggregate(day=Max("day"))["day"]


class Figure(models.Model):
    """How peaceful a day was, for the readers of a language."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=8)
    shown = models.PositiveIntegerField(_("shown"))
    divisive = models.FloatField(_("divisive share"))
    constructive = models.FloatField(_("constructive against supply"))
    lowest_approval = models.FloatField(_("lowest approval"))
    newcomers = models.FloatField(_("share of newcomers"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("harmony figure")
        verbose_name_plural = _("harmony figures")
        constraints = [models.UniqueConstraint(fields=["day", "language"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.language}"


class ReplayQuerySet(models.QuerySet["Replay"]):
    def since(self, day: object) -> Self:
        return self.filter(day__gte=day).order_by("day")


class Replay(models.Model):
    """How often an order would have put what readers liked on a day above what they passed over.

    A mean over `readers`, of which each counts once, within 95 % between `low` and `high`; see
    `feeds.replays`.
    """

    class Ranking(models.TextChoices):
        """What made the order, from what was known before the day."""

        TASTE = "taste", _("learned taste")
        LIKES = "likes", _("most liked")
        NEWEST = "newest", _("newest first")

    day = models.DateField(_("day"))
    # Empty: readers of all languages.
    language = models.CharField(_("language"), max_length=8, blank=True)
    ranking = models.CharField(_("order"), max_length=6, choices=Ranking.choices)
    readers = models.PositiveIntegerField(pgettext_lazy("how many", "readers"))
    share = models.FloatField(_("liked above passed over"))
    low = models.FloatField(_("at least"))
    high = models.FloatField(_("at most"))

    objects = ReplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "ranking"], name="replay_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.ranking}"
