"""What sanctions do to a person: made to hold after every change, and ended at their time."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import actions as people
from accounts.models import User
from moderation.models import AlreadyDecidedError, Case, Sanction, SanctionKind, State, Verdict
from moderation.models.sanctions import ACCOUNT, HIDES, OUTCOME_OF
from moderation.policy import Outcome, Ruling

logger = logging.getLogger(__name__)
# Stands in the place of a policy version where a sanction ended by itself.
ITS_TIME = "end of its time"
# How long a ban lasts once it was made a limit.
MILDER_FOR = timedelta(days=30)


def follow(case: Case) -> None:
    """Do what was decided on the case of a sanction: end it, or make it milder."""
    sanction = Sanction.objects.in_force().filter(case=case).select_related("person").first()
    if sanction is None:
        return
    if case.state == State.PUBLISHED:
        Sanction.objects.filter(pk=sanction.pk).update(ended_at=timezone.now())
    elif case.state == State.LIMITED and sanction.kind in HIDES:
        _make_milder(sanction)
    if sanction.person:
        obey(sanction.person)


def _make_milder(sanction: Sanction) -> None:
    """A limit takes its place; where one is in force already, that one lasts as long."""
    mine = Sanction.objects.filter(pk=sanction.pk)
    ends_at = sanction.ends_at or timezone.now() + MILDER_FOR
    limits = Sanction.objects.in_force().filter(kind=SanctionKind.LIMIT)
    if sanction.person and limits.filter(person=sanction.person).update(
        ends_at=Greatest(F("ends_at"), ends_at)
    ):
        mine.update(ended_at=timezone.now())
    else:
        mine.update(kind=SanctionKind.LIMIT, ends_at=ends_at)


def obey(person: User) -> None:
    """Make an account what its sanctions in force say; safe to run twice."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    kinds = set(Sanction.objects.in_force().filter(person=person).values_list("kind", flat=True))
    limited = SanctionKind.LIMIT in kinds
    changed = User.objects.filter(pk=person.pk).exclude(is_limited=limited)
    changed.update(is_limited=limited, version=F("version") + 1)
    hidden = bool(kinds & set(HIDES))
    if hidden and person.suspended_at is None:
        people.suspend(person)
    elif not hidden and person.suspended_at is not None and _was_hidden_by_sanction(person):
        people.lift(person)


def _was_hidden_by_sanction(person: User) -> bool:
    """False for who was suspended before there were sanctions: the end of none frees them."""
    hiding = {OUTCOME_OF[kind] for kind in HIDES}
    return Verdict.objects.filter(
        case__author=person, case__kind=ACCOUNT, outcome__in=hiding
    ).exists()


def end_due(at_most: int = 100) -> None:
    """End the sanctions whose time is over; two workers never end one twice."""
    for sanction in Sanction.objects.due_to_end().select_related("case")[:at_most]:
        if sanction.case is None:
            continue
        ruling = Ruling(Outcome.PUBLISH, "", 0.0, "", (), ITS_TIME)
        try:
            with transaction.atomic():
                sanction.case.decide(ruling)
                follow(sanction.case)
        except AlreadyDecidedError:
            logger.info("sanction %s was ended by somebody else", sanction.pk)
