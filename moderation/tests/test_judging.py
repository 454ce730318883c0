"""What the judge is told of a case and its author, and what is written down of the ruling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moderation import classifier
from moderation.actions import decide_by_hand, open_case
from moderation.judging import REMEMBERED_TEXTS, judge_case, rule_on, submission_of
from moderation.models import BY_HAND, Case
from moderation.policy import Outcome
from moderation.thresholds import load_thresholds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days", [0, 1, 2, 400])
def test_the_age_of_an_account_is_told_in_days(ann: User, days: int) -> None:
    User.objects.update(date_joined=timezone.now() - timedelta(days=days))
    case = Case.objects.get(pk=open_case("note", ann, "Tea", "en").pk)
    told = submission_of(case)
    assert round(told.author_age_days, 1) == days
    assert (told.kind, told.text, told.language) == ("note", "Tea", "en")


def test_trust_counts_what_can_be_seen_of_ones_own(ann: User, mei: User) -> None:
    for outcome in Outcome:
        decide_by_hand(open_case("note", ann, "Tea"), None, outcome, "sexual")
        decide_by_hand(open_case("note", mei, "Tea"), None, Outcome.PUBLISH)
    case = open_case("comment", ann, "More tea")
    assert submission_of(case).author_published_count == 3  # published, warned of, limited


def test_a_day_is_remembered_newest_first_and_fifty_at_most(ann: User) -> None:
    old = open_case("note", ann, "yesterday")
    Case.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(hours=25))
    for n in range(REMEMBERED_TEXTS + 2):
        open_case("note", ann, f"text {n}")
    told = submission_of(open_case("note", ann, "the last")).recent_texts
    newest = REMEMBERED_TEXTS + 1
    assert told == tuple(f"text {newest - n}" for n in range(REMEMBERED_TEXTS))


def test_of_an_author_who_is_gone_only_the_words_are_told(ann: User) -> None:
    case = open_case("note", ann, "Tea", "en")
    ann.delete()
    told = submission_of(Case.objects.get(pk=case.pk))
    assert (told.text, told.author_age_days, told.author_published_count, told.recent_texts) == (
        "Tea", 0.0, 0, (),
    )  # fmt: skip


def test_every_verdict_says_by_which_rules_it_was_made(ann: User, bo: User) -> None:
    case = open_case("note", ann, "Tea by the lake", "en")
    judge_case(case.pk)
    case.refresh_from_db()
    decide_by_hand(case, bo, Outcome.LIMIT, "sexual")
    versions = list(case.verdicts.values_list("policy_version", flat=True))
    assert versions == [f"{load_thresholds().version}+{classifier.version()}", BY_HAND]


def test_ruling_on_a_case_changes_nothing_of_it(ann: User) -> None:
    case = open_case("note", ann, "A quiet walk by the lake", "en")
    before = Case.objects.values().get()
    assert rule_on(case).outcome is Outcome.PUBLISH
    assert Case.objects.values().get() == before
    assert not case.verdicts.exists()


@pytest.mark.parametrize(
    ("text", "declared", "written"),
    [
        ("A long and quiet walk along the river in autumn", "zh", "en"),
        ("今天在西湖边慢慢走了一下午，叶子都红了", "en", "zh"),
        ("🍁", "zh", "zh"),
        ("🍁", "", ""),
    ],
)
def test_the_language_is_read_from_the_words_and_else_believed(
    ann: User, text: str, declared: str, written: str
) -> None:
    case = open_case("note", ann, text, declared)
    judge_case(case.pk)
    case.refresh_from_db()
    assert case.language == written
