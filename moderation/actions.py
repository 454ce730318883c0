"""Opening cases, reporting them, deciding on them as a person, appealing."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commits import ring
from accounts.models import Kind, Notification, User
from accounts.words import checked, refused
from moderation import tasks
from moderation.models import (
    BY_HAND,
    MOST_ATTEMPTS,
    OTHER,
    AlreadyDecidedError,
    Appeal,
    AppealState,
    Case,
    Readers,
    Report,
    State,
    Verdict,
)
from moderation.models.appeals import APPEAL_LENGTH
from moderation.models.reports import DETAIL_LENGTH
from moderation.policy import Outcome, Ruling
from moderation.rulebook import RULE_IDS

ANSWERED_WITHIN = timedelta(days=7)
APPEALED_WITHIN = timedelta(days=183)


def open_case(
    kind: str,
    author: User,
    text: str,
    language: str = "",
    readers: Readers = Readers.EVERYONE,
    *,
    ready: bool = True,
    url: str = "",
    for_a_person: bool = False,
) -> Case:
    """Open a case. One that is not ready waits for `make_ready`; or for a person."""
    case = Case.objects.create(
        kind=kind,
        author=author,
        text=text,
        language=language,
        readers=readers,
        url=url,
        attempts=MOST_ATTEMPTS if for_a_person else 0,
    )
    if ready:
        make_ready(case)
    return case


def make_ready(case: Case, images: list[str] | None = None) -> None:
    """All there is to see is there: let a worker judge it."""
    waiting = Case.objects.pending().filter(pk=case.pk, ready_at=None)
    after = {"ready_at": timezone.now()} | ({} if images is None else {"images": images})
    if waiting.update(**after):
        ring(tasks.judge, case.pk)


def bound_by_a_person(case: Case) -> bool:
    """Whether a person restricted it or shall read it: no machine may free what takes its place."""
    if case.state == State.PENDING:
        return case.attempts >= MOST_ATTEMPTS
    if case.state == State.PUBLISHED and not case.warning:
        return False
    last = case.verdicts.last()
    return last is not None and last.by_hand


def change_readers(readers: Readers, *case_ids: int) -> None:
    """The content is for others now."""
    Case.objects.filter(pk__in=case_ids).update(readers=readers)


def close_case(*case_ids: int) -> None:
    """The content is gone: nobody need decide any more. The history stays."""
    Case.objects.filter(pk__in=case_ids).update(closed_at=timezone.now())


def decide_by_hand(
    case: Case, by: User | None, outcome: Outcome, rule: str = "", reason: str = ""
) -> Verdict:
    """A person's decision. Raises AlreadyDecidedError when somebody was faster."""
    ruling = Ruling(
        outcome=outcome,
        rule="" if outcome is Outcome.PUBLISH else rule,
        tension=case.tension,
        language=case.language,
        evidence=(),
        version=BY_HAND,
    )
    return case.decide(ruling, by=by, reason=reason)


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
    """The case that reports about a person, not about anything they wrote, belong to."""
    text = "\n\n".join(filter(None, (user.username, user.display_name, user.bio)))
    found = Case.objects.filter(kind="user", author=user, closed_at=None).last()
    if found is not None:
        return found
    return Case.objects.create(
        kind="user",
        author=user,
        text=text,
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
    if by.pk == verdict.by_id:
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
    return decide_by_hand(verdict.case, by, outcome, rule, words) if outcome else None


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
