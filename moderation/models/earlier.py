"""What another server decided about somebody, as the archive says that they brought with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User


class EarlierVerdict(models.Model):
    """A record for its owner alone: nothing here follows from it, and no figure counts it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="earlier_verdicts")
    about = models.CharField(max_length=20)
    url = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10)
    rule = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    by_person = models.BooleanField()
    # As the file tells it: text, state, answer and their times.
    appeal = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.rule}".strip()
