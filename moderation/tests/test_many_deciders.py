"""Many people at one case at the same moment: one of them decides."""

from __future__ import annotations

import pytest

from accounts.models import Notification
from conftest import PostNote, make_person
from moderation.actions import answer_appeal, appeal, decide_by_hand
from moderation.models import AlreadyDecidedError, Case, State, Verdict
from moderation.policy import Outcome
from tests.crowd import CROWD, REPEATED, everybody

pytestmark = pytest.mark.django_db(transaction=True)
OUTCOMES = [Outcome.PUBLISH, Outcome.LIMIT, Outcome.REMOVE]


@REPEATED
def test_of_many_decisions_on_one_case_one_is_made(post_note: PostNote, repeat: int) -> None:
    case = post_note(make_person("ann"), state="held").case
    before = case.verdicts.count()
    people = [make_person(f"moderator{n}") for n in range(CROWD)]
    as_read = [Case.objects.get(pk=case.pk) for _ in people]

    def decide(n: int) -> Verdict | None:
        try:
            return decide_by_hand(as_read[n], people[n], OUTCOMES[n % 3], "hate")
        except AlreadyDecidedError:
            return None

    (made,) = filter(None, everybody(decide))
    now = Case.objects.get(pk=case.pk)
    assert now.verdicts.count() == before + 1
    assert now.verdicts.latest("pk") == made
    assert now.version == case.version + 1
    assert (now.state == State.PUBLISHED) == (made.outcome == Outcome.PUBLISH)


@REPEATED
def test_of_many_answers_to_one_appeal_one_is_given(post_note: PostNote, repeat: int) -> None:
    ann = make_person("ann")
    case = post_note(ann).case
    verdict = decide_by_hand(case, make_person("first"), Outcome.REMOVE, "hate")
    asked = appeal(verdict, ann, "It was a quotation.")
    people = [make_person(f"second{n}") for n in range(CROWD)]

    def answer(n: int) -> bool:
        try:
            answer_appeal(asked, people[n], f"Answer {n}", Outcome.PUBLISH)
        except AlreadyDecidedError:
            return False
        return True

    assert everybody(answer).count(True) == 1
    asked.refresh_from_db()
    assert asked.decided_by is not None
    assert asked.answer == f"Answer {people.index(asked.decided_by)}"
    assert case.verdicts.filter(pk__gt=verdict.pk).count() == 1
    assert Notification.objects.filter(kind="appeal", recipient=ann).count() == 1
