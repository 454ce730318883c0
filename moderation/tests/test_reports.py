"""Reports: one a reader and case, answered by a person's decision, never naming the reporter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import Kind, Notification, User
from conftest import PostNote
from moderation.actions import case_of_person, decide_by_hand, report
from moderation.models import Case, Report, ReportState
from moderation.policy import Outcome
from notes.actions import submit_comment
from notes.models import Note

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports/"


@pytest.fixture
def note(post_note: PostNote, tang: User) -> Note:
    return post_note(tang, "Come and buy")


def test_a_note_is_reported_once_and_waits_for_a_person(
    note: Note, ann: User, api: Callable[..., APIClient]
) -> None:
    said = {"kind": "note", "id": note.pk, "reason": "spam_scam", "detail": "Sells followers."}
    first = api(ann).post(REPORTS, said)
    assert first.status_code == 201
    assert first.json()["state"] == "open"
    assert first.json()["outcome"] is None
    assert api(ann).post(REPORTS, said).json()["id"] == first.json()["id"]
    assert Case.objects.waiting_for_a_person().get() == note.case
    assert [row["id"] for row in api(ann).get(REPORTS).json()["results"]] == [first.json()["id"]]


def test_reports_of_many_are_one_case(note: Note, ann: User, mei: User) -> None:
    report(note.case, ann, "spam_scam")
    report(note.case, mei, "other", "看着像骗子")
    assert Case.objects.waiting_for_a_person().count() == 1


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.REMOVE, "upheld"), (Outcome.PUBLISH, "dismissed")]
)
def test_reporters_hear_the_outcome_and_stay_unnamed(
    outcome: Outcome,
    state: str,
    note: Note,
    ann: User,
    tang: User,
    bo: User,
    api: Callable[..., APIClient],
) -> None:
    made = report(note.case, ann, "spam_scam", "secret words of Ann")
    decide_by_hand(Case.objects.get(pk=note.case.pk), bo, outcome, "spam_scam")
    made.refresh_from_db()
    assert made.state == state
    told = Notification.objects.get(recipient=ann, kind=Kind.REPORT)
    assert told.data["state"] == state
    assert api(ann).get(REPORTS).json()["results"][0]["outcome"] == state
    for path in ("decisions/", "notifications/", f"notes/{note.pk}/"):
        assert b"secret words" not in api(tang).get(f"/api/v1/{path}").content
        assert b'"ann"' not in api(tang).get(f"/api/v1/{path}").content


def test_holding_for_a_second_person_answers_nobody_yet(note: Note, ann: User, bo: User) -> None:
    made = report(note.case, ann, "spam_scam")
    decide_by_hand(Case.objects.get(pk=note.case.pk), bo, Outcome.HOLD, "spam_scam")
    made.refresh_from_db()
    assert made.state == ReportState.OPEN


def test_comments_and_people_are_reported_too(
    note: Note, ann: User, tang: User, api: Callable[..., APIClient]
) -> None:
    comment = submit_comment(tang, note, "buy buy buy")
    hidden = api(ann).post(REPORTS, {"kind": "comment", "id": comment.pk, "reason": "spam_scam"})
    assert hidden.status_code == 404, "it is not judged yet, so nobody else knows it"
    Case.objects.filter(pk=comment.case_id).update(state="published")
    said = {"kind": "comment", "id": comment.pk, "reason": "spam_scam"}
    assert api(ann).post(REPORTS, said).status_code == 201
    said = {"kind": "user", "id": "TANG", "reason": "harassment"}
    assert api(ann).post(REPORTS, said).status_code == 201
    assert case_of_person(tang).reports.count() == 1


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({"reason": "no such rule"}, 400, "reason"),
        ({"reason": "other", "detail": "x" * 1_001}, 400, "detail"),
        ({"reason": "other", "detail": "a\x00b"}, 400, "detail"),
        ({"kind": "board", "reason": "other"}, 400, "kind"),
        ({}, 400, "reason"),
        ({"id": "99999999999999999999999", "reason": "other"}, 404, None),
        ({"id": "one", "reason": "other"}, 404, None),
        ({"id": {"a": 1}, "reason": "other"}, 400, "id"),
    ],
)
def test_bad_reports_are_refused_by_field(
    said: dict[str, object],
    status: int,
    field: str | None,
    note: Note,
    ann: User,
    api: Callable[..., APIClient],
) -> None:
    answer = api(ann).post(REPORTS, {"kind": "note", "id": note.pk} | said)
    assert answer.status_code == status
    if field:
        assert answer.json()["errors"][0]["field"] == field
    assert not Report.objects.exists()


def test_nobody_reports_their_own_nor_what_they_may_not_see(
    post_note: PostNote, note: Note, ann: User, tang: User, api: Callable[..., APIClient]
) -> None:
    own = api(tang).post(REPORTS, {"kind": "note", "id": note.pk, "reason": "other"})
    assert own.status_code == 400
    private = post_note(tang, "for me", audience="private")
    hidden = api(ann).post(REPORTS, {"kind": "note", "id": private.pk, "reason": "other"})
    assert hidden.status_code == 404
    assert (
        api().post(REPORTS, {"kind": "note", "id": note.pk, "reason": "other"}).status_code == 401
    )
