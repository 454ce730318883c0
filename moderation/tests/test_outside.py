"""Classifiers elsewhere: asked over the real protocol, with one that can misbehave."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from conftest import PostNote
from moderation import outside
from moderation.actions import open_case
from moderation.judging import judge_case
from moderation.models import Case, Readers, State
from moderation.policy import Outcome, judge
from moderation.submission import Opinion, Submission
from moderation.tests.classifier_service import Service, serving
from notes.actions import submit_comment

pytestmark = pytest.mark.django_db
TEA = "A quiet walk by the lake, and tea"
PASSWORD = "open-sesame"


@pytest.fixture
def guard(settings: LazySettings) -> Iterator[Service]:
    with serving() as service:
        settings.CLASSIFIERS = [f"http://redleaf:{PASSWORD}@{service.name}"]
        yield service


def judged(author: User, text: str = TEA, readers: Readers = Readers.EVERYONE) -> Case:
    case = open_case("note", author, text, "en", readers)
    judge_case(case.pk)
    return Case.objects.get(pk=case.pk)


def sources(case: Case) -> list[str]:
    return [found["source"] for found in case.verdicts.get().evidence]


def test_a_classifier_has_a_text_held_and_the_reason_names_it(ann: User, guard: Service) -> None:
    guard.scores = {"harassment": 0.9}
    case = judged(ann)
    assert (case.state, case.rule) == (State.HELD, "harassment")
    assert guard.asked == [{"text": TEA, "language": "en", "kind": "note"}]
    assert sources(case) == [f"outside:{guard.name}"]
    assert PASSWORD not in str(case.verdicts.values_list())


@pytest.mark.parametrize("score", [0.2, 0.97, 1, 1.0])
def test_it_removes_nothing_however_sure_it_is(ann: User, guard: Service, score: float) -> None:
    guard.scores = {"hate": score, "violence_threat": score}
    assert judged(ann).state == (State.HELD if score > 0.5 else State.PUBLISHED)


def test_several_classifiers_are_no_surer_than_the_surest() -> None:
    two = tuple(Opinion(by, "harassment", 0.6) for by in ("a", "b"))
    assert judge(Submission("note", TEA, opinions=two)).scores["harassment"] == pytest.approx(0.6)


def test_what_our_own_evidence_removes_stays_removed() -> None:
    opinion = (Opinion("a", "hate", 0.99), Opinion("a", "violence_threat", 0.99))
    worst = Submission("note", TEA, known_images=("sexual",), opinions=opinion)
    assert judge(worst).outcome is Outcome.REMOVE
    alike = Submission("note", TEA, known_images=("hate",), opinions=opinion[:1])
    assert judge(alike).outcome is Outcome.REMOVE


@pytest.mark.parametrize("readers", [Readers.SOME, Readers.NOBODY])
def test_it_is_not_asked_about_what_is_not_for_everybody(
    ann: User, guard: Service, readers: Readers
) -> None:
    assert judged(ann, readers=readers).state == State.PUBLISHED
    assert guard.asked == []


def test_it_is_not_asked_about_a_private_account(ann: User, guard: Service) -> None:
    User.objects.filter(pk=ann.pk).update(is_private=True)
    judged(ann)
    assert guard.asked == []


def test_it_is_not_asked_about_what_others_say_under_the_note_of_a_private_account(
    ann: User, mei: User, guard: Service, post_note: PostNote
) -> None:
    comment = submit_comment(mei, post_note(ann), "How lovely")
    User.objects.filter(pk=ann.pk).update(is_private=True)
    judge_case(comment.case_id)
    assert guard.asked == []


@pytest.mark.parametrize("mood", ["broken", "busy", "nonsense", "odd", "elsewhere", "huge"])
def test_whoever_fails_changes_nothing(ann: User, guard: Service, mood: str) -> None:
    guard.scores, guard.mood = {"hate": 1}, mood
    start = time.monotonic()
    case = judged(ann)
    assert (case.state, sources(case)) == (State.PUBLISHED, [])
    assert time.monotonic() - start < outside.TIME_LIMIT


def test_a_slow_one_is_not_waited_for_and_the_others_are_heard(
    ann: User, guard: Service, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outside.TIME_LIMIT == 2
    monkeypatch.setattr(outside, "TIME_LIMIT", 0.4)
    guard.mood = "slow"
    with serving() as quick:
        quick.scores = {"harassment": 0.9}
        settings.CLASSIFIERS = [*settings.CLASSIFIERS, f"http://{quick.name}"]
        start = time.monotonic()
        case = judged(ann)
        assert time.monotonic() - start < 1.5
    assert (case.state, sources(case)) == (State.HELD, [f"outside:{quick.name}"])


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"weather": 1, "hate": 0.7}, {"hate": 0.7}),
        ({"hate": "0.9", "sexual": None, "spam_scam": [1], "harassment": True}, {}),
        ({"hate": -0.1, "sexual": 1.01, "spam_scam": float("nan"), "harassment": 10**400}, {}),
        ({"hate": 0, "sexual": 1}, {"hate": 0.0, "sexual": 1.0}),
    ],
)
def test_only_scores_of_our_rules_are_heard(said: object, heard: dict[str, float]) -> None:
    found = outside.opinions_of("guard", {"scores": said})
    assert {opinion.rule: opinion.score for opinion in found} == heard


def test_after_three_failures_nobody_asks_and_the_desk_says_so(
    ann: User, bo: User, guard: Service, browser_of: Callable[[User], Client]
) -> None:
    guard.mood = "broken"
    for n in range(5):
        judged(ann, f"{TEA} {n}")
    assert len(guard.asked) == 3
    assert outside.resting() == [guard.name]
    desk = browser_of(bo).get("/admin/moderation/case/").content.decode()
    assert f"Classifier {guard.name} does not answer." in desk


def test_one_that_is_down_changes_nothing(ann: User, settings: LazySettings) -> None:
    settings.CLASSIFIERS = ["http://127.0.0.1:9/judge"]  # nobody is there
    assert judged(ann).state == State.PUBLISHED


def test_the_transparency_page_names_who_reads_along(client: Client, guard: Service) -> None:
    page = client.get("/transparency/").content.decode()
    assert guard.name in page
    assert PASSWORD not in page
    assert guard.name in client.get("/api/v1/transparency/").json()["classifiers"]


def test_by_default_nobody_reads_along(client: Client, settings: LazySettings) -> None:
    assert settings.CLASSIFIERS == []
    assert "No program outside Redleaf" in client.get("/transparency/").content.decode()
