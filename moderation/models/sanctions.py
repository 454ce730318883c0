"""Sanctions of accounts: each with a case of its own, so with a verdict, a reason and an appeal."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.models.cases import Case
from moderation.policy import Outcome

# The kind of the case of a sanction.
ACCOUNT = "account"


class SanctionKind(models.TextChoices):
    """What somebody may no longer, from the mildest to the hardest."""

    MUTE = "mute", _("muted: may not post or comment")
    LIMIT = "limit", _("limited: recommended to nobody")
    SUSPEND = "suspend", _("suspended: hidden and logged out")
    BAN = "ban", _("banned: suspended without an end")


OUTCOME_OF = {
    SanctionKind.MUTE: Outcome.LIMIT,
    SanctionKind.LIMIT: Outcome.LIMIT,
    SanctionKind.SUSPEND: Outcome.REMOVE,
    SanctionKind.BAN: Outcome.REMOVE,
}
HIDES = (SanctionKind.SUSPEND, SanctionKind.BAN)


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def proposed(self) -> Self:
        """Bans that wait for a second person."""
        return self.filter(case=None, ended_at=None)

    def in_force(self) -> Self:
        return self.filter(case__isnull=False, ended_at=None)

    def due_to_end(self) -> Self:
        """Whose time is over; oldest first."""
        return self.in_force().filter(ends_at__lte=timezone.now()).order_by("ends_at")


class Sanction(models.Model):
    """A sanction of a person. A ban has no case, and no effect, before a second person agrees.

    The keys are the ids of the people who decided; they stay when an account is erased.
    """

    person = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="sanctions", verbose_name=_("person")
    )
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="sanction")
    kind = models.CharField(_("kind"), max_length=10, choices=SanctionKind.choices)
    rule = models.CharField(_("rule"), max_length=30)
    reason = models.TextField(_("note to the person"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    by_key = models.BigIntegerField(editable=False)
    seconded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("seconded by")
    )
    seconded_key = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    ends_at = models.DateTimeField(_("until"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        permissions = [("suspend_person", "Can suspend people and propose or second bans")]
        indexes = [
            models.Index(fields=["ends_at"], name="sanction_in_force", condition=Q(ended_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="sanction_once", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                condition=Q(kind="ban", ends_at=None) | (~Q(kind="ban") & Q(ends_at__isnull=False)),
                name="sanction_ends_unless_ban",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ban") | Q(case=None) | Q(seconded_key__isnull=False),
                name="sanction_ban_by_two",
            ),
            models.CheckConstraint(
                condition=Q(seconded_key=None) | ~Q(seconded_key=F("by_key")),
                name="sanction_two_are_not_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.person}"
