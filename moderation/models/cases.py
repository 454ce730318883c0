"""Cases and their history. Content points down at its case; a case has never heard of content."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind, Notification, User
from moderation.policy import Outcome, Ruling

MOST_ATTEMPTS = 5
# Stands in the place of a policy version where a person decided.
BY_HAND = "by hand"
OVERDUE_AFTER = timedelta(seconds=5)


class AlreadyDecidedError(Exception):
    """Somebody else decided the case since it was read."""


class State(models.TextChoices):
    """Where a case stands, and with it what it judges."""

    PENDING = "pending", _("under review")
    PUBLISHED = "published", _("published")
    LIMITED = "limited", _("limited")
    HELD = "held", _("held for a person")
    REMOVED = "removed", _("removed")


class Readers(models.TextChoices):
    """Who could read the content once it is published."""

    EVERYONE = "everyone", _("everyone")
    SOME = "some", _("some people")
    NOBODY = "nobody", _("nobody else")


STATE_OF = {
    Outcome.PUBLISH: State.PUBLISHED,
    Outcome.WARN: State.PUBLISHED,
    Outcome.LIMIT: State.LIMITED,
    Outcome.HOLD: State.HELD,
    Outcome.REMOVE: State.REMOVED,
}
VISIBLE_STATES = (State.PUBLISHED, State.LIMITED)


class CaseQuerySet(models.QuerySet["Case"]):
    def pending(self) -> Self:
        return self.filter(state=State.PENDING, closed_at=None)

    def judgeable(self) -> Self:
        """Pending, with all there is to see, and not given up on."""
        return self.pending().filter(ready_at__isnull=False, attempts__lt=MOST_ATTEMPTS)

    def waiting_for_a_person(self) -> Self:
        """Held, reported, appealed, or given up on; never what nobody else could read."""
        stuck = Q(state=State.PENDING, attempts__gte=MOST_ATTEMPTS)
        asked = Q(reports__state="open") | Q(verdicts__appeal__state="open")
        waiting = Case.objects.filter(Q(state=State.HELD) | stuck | asked, closed_at=None)
        return self.filter(pk__in=waiting.values("pk")).exclude(readers=Readers.NOBODY)

    def for_the_desk(self) -> Self:
        """What a moderator may look at: the public, and of the rest what somebody must decide."""
        followers = Q(readers=Readers.SOME) | Q(readers=Readers.EVERYONE, author__is_private=True)
        restricted = followers & ~Q(state__in=[State.PENDING, State.PUBLISHED])
        public = Q(readers=Readers.EVERYONE) & ~Q(author__is_private=True)
        return self.filter(public | restricted)

    def overdue(self) -> Self:
        """Ready to be judged for a while; oldest first."""
        late = timezone.now() - OVERDUE_AFTER
        return self.judgeable().filter(ready_at__lt=late).order_by("ready_at")


class Case(models.Model):
    """What moderation judges: a snapshot of somebody's content, born pending."""

    kind = models.CharField(_("kind"), max_length=20)
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="cases", verbose_name=_("author")
    )
    text = models.TextField(_("text"))
    images = ArrayField(
        models.CharField(max_length=100), verbose_name=_("images"), default=list, blank=True
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    url = models.CharField(_("address"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    readers = models.CharField(
        _("readers"), max_length=10, choices=Readers.choices, default=Readers.EVERYONE
    )
    warning = models.CharField(_("content warning"), max_length=30, blank=True)
    rule = models.CharField(_("rule"), max_length=30, blank=True)
    tension = models.FloatField(_("tension"), default=0)
    # Rises with every decision and every new snapshot: who decides must have read the last one.
    version = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    # Empty while pictures are still being made.
    ready_at = models.DateTimeField(_("ready"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    # When the content was deleted: there is nothing left to decide.
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["ready_at"], name="case_pending", condition=Q(state="pending")),
            models.Index(fields=["opened_at"], name="case_held", condition=Q(state="held")),
            models.Index(fields=["author", "-id"], name="case_by_author"),
            models.Index(fields=["decided_at"], name="case_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.text[:40]}"

    def decide(self, ruling: Ruling, by: User | None = None, reason: str = "") -> Verdict:
        """Change the state: the one door, for a machine (`by` is None) and a person alike.

        Raises AlreadyDecidedError when the case is no longer as it was read.
        """
        with transaction.atomic():
            before = self._move(ruling)
            verdict = Verdict.objects.create(
                case=self,
                outcome=ruling.outcome,
                rule=ruling.rule,
                by=by,
                reason=reason,
                tension=ruling.tension,
                evidence=[asdict(evidence) for evidence in ruling.evidence],
                policy_version=ruling.version,
            )
            self._tell_author(verdict, before)
            if verdict.by_hand and ruling.outcome is not Outcome.HOLD:
                self._answer_reports(verdict)
        return verdict

    def _move(self, ruling: Ruling) -> str:
        after = {
            "state": STATE_OF[ruling.outcome],
            "warning": ruling.rule if ruling.outcome is Outcome.WARN else "",
            "rule": ruling.rule,
            "tension": ruling.tension,
            "language": ruling.language or self.language,
            "decided_at": timezone.now(),
        }
        as_read = Case.objects.filter(pk=self.pk, state=self.state, version=self.version)
        if as_read.update(version=F("version") + 1, **after) != 1:
            raise AlreadyDecidedError(self.pk)
        before = self.state
        for name, value in after.items():
            setattr(self, name, value)
        self.version += 1
        return before

    def _tell_author(self, verdict: Verdict, before: str) -> None:
        """A restriction is always told, and so is its end."""
        restricts = verdict.outcome != Outcome.PUBLISH
        frees = before in (State.HELD, State.LIMITED, State.REMOVED)
        if self.author_id and (restricts or frees):
            Notification.objects.create(
                recipient_id=self.author_id,
                kind=Kind.VERDICT,
                data={
                    "verdict": verdict.pk,
                    "outcome": verdict.outcome,
                    "rule": verdict.rule,
                    "kind": self.kind,
                    "url": self.url,
                    "by_person": verdict.by_hand,
                },
            )

    def _answer_reports(self, verdict: Verdict) -> None:
        """A person decided: whoever reported hears what came of it, and nothing else."""
        upheld = verdict.outcome != Outcome.PUBLISH
        state = "upheld" if upheld else "dismissed"
        told = [
            Notification(
                recipient=report.reporter,
                kind=Kind.REPORT,
                data={"report": report.pk, "state": state, "kind": self.kind, "url": self.url},
            )
            for report in self.reports.filter(state="open").select_related("reporter")
            if report.reporter
        ]
        after = {"state": state, "verdict": verdict, "closed_at": timezone.now()}
        self.reports.filter(state="open").update(**after)
        Notification.objects.bulk_create(told)


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def about(self, person: User) -> Self:
        """What restricted something of a person's, and what ended a restriction."""
        earlier = Verdict.objects.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
        published = Q(outcome=Outcome.PUBLISH) & ~Exists(earlier)
        return self.filter(~published, case__author=person)


class Verdict(models.Model):
    """One decision on a case. Never changed, never deleted: a database trigger says so."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="verdicts")
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


class Moderated(models.Model):
    """Content with a case. RESTRICT: a case outlives its content, never the other way round."""

    case = models.OneToOneField(Case, models.RESTRICT, related_name="+", editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        return self.case.state
