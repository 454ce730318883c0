"""What readers report. A reporter is never named to the reported."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.models.cases import Case
from moderation.models.verdicts import Verdict

# The reason of a report that fits no rule.
OTHER = "other"
DETAIL_LENGTH = 1_000


class ReportState(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("waiting for a person")
    UPHELD = "upheld", _("something was done")
    DISMISSED = "dismissed", _("nothing against the rules was found")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        return self.filter(state=ReportState.OPEN)

    def by(self, reporter: User) -> Self:
        return self.filter(reporter=reporter)


class Report(models.Model):
    """Somebody says that a case breaks a rule; a person's decision on the case answers it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports", verbose_name=_("case"))
    reporter = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="reports", verbose_name=_("reporter")
    )
    # A rule of the book, or OTHER.
    reason = models.CharField(_("reason"), max_length=30)
    detail = models.TextField(_("in their words"), max_length=DETAIL_LENGTH, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN
    )
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, related_name="answered")
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    closed_at = models.DateTimeField(_("answered"), null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["reporter", "-id"], name="report_by_reporter")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"], name="report_once", condition=Q(state="open")
            ),
            models.CheckConstraint(
                condition=Q(state="open", verdict=None) | (~Q(state="open") & ~Q(verdict=None)),
                name="report_answered_by_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.case_id}"
