"""Cases and their history. Content points down at its case; a case has never heard of content."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind, Notification, User
from moderation.models.states import (
    CLAIMED_FOR,
    HARM,
    MOST_ATTEMPTS,
    OF_PRIVATE,
    OVERDUE_AFTER,
    PUBLIC,
    STATE_OF,
    VISIBLE_STATES,
    AlreadyDecidedError,
    Readers,
    State,
)
from moderation.models.verdicts import Verdict
from moderation.policy import Outcome, Ruling


class CaseQuerySet(models.QuerySet["Case"]):
    def pending(self) -> Self:
        return self.filter(state=State.PENDING, closed_at=None)

    def judgeable(self) -> Self:
        """Pending, with all there is to see, and not given up on."""
        return self.pending().filter(ready_at__isnull=False, attempts__lt=MOST_ATTEMPTS)

    def waiting_for_a_person(self) -> Self:
        """Held, reported, appealed, given up on, or drawn; never what nobody else could read."""
        stuck = Q(state=State.PENDING, attempts__gte=MOST_ATTEMPTS)
        asked = Q(reports__state="open") | Q(verdicts__appeal__state="open")
        drawn = Q(sampled_at__isnull=False)
        waiting = Case.objects.filter(Q(state=State.HELD) | stuck | asked | drawn, closed_at=None)
        return self.filter(pk__in=waiting.values("pk")).exclude(readers=Readers.NOBODY)

    def for_the_desk(self) -> Self:
        """What a moderator may look at: the public, and of the rest what somebody must decide."""
        beyond = Case.objects.for_the_desk_alone().values("pk")
        return self.filter(PUBLIC | Q(pk__in=beyond))

    def for_the_desk_alone(self) -> Self:
        """What is for followers, and restricted or asked about."""
        followers = Q(readers=Readers.SOME) | (Q(readers=Readers.EVERYONE) & OF_PRIVATE)
        restricted = ~Q(state__in=[State.PENDING, State.PUBLISHED])
        asked = Q(pk__in=Case.objects.waiting_for_a_person().values("pk"))
        return self.filter(followers & (restricted | asked))

    def public(self) -> Self:
        """What everybody could read, once it is published."""
        return self.filter(PUBLIC)

    def claimed_beside(self, moderator: User) -> Self:
        """Which others are at."""
        fresh = self.filter(claimed_at__gt=timezone.now() - CLAIMED_FOR)
        return fresh.exclude(claimed_by=moderator).exclude(claimed_by=None)

    def free_for(self, moderator: User) -> Self:
        return self.exclude(pk__in=Case.objects.claimed_beside(moderator).values("pk"))

    def reported(self) -> Self:
        open_reports = Case.objects.filter(reports__state="open")
        return self.filter(pk__in=open_reports.values("pk"))

    def appealed(self) -> Self:
        appeals = Case.objects.filter(verdicts__appeal__state="open")
        return self.filter(pk__in=appeals.values("pk"))

    def with_asked(self) -> Self:
        """With `report_count`, the open reports, and `appeal_due`, when an appeal is to be
        answered."""
        these = Case.objects.order_by().filter(pk=OuterRef("pk")).values("pk")
        reports = these.filter(reports__state="open").annotate(n=models.Count("reports"))
        appeals = these.filter(verdicts__appeal__state="open")
        due = appeals.annotate(due=models.Min("verdicts__appeal__due_at"))
        return self.annotate(
            report_count=Coalesce(Subquery(reports.values("n")), 0),
            appeal_due=Subquery(due.values("due")),
        )

    def most_urgent(self) -> Self:
        """With `urgency`, which is harm times reach, the highest first; then the oldest."""
        whens = [models.When(rule=rule, then=harm) for rule, harm in HARM.items()]
        seen = models.When(state__in=VISIBLE_STATES, then=2)
        harm = models.Case(*whens, default=1) * models.Case(seen, default=1)
        urgent = self.with_asked().annotate(urgency=harm * (1 + F("report_count")))
        return urgent.order_by("-urgency", "opened_at", "pk")

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
    # Whose text others say in other words or comment on; they are not to blame for these.
    about = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    text = models.TextField(_("text"))
    images = ArrayField(
        models.CharField(max_length=100), verbose_name=_("images"), default=list, blank=True
    )
    # Of the pictures; what `hashes.fingerprint` makes of each.
    fingerprints = ArrayField(models.CharField(max_length=64), default=list, blank=True)
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
    claimed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True)
    # When it was drawn for a person to check what the machine was unsure of.
    sampled_at = models.DateTimeField(_("drawn to be checked"), null=True)
    # When the content was deleted: there is nothing left to decide.
    closed_at = models.DateTimeField(_("closed"), null=True)

    # Of `with_asked`.
    report_count: int
    appeal_due: datetime | None

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
        permissions = [("take_over_case", "Can take a case from another moderator")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.text[:40]}"

    @property
    def is_public(self) -> bool:
        """Whether everybody could read it, once it is published."""
        people = (self.author, self.about)
        private_account = any(person.is_private for person in people if person)
        return self.readers == Readers.EVERYONE and not private_account

    @property
    def is_bound(self) -> bool:
        """Whether a person restricted it or shall read it: no machine may free what takes its
        place."""
        if self.state == State.PENDING:
            return self.attempts >= MOST_ATTEMPTS
        if self.state == State.PUBLISHED and not self.warning:
            return False
        last = self.verdicts.last()
        return last is not None and last.by_hand

    @property
    def claimant(self) -> User | None:
        """Who is at it, if anybody still is."""
        fresh = self.claimed_at is not None and self.claimed_at > timezone.now() - CLAIMED_FOR
        return self.claimed_by if fresh else None

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
            "claimed_by": None,
            "claimed_at": None,
            "sampled_at": None,
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


class Moderated(models.Model):
    """Content with a case. RESTRICT: a case outlives its content, never the other way round."""

    case = models.OneToOneField(Case, models.RESTRICT, related_name="+", editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        return self.case.state
