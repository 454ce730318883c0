"""A case and its one door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Notification, User
from conftest import make_person
from moderation.actions import decide_by_hand, make_ready, open_case
from moderation.judging import judge_case, judge_overdue, submission_of
from moderation.models import AlreadyDecidedError, Case, State, Verdict
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook
from tests.crowd import CROWD, REPEATED, everybody

pytestmark = pytest.mark.django_db


def told(person: User) -> list[dict[str, Any]]:
    return [notification.data for notification in person.notifications.order_by("id")]


def threat(language: str) -> str:
    return load_rulebook().rule("violence_threat").not_fine[language][0]


def test_a_case_is_born_pending_and_published_by_the_machine(ann: User) -> None:
    case = open_case("note", ann, "A quiet walk by the lake")
    assert case.state == State.PENDING
    judge_case(case.pk)
    case.refresh_from_db()
    verdict = case.verdicts.get()
    assert (case.state, verdict.outcome, verdict.by, verdict.rule) == (
        State.PUBLISHED, "publish", None, "",
    )  # fmt: skip
    assert verdict.policy_version.startswith("rules-1+")
    assert told(ann) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_threat_is_stopped_with_a_verdict_that_names_the_rule(tang: User, language: str) -> None:
    case = open_case("note", tang, threat(language))
    judge_case(case.pk)
    case.refresh_from_db()
    assert case.state in {State.HELD, State.REMOVED}
    assert (case.rule, case.language) == ("violence_threat", language)
    assert told(tang)[0]["rule"] == "violence_threat"
    found = case.verdicts.get().evidence
    assert {evidence["rule"] for evidence in found} == {"violence_threat"}
    assert all(0 <= e["start"] < e["end"] <= len(case.text) for e in found)


def test_a_case_that_is_not_ready_is_left_alone(ann: User) -> None:
    case = open_case("note", ann, "Soon", ready=False)
    judge_case(case.pk)
    assert not case.verdicts.exists()
    make_ready(case, ["images/a.webp"])
    judge_case(case.pk)
    assert case.verdicts.count() == 1


def test_judging_twice_is_judging_once(ann: User) -> None:
    case = open_case("note", ann, "Tea")
    judge_case(case.pk)
    judge_case(case.pk)
    assert case.verdicts.count() == 1


def test_a_decision_needs_the_case_as_it_stands(ann: User, bo: User) -> None:
    case = open_case("note", ann, "Tea")
    stale = Case.objects.get(pk=case.pk)
    decide_by_hand(case, bo, Outcome.HOLD, "harassment")
    with pytest.raises(AlreadyDecidedError):
        decide_by_hand(stale, bo, Outcome.PUBLISH)
    assert case.verdicts.count() == 1
    assert Case.objects.get(pk=case.pk).state == State.HELD


@pytest.mark.parametrize(
    ("outcome", "state", "warning"),
    [
        (Outcome.PUBLISH, State.PUBLISHED, ""),
        (Outcome.WARN, State.PUBLISHED, "sexual"),
        (Outcome.LIMIT, State.LIMITED, ""),
        (Outcome.HOLD, State.HELD, ""),
        (Outcome.REMOVE, State.REMOVED, ""),
    ],
)
def test_every_outcome_has_its_state(
    ann: User, bo: User, outcome: Outcome, state: str, warning: str
) -> None:
    case = open_case("note", ann, "Tea")
    decide_by_hand(case, bo, outcome, "sexual", "because")
    case.refresh_from_db()
    assert (case.state, case.warning) == (state, warning)
    verdict = case.verdicts.get()
    assert (verdict.by, verdict.reason, verdict.by_hand) == (bo, "because", True)


def test_the_author_is_told_of_a_restriction_and_of_its_end(ann: User, bo: User) -> None:
    case = open_case("note", ann, "Tea")
    decide_by_hand(case, bo, Outcome.REMOVE, "hate")
    decide_by_hand(case, bo, Outcome.PUBLISH)
    assert [(data["outcome"], data["rule"], data["by_person"]) for data in told(ann)] == [
        ("remove", "hate", True), ("publish", "", True),
    ]  # fmt: skip


def test_verdicts_are_neither_changed_nor_deleted(ann: User) -> None:
    case = open_case("note", ann, "Tea")
    judge_case(case.pk)
    for change in (
        lambda: Verdict.objects.update(outcome="remove"),
        lambda: Verdict.objects.update(reason="other"),
        lambda: cast("Any", Verdict.objects.all())._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert case.verdicts.get().outcome == "publish"


def test_the_history_outlives_the_moderator(ann: User, bo: User) -> None:
    case = open_case("note", ann, "Tea")
    decide_by_hand(case, bo, Outcome.LIMIT, "spam_scam")
    bo.delete()
    verdict = case.verdicts.get()
    assert (verdict.by, verdict.by_hand) == (None, True)


def test_the_case_outlives_its_author(tang: User) -> None:
    case = open_case("note", tang, "Tea")
    judge_case(case.pk)
    tang.delete()
    case.refresh_from_db()
    assert (case.author, case.text) == (None, "Tea")
    assert submission_of(case).text == "Tea"


def test_the_sweep_judges_what_waited_too_long_and_nothing_else(ann: User) -> None:
    late, fresh = open_case("note", ann, "late"), open_case("note", ann, "fresh")
    unready = open_case("note", ann, "unready", ready=False)
    Case.objects.filter(pk=late.pk).update(ready_at=timezone.now() - timedelta(seconds=30))
    judge_overdue()
    states = [Case.objects.get(pk=case.pk).state for case in (late, fresh, unready)]
    assert states == [State.PUBLISHED, State.PENDING, State.PENDING]


def test_a_case_that_kills_its_worker_goes_to_a_person_after_five_tries(ann: User) -> None:
    case = open_case("note", ann, "Tea")
    hour_ago = timezone.now() - timedelta(hours=1)
    Case.objects.filter(pk=case.pk).update(attempts=5, ready_at=hour_ago)
    judge_overdue()
    assert not case.verdicts.exists()
    assert list(Case.objects.waiting_for_a_person()) == [case]


def test_repetition_is_seen_through_the_authors_other_cases(ann: User, mei: User) -> None:
    first = open_case("note", ann, "Buy the best tea here today")
    open_case("comment", ann, "Buy the best tea here today")
    open_case("note", mei, "Buy the best tea here today")
    second = open_case("note", ann, "Another text")
    assert submission_of(second).recent_texts == (first.text,)


@REPEATED
@pytest.mark.django_db(transaction=True)
def test_c9_many_moderators_and_a_machine_make_one_decision(repeat: int) -> None:
    case = open_case("note", make_person("ann"), "Tea")
    desk = [make_person(f"bo_{n}") for n in range(CROWD)]
    as_read = [Case.objects.get(pk=case.pk) for _ in desk]
    outcomes = (Outcome.REMOVE, Outcome.PUBLISH, Outcome.LIMIT)

    def decide(n: int) -> bool:
        if n == 0:
            judge_case(case.pk)
            return False
        try:
            decide_by_hand(as_read[n], desk[n], outcomes[n % 3], "hate")
        except AlreadyDecidedError:
            return False
        return True

    decided, verdict = everybody(decide), Verdict.objects.get()
    by = [desk[n] for n, first in enumerate(decided) if first]
    assert by == ([verdict.by] if verdict.by else [])
    case.refresh_from_db()
    assert case.version == as_read[0].version + 1
    assert Notification.objects.count() == (verdict.outcome != Outcome.PUBLISH)
