"""What a text says in another language: by a machine, or in the better words of a reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, Language, User, Viewer
from moderation.models import VISIBLE_STATES, Case, Moderated
from notes.models.comment import Comment

MOST_TRANSLATION_ATTEMPTS = 5
# How long a worker has a text for itself.
LEASE = timedelta(seconds=30)


class TranslationQuerySet(models.QuerySet["Translation"]):
    def due(self) -> Self:
        """Not made yet, and not to be left alone for now."""
        few = self._unmade().filter(attempts__lt=MOST_TRANSLATION_ATTEMPTS)
        return few.filter(due_at__lte=timezone.now())

    def given_up(self) -> Self:
        """Tried too often; tried again if somebody asks."""
        tried = self._unmade().filter(attempts__gte=MOST_TRANSLATION_ATTEMPTS)
        return tried.filter(due_at__lte=timezone.now())

    def _unmade(self) -> Self:
        return self.filter(made_at=None).exclude(problem=Translation.Problem.UNSUPPORTED)

    def shown(self) -> Self:
        """With words that everybody may read who may read the text."""
        worded = Q(wording__case__state__in=VISIBLE_STATES)
        return self.filter(worded | Q(case__state__in=VISIBLE_STATES))

    def about(self, note: models.Model) -> Self:
        """Of a note and of the comments under it."""
        return self.filter(Q(note=note) | Q(comment__note=note))

    def under(self, *, author: User) -> Self:
        """Of all that somebody wrote, and of what was said under their notes."""
        theirs = Q(note__author=author) | Q(comment__author=author)
        return self.filter(theirs | Q(comment__note__author=author) | Q(person=author))

    def cases(self) -> list[int]:
        """The cases of these and of what readers offered for them."""
        offered = Wording.objects.filter(translation__in=self).values_list("case", flat=True)
        return [*self.filter(case__isnull=False).values_list("case", flat=True), *offered]


class Translation(models.Model):
    """One wording of a text, told by `digest`, in one language. The row is the queue."""

    class Problem(models.TextChoices):
        """Why there are no words of a machine."""

        LATE = "late", _("the service did not answer")
        UNSUPPORTED = "unsupported", _("the service does not know this language")

    # Of these three one.
    note = models.ForeignKey("notes.Note", models.CASCADE, null=True, related_name="translations")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="translations")
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="translations")
    digest = models.CharField(max_length=32)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    source_language = models.CharField(max_length=8, blank=True)
    # The machine's words and its name; both empty until it spoke.
    title = models.TextField(_("title"), blank=True)
    body = models.TextField(_("text"), blank=True)
    provider = models.CharField(_("translated by"), max_length=40, blank=True)
    # Judges the machine's words.
    case = models.OneToOneField(Case, models.RESTRICT, null=True, related_name="+", editable=False)
    # What is shown in the place of the machine's words.
    wording = models.ForeignKey("Wording", models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)
    made_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "comment", "person", "language", "digest"],
                name="translation_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=False, comment=None, person=None)
                | Q(note=None, comment__isnull=False, person=None)
                | Q(note=None, comment=None, person__isnull=False),
                name="translation_of_one_text",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="translation_due",
                condition=Q(made_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.note or self.comment or self.person} → {self.language}"

    @property
    def is_given_up(self) -> bool:
        """Tried too often, and long enough ago to be tried again if somebody asks."""
        return self.attempts >= MOST_TRANSLATION_ATTEMPTS and self.due_at <= timezone.now()


class WordingQuerySet(models.QuerySet["Wording"]):
    def open(self) -> Self:
        """Offered, and nobody said yes or no."""
        return self.filter(decided_at=None)

    def readable(self, reader: Viewer, *, decides: bool) -> Self:
        """What was taken, one's own, and to whom decides also what is offered."""
        seen = self.filter(by__is_active=True)
        theirs = Q(is_accepted=True) | (Q(decided_at=None) if decides else Q(pk=None))
        shown = theirs & Q(case__state__in=VISIBLE_STATES)
        if not isinstance(reader, User):
            return seen.filter(shown)
        return seen.filter(shown | Q(by=reader)).exclude(by__in=Block.objects.around(reader))


class Wording(Moderated):
    """Better words for a translation, offered by a reader."""

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="wordings")
    by = models.ForeignKey(User, models.CASCADE, related_name="wordings", verbose_name=_("by"))
    title = models.TextField(_("title"), blank=True)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("offered"), auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    is_accepted = models.BooleanField(_("accepted"), default=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "by"],
                name="wording_open_once",
                condition=Q(decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.body[:40]
