"""What moderators do: claim a case, read it, decide, answer an appeal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Kind, Notification, User
from accounts.words import checked, refused
from moderation import profiles, sanctioning
from moderation.models import (
    BY_HAND,
    PROFILE,
    AlreadyDecidedError,
    Appeal,
    AppealState,
    Case,
    ClaimedError,
    Look,
    Sanction,
    State,
    Verdict,
)
from moderation.models.appeals import APPEAL_LENGTH
from moderation.models.sanctions import ACCOUNT, HIDES
from moderation.policy import Outcome, Ruling

REASON_LENGTH = 1_000
# So many cases are tried before a moderator goes back to the list.
SOON = 20


def claim(case: Case, by: User) -> None:
    """Keep a case to oneself for CLAIMED_FOR; who may, takes it from another.

    Raises ClaimedError, and AlreadyDecidedError when it was decided since it was read.
    """
    as_read = Case.objects.filter(pk=case.pk, version=case.version)
    free = as_read if by.has_perm("moderation.take_over_case") else as_read.free_for(by)
    now = timezone.now()
    if free.update(claimed_by=by, claimed_at=now) != 1:
        raise (ClaimedError if as_read.exists() else AlreadyDecidedError)(case.pk)
    case.claimed_by, case.claimed_at = by, now


def release(case: Case, by: User) -> None:
    """Leave a case to others."""
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


def claim_next(by: User, after: Case | None = None) -> Case | None:
    """Take the most urgent case that waits and that nobody else is at."""
    waiting = Case.objects.for_the_desk().waiting_for_a_person().free_for(by)
    if after is not None:
        waiting = waiting.exclude(pk=after.pk)
    for case in waiting.most_urgent()[:SOON]:
        if not _may_decide(case, by):
            continue
        try:
            claim(case, by)
        except (ClaimedError, AlreadyDecidedError):
            continue
        return case
    return None


def _may_decide(case: Case, by: User) -> bool:
    """Whether it waits for this moderator too, and not for another than them."""
    if Appeal.objects.open().filter(verdict__case=case, first_key=by.pk).exists():
        return False
    if case.reports.filter(state="open").exists():
        return True
    last = case.verdicts.last()
    handed_on = last is not None and last.by_id == by.pk and last.outcome == Outcome.HOLD
    return not handed_on


def look(case: Case, by: User) -> None:
    """Note that a moderator reads what is not for everybody."""
    if not case.is_public and case.author_id != by.pk:
        Look.objects.create(case=case, by=by)


def decide_by_hand(
    case: Case, by: User | None, outcome: Outcome, rule: str = "", reason: str = ""
) -> Verdict:
    """A person's decision.

    Raises AlreadyDecidedError when somebody was faster, ClaimedError while somebody is at it,
    ValidationError while an appeal against a decision waits for its answer.
    """
    if case.kind != ACCOUNT and Appeal.objects.open().filter(verdict__case=case).exists():
        raise refused("outcome", _("An appeal waits here: another person answers it, in words."))
    return _decide(case, by, outcome, rule, reason)


def _decide(case: Case, by: User | None, outcome: Outcome, rule: str, reason: str) -> Verdict:
    if case.kind == ACCOUNT:
        _check_sanction(case, by, outcome)
    if by and Case.objects.claimed_beside(by).filter(pk=case.pk).exists():
        raise ClaimedError(case.pk)
    with transaction.atomic():
        verdict = case.decide(ruling_by_hand(case, outcome, rule), by=by, reason=reason)
        if case.kind == ACCOUNT:
            sanctioning.follow(case)
        elif case.kind == PROFILE:
            profiles.follow(case)
    return verdict


def ruling_by_hand(case: Case, outcome: Outcome, rule: str) -> Ruling:
    return Ruling(
        outcome=outcome,
        rule="" if outcome is Outcome.PUBLISH else rule,
        tension=case.tension,
        language=case.language,
        evidence=(),
        version=BY_HAND,
    )


def permission_to(kind: str) -> str:
    """What a moderator needs for a sanction of this kind."""
    return f"moderation.{'suspend_person' if kind in HIDES else 'add_sanction'}"


def _check_sanction(case: Case, by: User | None, outcome: Outcome) -> None:
    """A sanction ends or becomes milder; a harder one is another sanction."""
    if by is not None and not by.has_perm(permission_to(case.sanction.kind)):
        raise PermissionDenied
    milder = case.state == State.REMOVED and outcome is Outcome.LIMIT
    if outcome is not Outcome.PUBLISH and not milder:
        raise refused("outcome", _("A sanction can be ended here, or made milder."))


@transaction.atomic
def answer_appeal(
    asked: Appeal, by: User, words: str, outcome: Outcome | None = None, rule: str = ""
) -> Verdict | None:
    """Answer with words: keep the decision (no outcome), cancel it (publish), or change it.

    Raises ValidationError naming the field, AlreadyDecidedError when somebody was faster.
    """
    verdict = asked.verdict
    words = checked("answer", words, APPEAL_LENGTH)
    if not words:
        raise refused("answer", _("An appeal is answered with words."), "required")
    if by.pk in (verdict.by_id, _who_seconded(verdict)):
        raise refused("answer", _("Who decided first may not answer the appeal."), "first_decider")
    after = {
        "state": _appeal_state(outcome),
        "answer": words,
        "decided_by": by,
        "decider_key": by.pk,
        "decided_at": timezone.now(),
    }
    if Appeal.objects.open().filter(pk=asked.pk).update(**after) != 1:
        raise AlreadyDecidedError(verdict.case_id)
    _tell_of_answer(asked, str(after["state"]))
    return _decide(verdict.case, by, outcome, rule, words) if outcome else None


def _who_seconded(verdict: Verdict) -> int | None:
    seconds = Sanction.objects.filter(case=verdict.case_id).values_list("seconded_key", flat=True)
    return seconds.first()


def _appeal_state(outcome: Outcome | None) -> AppealState:
    if outcome is None:
        return AppealState.KEPT
    return AppealState.CANCELLED if outcome is Outcome.PUBLISH else AppealState.CHANGED


def _tell_of_answer(asked: Appeal, state: str) -> None:
    if asked.author_id is None:
        return
    case = asked.verdict.case
    data = {"verdict": asked.verdict_id, "state": state, "kind": case.kind, "url": case.url}
    Notification.objects.create(recipient_id=asked.author_id, kind=Kind.APPEAL, data=data)
