"""E-mails that wait to be sent, and exports that are made."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User

MOST_ATTEMPTS = 5


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> Self:
        """To be sent by now; oldest first."""
        waiting = self.filter(due_at__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
        return waiting.order_by("due_at")


class Letter(models.Model):
    """An e-mail on its way. The row is the queue; it goes once the mail server has taken it."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return self.subject


class ExportQuerySet(models.QuerySet["Export"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[Export.State.QUEUED, Export.State.RUNNING])

    def outdated(self) -> Self:
        """Whose link no longer opens."""
        late = timezone.now() - Export.KEPT_FOR
        return self.filter(created_at__lt=late).exclude(state=Export.State.EXPIRED)


class Export(models.Model):
    """Everything of one person as a zip, made by a worker and kept for a day."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("expired")

    KEPT_FOR = timedelta(hours=24)

    user = models.ForeignKey(User, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    # 0 to 100, by notes.
    progress = models.PositiveSmallIntegerField(default=0)
    # Where it lies in the storage, under a random name.
    file = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            # One at a time: who asks again gets the one that is being made.
            models.UniqueConstraint(
                fields=["user"],
                name="export_one_at_a_time",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
