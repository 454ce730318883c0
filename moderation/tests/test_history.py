"""What the database itself holds about verdicts, reports, appeals and sanctions, row by row."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from conftest import make_person
from moderation.actions import appeal, report
from moderation.actions.asking import ANSWERED_WITHIN, APPEALED_WITHIN
from moderation.models import BY_HAND, Appeal, AppealState, Case, Report, Sanction, State, Verdict
from moderation.policy import Outcome
from moderation.queue import DECIDED_WITHIN, is_late
from moderation.rulebook import RULE_IDS

pytestmark = pytest.mark.django_db


def case_of(author: User | None, state: str = State.REMOVED, **fields: Any) -> Case:
    return Case.objects.create(kind="note", author=author, text="words", state=state, **fields)


def decided(author: User, by: User | None = None, outcome: Outcome = Outcome.REMOVE) -> Verdict:
    version = BY_HAND if by else "rules-1"
    return Verdict.objects.create(
        case=case_of(author), outcome=outcome, rule="hate", by=by, policy_version=version
    )


def refused_by_the_database(work: Any) -> bool:
    try:
        with transaction.atomic():
            work()
    except DatabaseError:
        return True
    return False


class TestVerdicts:
    """History only grows."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("outcome", "publish"), ("rule", "spam_scam"), ("reason", "another"), ("tension", 0.9),
            ("evidence", [1]), ("policy_version", "rules-9"), ("created_at", timezone.now()),
        ],
    )  # fmt: skip
    def test_no_word_of_one_is_ever_changed(self, ann: User, field: str, value: object) -> None:
        row = Verdict.objects.filter(pk=decided(ann).pk)
        assert refused_by_the_database(lambda: row.update(**{field: value}))

    def test_none_is_deleted(self, ann: User) -> None:
        row = Verdict.objects.filter(pk=decided(ann).pk)
        assert refused_by_the_database(row.delete)

    def test_only_the_name_of_who_decided_may_go(self, ann: User, bo: User, mei: User) -> None:
        row = Verdict.objects.filter(pk=decided(ann, bo).pk)
        assert refused_by_the_database(lambda: row.update(by=mei))
        row.update(by=None)
        assert row.get().by_hand is True

    def test_a_name_cannot_be_put_back(self, ann: User, bo: User) -> None:
        row = Verdict.objects.filter(pk=decided(ann).pk)
        assert refused_by_the_database(lambda: row.update(by=bo))


class TestAppeals:
    """Once, in words, in time, by whom it concerns."""

    @pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u2060"])
    def test_without_words_there_is_nothing_to_answer(self, ann: User, text: str) -> None:
        with pytest.raises(ValidationError):
            appeal(decided(ann), ann, text)
        assert not Appeal.objects.exists()

    @pytest.mark.parametrize(("length", "fits"), [(2_000, True), (2_001, False)])
    def test_words_are_bounded(self, ann: User, length: int, fits: bool) -> None:
        if fits:
            assert len(appeal(decided(ann), ann, "x" * length).text) == length
            return
        with pytest.raises(ValidationError) as refused:
            appeal(decided(ann), ann, "x" * length)
        assert "text" in refused.value.error_dict

    def test_it_has_a_clock(self, ann: User) -> None:
        asked = appeal(decided(ann), ann, "It is a song.")
        assert abs(asked.due_at - timezone.now() - ANSWERED_WITHIN) < timedelta(minutes=1)
        assert asked.state == AppealState.OPEN

    @pytest.mark.parametrize(("days", "in_time"), [(0, True), (182, True), (184, False)])
    def test_it_is_asked_within_half_a_year(self, ann: User, days: int, in_time: bool) -> None:
        verdict = decided(ann)
        verdict.created_at = timezone.now() - timedelta(days=days)
        assert timedelta(days=182) < APPEALED_WITHIN < timedelta(days=184)
        if in_time:
            assert appeal(verdict, ann, "It is a song.").pk
            return
        with pytest.raises(ValidationError):
            appeal(verdict, ann, "It is a song.")

    def test_the_second_one_is_refused_by_the_database(self, ann: User) -> None:
        verdict = decided(ann)
        appeal(verdict, ann, "It is a song.")
        assert refused_by_the_database(lambda: appeal(verdict, ann, "Again."))
        assert Appeal.objects.count() == 1

    def test_who_decided_first_is_written_by_the_database(self, ann: User, bo: User) -> None:
        asked = Appeal.objects.create(
            verdict=decided(ann, bo), author=ann, text="x", due_at=timezone.now(), first_key=999
        )
        asked.refresh_from_db()
        assert asked.first_key == bo.pk

    @pytest.mark.parametrize(
        "state", [AppealState.KEPT, AppealState.CHANGED, AppealState.CANCELLED]
    )
    @pytest.mark.parametrize(
        ("missing", "holds"),
        [("", False), ("decider_key", True), ("answer", True), ("decided_at", True)],
    )
    def test_an_answer_has_a_person_words_and_a_time(
        self, ann: User, bo: User, mei: User, state: str, missing: str, holds: bool
    ) -> None:
        asked = appeal(decided(ann, bo), ann, "It is a song.")
        after: dict[str, Any] = {
            "state": state, "decider_key": mei.pk, "answer": "No.", "decided_at": timezone.now()
        }  # fmt: skip
        if missing:
            after[missing] = "" if missing == "answer" else None
        row = Appeal.objects.filter(pk=asked.pk)
        assert refused_by_the_database(lambda: row.update(**after)) is holds

    @pytest.mark.parametrize("again", [AppealState.OPEN, AppealState.CANCELLED])
    def test_an_answer_stands(self, ann: User, bo: User, mei: User, again: str) -> None:
        row = Appeal.objects.filter(pk=appeal(decided(ann, bo), ann, "It is a song.").pk)
        row.update(state="kept", decider_key=mei.pk, answer="No.", decided_at=timezone.now())
        assert refused_by_the_database(lambda: row.update(state=again))

    def test_an_appeal_stays_with_its_verdict(self, ann: User, bo: User) -> None:
        row = Appeal.objects.filter(pk=appeal(decided(ann, bo), ann, "It is a song.").pk)
        other = decided(ann, bo)
        assert refused_by_the_database(lambda: row.update(verdict=other))

    def test_the_first_decider_is_known_after_they_left(self, ann: User, bo: User) -> None:
        verdict = decided(ann, bo)
        asked = appeal(verdict, ann, "It is a song.")
        first = bo.pk
        Verdict.objects.filter(pk=verdict.pk).update(by=None)
        row = Appeal.objects.filter(pk=asked.pk)
        after = {"state": "kept", "answer": "No.", "decided_at": timezone.now()}
        assert refused_by_the_database(lambda: row.update(decider_key=first, **after))


class TestReports:
    """One open report a person and case, answered by a verdict."""

    @pytest.mark.parametrize("reason", [*RULE_IDS, "other"])
    def test_every_rule_can_be_named(self, ann: User, mei: User, reason: str) -> None:
        assert report(case_of(ann, State.PUBLISHED), mei, reason, "See line two.").pk

    @pytest.mark.parametrize("reason", ["", "rude", "HATE", "hate ", "None"])
    def test_what_is_no_rule_cannot(self, ann: User, mei: User, reason: str) -> None:
        with pytest.raises(ValidationError) as refused:
            report(case_of(ann, State.PUBLISHED), mei, reason)
        assert "reason" in refused.value.error_dict

    def test_asking_twice_is_being_heard_once(self, ann: User, mei: User) -> None:
        case = case_of(ann, State.PUBLISHED)
        assert report(case, mei, "hate").pk == report(case, mei, "spam_scam").pk
        assert Report.objects.get().reason == "hate"

    def test_one_does_not_report_oneself(self, ann: User) -> None:
        with pytest.raises(ValidationError):
            report(case_of(ann, State.PUBLISHED), ann, "hate")

    @pytest.mark.parametrize(
        ("state", "with_verdict", "holds"),
        [("open", False, False), ("upheld", False, True), ("open", True, True),
         ("upheld", True, False), ("dismissed", True, False)],
    )  # fmt: skip
    def test_only_a_verdict_closes_one(
        self, ann: User, mei: User, state: str, with_verdict: bool, holds: bool
    ) -> None:
        row = Report.objects.filter(pk=report(case_of(ann, State.PUBLISHED), mei, "hate").pk)
        verdict = decided(ann) if with_verdict else None
        change = partial(row.update, state=state, verdict=verdict)
        assert refused_by_the_database(change) is holds


class TestSanctions:
    """A ban needs two people; the database knows it too."""

    def row(self, person: User, by: User, **fields: Any) -> Sanction:
        ends = timezone.now() + timedelta(days=3)
        given: dict[str, Any] = {"kind": "mute", "rule": "hate", "reason": "x", "ends_at": ends}
        return Sanction.objects.create(person=person, by=by, by_key=by.pk, **given | fields)

    def test_one_person_is_not_two(self, tang: User, bo: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            self.row(tang, bo, kind="ban", ends_at=None, seconded_key=bo.pk, case=case_of(tang))

    def test_a_ban_is_not_in_force_before_it_was_seconded(self, tang: User, bo: User) -> None:
        ban = self.row(tang, bo, kind="ban", ends_at=None)
        assert Sanction.objects.proposed().get() == ban
        assert not Sanction.objects.in_force().exists()
        row = Sanction.objects.filter(pk=ban.pk)
        assert refused_by_the_database(lambda: row.update(case=case_of(tang)))

    @pytest.mark.parametrize(("hours", "due"), [(-1, True), (1, False)])
    def test_what_is_over_is_due_to_end(self, tang: User, bo: User, hours: int, due: bool) -> None:
        ends = timezone.now() + timedelta(hours=hours)
        self.row(tang, bo, case=case_of(tang), ends_at=ends)
        assert Sanction.objects.due_to_end().exists() is due


class TestClocks:
    """What a moderator should have looked at by now."""

    @pytest.mark.parametrize(
        ("state", "reported", "hours", "late"),
        [
            (State.HELD, False, 1, False),
            (State.HELD, False, 25, True),
            (State.PUBLISHED, False, 900, False),
            (State.PUBLISHED, True, 1, False),
            (State.PUBLISHED, True, 25, True),
            (State.REMOVED, False, 900, False),
        ],
    )
    def test_held_and_reported_cases_have_a_day(
        self, ann: User, state: str, reported: bool, hours: int, late: bool
    ) -> None:
        assert timedelta(hours=24) == DECIDED_WITHIN
        case = case_of(ann, state, decided_at=timezone.now() - timedelta(hours=hours))
        if reported:
            report(case, make_person("reader"), "hate")
        found = Case.objects.with_asked().get(pk=case.pk)
        assert is_late(found, timezone.now()) is late

    @pytest.mark.parametrize(("days", "late"), [(6, False), (8, True)])
    def test_an_appeal_has_a_week(self, ann: User, days: int, late: bool) -> None:
        asked = appeal(decided(ann), ann, "It is a song.")
        found = Case.objects.with_asked().get(pk=asked.verdict.case_id)
        assert is_late(found, timezone.now() + timedelta(days=days)) is late
