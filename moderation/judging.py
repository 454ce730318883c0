"""What a worker does with a case: gather what the policy needs, and decide."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from moderation import outside, policy, profiles
from moderation.figures import may_remove_by_machine
from moderation.models import (
    BY_HAND,
    PROFILE,
    VISIBLE_STATES,
    AlreadyDecidedError,
    Case,
    Fingerprint,
    State,
    Word,
)
from moderation.policy import Outcome, Ruling, Submission
from moderation.submission import Listed

logger = logging.getLogger(__name__)

REMEMBERED_FOR = timedelta(hours=24)
REMEMBERED_TEXTS = 50
# What nobody holds against an author.
UNRESTRICTED = (State.PENDING, State.PUBLISHED)


def judge_case(case_id: int) -> None:
    """Judge a case that is pending and ready; any other is left alone.

    The attempt is counted before the work, so that a text which kills the worker is
    given to a person after a few tries instead of killing it for ever.
    """
    judgeable = Case.objects.judgeable().filter(pk=case_id)
    # Read before it is counted: whoever decides in between was faster.
    case = judgeable.select_related("author").first()
    if case is None or judgeable.update(attempts=F("attempts") + 1) != 1:
        return
    case.attempts += 1
    ruling = rule_on(case)
    try:
        with transaction.atomic():
            case.decide(ruling)
            if case.kind == PROFILE:
                profiles.follow(case)
    except AlreadyDecidedError:
        logger.info("case %s was decided by somebody else", case_id)


def rule_on(case: Case) -> Ruling:
    """What the policy says; where too many removals were overturned, a person decides instead."""
    ruling = policy.judge(replace(submission_of(case), opinions=outside.opinions_on(case)))
    if ruling.outcome is Outcome.REMOVE and not may_remove_by_machine(ruling.language):
        return replace(ruling, outcome=Outcome.HOLD)
    return ruling


def submission_of(case: Case) -> Submission:
    """What the policy is told about a case and its author."""
    listed = Word.objects.active().values_list("text", "rule", "score")
    submission = Submission(
        kind=case.kind,
        text=case.text,
        language=case.language,
        words=tuple(Listed(*word) for word in listed),
        known_images=Fingerprint.objects.rules_like(case.fingerprints),
    )
    return submission if case.author is None else _with_author(submission, case)


def _with_author(submission: Submission, case: Case) -> Submission:
    if case.author is None:
        return submission
    age = timezone.now() - case.author.date_joined
    theirs = Case.objects.filter(author=case.author)
    recent = theirs.filter(kind=case.kind, opened_at__gt=timezone.now() - REMEMBERED_FOR).exclude(
        pk=case.pk
    )
    if case.kind == PROFILE:
        recent = recent.none()  # who mends a word of their profile repeats the rest
    by_hand = theirs.filter(verdicts__policy_version=BY_HAND).distinct()
    return replace(
        submission,
        author_restricted_count=by_hand.exclude(state__in=UNRESTRICTED).count(),
        author_age_days=age / timedelta(days=1),
        author_published_count=_published_by(case.author),
        recent_texts=tuple(
            recent.order_by("-id").values_list("text", flat=True)[:REMEMBERED_TEXTS]
        ),
    )


def _published_by(author: User) -> int:
    """What earns trust; what one says of oneself earns none."""
    cases = Case.objects.filter(author=author, state__in=VISIBLE_STATES)
    return cases.exclude(kind=PROFILE).count()


def judge_profiles() -> None:
    """Open and judge the names and bios that are new."""
    for case_id in profiles.open_proposed():
        try:
            judge_case(case_id)
        except Exception:
            logger.exception("case %s could not be judged", case_id)


def judge_overdue(at_most: int = 200) -> None:
    """Judge what waited too long, oldest first: a lost message delays, it never loses."""
    for pk in Case.objects.overdue().values_list("pk", flat=True)[:at_most]:
        try:
            judge_case(pk)
        except Exception:
            logger.exception("case %s could not be judged", pk)
