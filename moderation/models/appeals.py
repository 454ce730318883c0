"""Appeals: one a verdict, answered with words, by a person who did not decide before."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.models.verdicts import Verdict

APPEAL_LENGTH = 2_000


class AppealState(models.TextChoices):
    """What became of an appeal."""

    OPEN = "open", _("waiting for a person")
    KEPT = "kept", _("the decision stands")
    CHANGED = "changed", _("a milder or another decision")
    CANCELLED = "cancelled", _("the decision was cancelled")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(state=AppealState.OPEN)


class Appeal(models.Model):
    """The words of somebody who was restricted, and the answer.

    `first_key` and `decider_key` are the ids of the people who decided; they stay when an account
    is erased, so that the database itself can hold that the two differ. A trigger holds that
    `first_key` is who made the verdict.
    """

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="appeal")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="appeals")
    text = models.TextField(_("in their words"), max_length=APPEAL_LENGTH)
    state = models.CharField(
        _("state"), max_length=10, choices=AppealState.choices, default=AppealState.OPEN
    )
    answer = models.TextField(_("answer"), max_length=APPEAL_LENGTH, blank=True)
    first_key = models.BigIntegerField(null=True, editable=False)
    decider_key = models.BigIntegerField(null=True, editable=False)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_at = models.DateTimeField(_("to be answered by"))
    decided_at = models.DateTimeField(_("answered"), null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(fields=["due_at"], name="appeal_open", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(decider_key__isnull=False, decided_at__isnull=False) & ~Q(answer="")),
                name="appeal_answered_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(first_key=None) | Q(decider_key=None) | ~Q(decider_key=F("first_key")),
                name="appeal_not_by_the_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id}: {self.text[:40]}"
