"""What people ask moderators for: to look at something, and to look again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.words import checked, refused
from moderation.models import OTHER, PROFILE, Appeal, Case, ProfileText, Report, State, Verdict
from moderation.models.appeals import APPEAL_LENGTH
from moderation.models.reports import DETAIL_LENGTH
from moderation.policy import Outcome
from moderation.profiles import case_of_words
from moderation.rulebook import RULE_IDS

ANSWERED_WITHIN = timedelta(days=7)
APPEALED_WITHIN = timedelta(days=183)


def report(case: Case, reporter: User, reason: str, detail: str = "") -> Report:
    """Ask a person to look at a case; somebody who asks twice is heard once.

    Raises ValidationError naming the field.
    """
    if reason not in (*RULE_IDS, OTHER):
        raise refused("reason", _("Choose a rule, or “other”."), "invalid_choice")
    detail = checked("detail", detail, DETAIL_LENGTH)
    if case.author_id == reporter.pk:
        raise refused("id", _("This is your own; you can change or delete it."))
    mine = Report.objects.open().filter(case=case, reporter=reporter)
    made, _is_new = mine.get_or_create(
        case=case, reporter=reporter, defaults={"reason": reason, "detail": detail}
    )
    return made


def case_of_person(user: User) -> Case:
    """The case that reports about a person belong to: of their words, if they have any."""
    of_words = case_of_words(user)
    if of_words is not None:
        return of_words
    unseen = ProfileText.objects.filter(user=user).values("case")
    about = Case.objects.filter(kind=PROFILE, author=user, closed_at=None)
    found = about.exclude(pk__in=unseen).last()
    if found is not None:
        return found
    return Case.objects.create(
        kind=PROFILE,
        author=user,
        text=f"@{user.username}",
        url=user.get_absolute_url(),
        state=State.PUBLISHED,
        ready_at=timezone.now(),
        decided_at=timezone.now(),
    )


@transaction.atomic
def appeal(verdict: Verdict, author: User, text: str) -> Appeal:
    """Ask for another person to look again; once.

    Raises ValidationError naming the field, and IntegrityError for a second appeal.
    """
    text = checked("text", text, APPEAL_LENGTH)
    if not text:
        raise refused("text", _("Say in a few words why the decision is wrong."), "required")
    if verdict.outcome == Outcome.PUBLISH:
        raise refused("text", _("This decision restricts nothing."))
    if verdict.created_at < timezone.now() - APPEALED_WITHIN:
        raise refused("text", _("The time to appeal is over: it was six months."), "too_late")
    return Appeal.objects.create(
        verdict=verdict,
        author=author,
        text=text,
        first_key=verdict.by_id,
        due_at=timezone.now() + ANSWERED_WITHIN,
    )
