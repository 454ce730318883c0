"""Verdicts: the history of a case, which only grows."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.policy import Outcome

# Stands in the place of a policy version where a person decided.
BY_HAND = "by hand"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def about(self, person: User) -> Self:
        """What restricted something of a person's, and what ended a restriction."""
        earlier = Verdict.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
        published = Q(outcome=Outcome.PUBLISH) & ~Exists(earlier)
        return self.filter(~published, case__author=person)


class Verdict(models.Model):
    """One decision on a case. Never changed, never deleted: a database trigger says so."""

    case = models.ForeignKey("moderation.Case", models.PROTECT, related_name="verdicts")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=[(o.value, o.value) for o in Outcome]
    )
    rule = models.CharField(_("rule"), max_length=30, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    tension = models.FloatField(default=0)
    evidence = models.JSONField(default=list)
    policy_version = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering: ClassVar[list[str]] = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="verdict_by_case")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.rule}".strip()

    @property
    def by_hand(self) -> bool:
        """Whether a person decided, even if their account is gone by now."""
        return self.policy_version == BY_HAND
