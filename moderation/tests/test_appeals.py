"""Appeals: once, in words, answered in words by another person; the database holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Kind, Notification, User
from conftest import PostNote, make_person
from moderation.actions import answer_appeal, appeal, decide_by_hand
from moderation.models import AlreadyDecidedError, Appeal, AppealState, Case, State, Verdict
from moderation.policy import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(db: None) -> User:
    return make_person("second_mod", is_staff=True)


@pytest.fixture
def removed(post_note: PostNote, ann: User, bo: User) -> Verdict:
    """Bo removed a note of Ann's."""
    case = Case.objects.get(pk=post_note(ann).case.pk)
    return decide_by_hand(case, bo, Outcome.REMOVE, "harassment", "It names a person.")


def test_an_appeal_is_asked_once_with_a_clock(
    removed: Verdict, ann: User, api: Callable[..., APIClient]
) -> None:
    path = f"/api/v1/decisions/{removed.pk}/appeal/"
    client: APIClient = api(ann)
    asked = client.post(path, {"text": "It is a song."})
    assert asked.status_code == 201
    assert asked.json()["state"] == "open"
    assert asked.json()["due_at"] > timezone.now().isoformat()
    assert client.post(path, {"text": "Again."}).status_code == 409
    decision = client.get(f"/api/v1/decisions/{removed.pk}/").json()
    assert decision["appeal"]["text"] == "It is a song."
    assert decision["appeal"]["answer"] == ""


def test_only_whom_it_concerns_may_appeal_and_with_words(
    removed: Verdict, ann: User, mei: User, api: Callable[..., APIClient]
) -> None:
    path = f"/api/v1/decisions/{removed.pk}/appeal/"
    assert api(mei).post(path, {"text": "Let her."}).status_code == 404
    assert api().post(path, {"text": "Let her."}).status_code == 401
    refused = api(ann).post(path, {"text": " \u200b "})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "text"
    assert (
        api(ann).post("/api/v1/decisions/99999999999999999999/appeal/", {"text": "x"}).status_code
        == 404
    )


def test_what_was_published_cannot_be_appealed(removed: Verdict, ann: User, second: User) -> None:
    freed = decide_by_hand(Case.objects.get(pk=removed.case_id), second, Outcome.PUBLISH)
    with pytest.raises(ValidationError):
        appeal(freed, ann, "Thank you?")


def test_after_half_a_year_it_is_too_late(removed: Verdict, ann: User) -> None:
    removed.created_at = timezone.now() - timedelta(days=200)
    with pytest.raises(ValidationError) as refused:
        appeal(removed, ann, "It is a song.")
    assert refused.value.error_dict["text"][0].code == "too_late"


def test_cancelling_publishes_again_and_tells_the_author(
    removed: Verdict, ann: User, second: User
) -> None:
    asked = appeal(removed, ann, "It is a song.")
    assert Case.objects.waiting_for_a_person().filter(pk=removed.case_id).exists()
    answer_appeal(asked, second, "You are right, it is a song.", Outcome.PUBLISH)
    asked.refresh_from_db()
    assert asked.state == AppealState.CANCELLED
    assert Case.objects.get(pk=removed.case_id).state == State.PUBLISHED
    assert Notification.objects.filter(recipient=ann, kind=Kind.APPEAL).count() == 1
    assert not Case.objects.waiting_for_a_person().filter(pk=removed.case_id).exists()


def test_keeping_changes_nothing_but_answers(removed: Verdict, ann: User, second: User) -> None:
    asked = appeal(removed, ann, "It is a song.")
    assert answer_appeal(asked, second, "It still names her.") is None
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (AppealState.KEPT, "It still names her.")
    assert Case.objects.get(pk=removed.case_id).state == State.REMOVED


def test_two_appeals_against_one_case_are_answered_one_after_the_other(
    post_note: PostNote, ann: User, bo: User, second: User
) -> None:
    case = post_note(ann, state="held").case
    held = case.verdicts.get(outcome="hold")
    removed = decide_by_hand(case, bo, Outcome.REMOVE, "harassment")
    older, newer = (appeal(verdict, ann, "It is a song.") for verdict in (held, removed))
    answer_appeal(older, second, "So it is.", Outcome.PUBLISH)
    assert Case.objects.get(pk=case.pk).state == State.PUBLISHED
    with pytest.raises(ValidationError):
        decide_by_hand(Case.objects.get(pk=case.pk), bo, Outcome.REMOVE, "harassment")
    answer_appeal(newer, second, "As I said.", Outcome.PUBLISH)
    assert not Appeal.objects.open().exists()


def test_the_first_decider_cannot_answer(removed: Verdict, ann: User, bo: User) -> None:
    asked = appeal(removed, ann, "It is a song.")
    with pytest.raises(ValidationError) as refused:
        answer_appeal(asked, bo, "No.")
    assert refused.value.error_dict["answer"][0].code == "first_decider"


def test_two_answers_at_once_are_one(removed: Verdict, ann: User, second: User) -> None:
    asked = appeal(removed, ann, "It is a song.")
    answer_appeal(asked, second, "No.")
    with pytest.raises(AlreadyDecidedError):
        answer_appeal(asked, second, "Yes.", Outcome.PUBLISH)
    assert Case.objects.get(pk=removed.case_id).state == State.REMOVED


@pytest.mark.parametrize("who", ["machine", "first decider", "nobody in words"])
def test_the_database_refuses_other_answers(
    who: str, removed: Verdict, ann: User, bo: User, second: User
) -> None:
    asked = appeal(removed, ann, "It is a song.")
    after: dict[str, object] = {
        "state": AppealState.KEPT,
        "answer": "No.",
        "decided_at": timezone.now(),
    }
    changes: dict[str, dict[str, object]] = {
        "machine": {},
        "first decider": {"decider_key": bo.pk, "first_key": None},
        "nobody in words": {"decider_key": second.pk, "answer": ""},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=asked.pk).update(**(after | changes[who]))


def test_an_answered_appeal_is_never_reopened(removed: Verdict, ann: User, second: User) -> None:
    asked = appeal(removed, ann, "It is a song.")
    answer_appeal(asked, second, "No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=asked.pk).update(state=AppealState.OPEN)
