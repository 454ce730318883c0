"""Sanctioning people: for a time by one person, for ever by two."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import tell_by_letter
from accounts.models import User
from accounts.words import checked, refused
from moderation.actions.asking import APPEALED_WITHIN
from moderation.actions.deciding import (
    REASON_LENGTH,
    decide_by_hand,
    permission_to,
    ruling_by_hand,
)
from moderation.models import (
    MOST_ATTEMPTS,
    AlreadyDecidedError,
    Case,
    Sanction,
    SanctionKind,
    Verdict,
)
from moderation.models.sanctions import ACCOUNT, OUTCOME_OF
from moderation.policy import Outcome
from moderation.rulebook import RULE_IDS, load_rulebook, localised
from moderation.sanctioning import obey

MOST_DAYS = 365
BY_LETTER = "appeal by letter"


@transaction.atomic
def sanction(
    person: User, by: User, kind: str, rule: str, reason: str = "", days: int | None = None
) -> Sanction:
    """Sanction somebody for so many days; a ban is only proposed.

    Raises PermissionDenied, and ValidationError naming the field.
    """
    if not by.has_perm(permission_to(kind)):
        raise PermissionDenied
    _check(person, kind, rule, days)
    reason = checked("reason", reason, REASON_LENGTH)
    ends_at = timezone.now() + timedelta(days=days) if days and kind != SanctionKind.BAN else None
    made = Sanction(
        person=person, kind=kind, rule=rule, reason=reason, by=by, by_key=by.pk, ends_at=ends_at
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise refused("kind", _("This sanction is in force, or proposed, already.")) from None
    if kind != SanctionKind.BAN:
        _begin(made, by)
    return made


def _check(person: User, kind: str, rule: str, days: int | None) -> None:
    if kind not in SanctionKind.values:
        raise refused("kind", _("Choose a sanction."), "invalid_choice")
    if rule not in RULE_IDS:
        raise refused("rule", _("A restriction names its rule."), "required")
    if person.is_staff:
        raise refused("kind", _("Staff is not sanctioned here: take the role away first."))
    if kind != SanctionKind.BAN and not 1 <= (days or 0) <= MOST_DAYS:
        raise refused("days", _("From 1 to %(most)s days."), "invalid", most=MOST_DAYS)


@transaction.atomic
def second_ban(proposal: Sanction, by: User) -> None:
    """Agree to a ban that another proposed; it begins.

    Raises PermissionDenied for who proposed it, AlreadyDecidedError when it waits no more.
    """
    if by.pk == proposal.by_key or not by.has_perm("moderation.suspend_person"):
        raise PermissionDenied
    waiting = Sanction.objects.proposed().filter(pk=proposal.pk, kind=SanctionKind.BAN)
    if waiting.update(seconded_by=by, seconded_key=by.pk) != 1:
        raise AlreadyDecidedError(proposal.pk)
    proposal.seconded_by, proposal.seconded_key = by, by.pk
    _begin(proposal, proposal.by or by)


@transaction.atomic
def lift_sanction(of: Sanction, by: User, reason: str = "") -> None:
    """End a sanction before its time, or withdraw a proposal. What it took is given back."""
    if of.case is not None:
        decide_by_hand(of.case, by, Outcome.PUBLISH, reason=reason)
    elif not by.has_perm(permission_to(of.kind)):
        raise PermissionDenied
    elif Sanction.objects.proposed().filter(pk=of.pk).update(ended_at=timezone.now()) != 1:
        raise AlreadyDecidedError(of.pk)


def _begin(of: Sanction, by: User) -> None:
    """Open the case of a sanction, decide it, do what it says, and write to the person."""
    person = of.person
    if person is None:
        raise AlreadyDecidedError(of.pk)
    case = Case.objects.create(
        kind=ACCOUNT,
        author=person,
        text="\n\n".join(filter(None, (f"@{person.username}", person.display_name, person.bio))),
        url=reverse("decisions"),
        attempts=MOST_ATTEMPTS,
        ready_at=timezone.now(),
    )
    Sanction.objects.filter(pk=of.pk).update(case=case)
    of.case = case
    verdict = case.decide(
        ruling_by_hand(case, OUTCOME_OF[SanctionKind(of.kind)], of.rule), by, of.reason
    )
    obey(person)
    _write_to(person, of, verdict)


def _write_to(person: User, of: Sanction, verdict: Verdict) -> None:
    """The statement of reasons, with a way to appeal for who can no longer log in."""
    path = reverse("appeal-by-letter", args=[signing.dumps(verdict.pk, salt=BY_LETTER)])
    found = load_rulebook().rule(of.rule)
    context = {
        "sanction": of,
        "reason": of.reason,
        "rule": localised(found.title, person.ui_language),
        "principle": localised(found.principle, person.ui_language),
        "appeal_url": f"{settings.ORIGIN}{path}",
        "appeal_until": verdict.created_at + APPEALED_WITHIN,
    }
    tell_by_letter(person, "email/sanction", context)


def verdict_of_letter(token: str) -> int | None:
    """The id of the verdict that the link of a letter is about; None for one that is none."""
    try:
        found = signing.loads(token, salt=BY_LETTER, max_age=APPEALED_WITHIN)
    except signing.BadSignature:
        return None
    return int(found)
