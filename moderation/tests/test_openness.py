"""The pause before posting, public figures, and the budget of overturned removals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from moderation import figures
from moderation.actions import decide_by_hand, open_case
from moderation.judging import judge_case
from moderation.models import Case, State, Verdict
from moderation.policy import Outcome, Ruling

pytestmark = pytest.mark.django_db
VILE = {
    "en": "Immigrants are vermin and should be wiped out.",
    "zh": "外地人都是蛆虫，就该被灭绝。",
}


def machine(outcome: Outcome, language: str, rule: str = "hate") -> Ruling:
    return Ruling(
        outcome, rule if outcome is not Outcome.PUBLISH else "", 0, language, (), "rules-1"
    )


def judged(author: User, count: int, outcome: Outcome, language: str) -> list[Case]:
    cases = []
    for _ in range(count):
        case = open_case("note", author, "words", language, ready=False)
        case.decide(machine(outcome, language))
        cases.append(case)
    return cases


@pytest.mark.parametrize(("language", "text"), VILE.items())
def test_a_pause_names_the_rule_in_the_readers_language(
    language: str, text: str, ann: User, api: Callable[..., APIClient]
) -> None:
    client = api(ann)
    code = {"en": "en", "zh": "zh-hans"}[language]
    answer = client.post("/api/v1/pause/", {"text": text}, HTTP_ACCEPT_LANGUAGE=code)
    assert answer.status_code == 200
    assert answer.json()["pause"] is True
    assert answer.json()["rule"] == "hate"
    assert any("一" <= c <= "鿿" for c in answer.json()["hint"]) is (language == "zh")
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "I disagree with vegans on honey.", "我不同意这个政策，理由如下。"]
)
def test_fair_disagreement_needs_no_pause(
    text: str, ann: User, api: Callable[..., APIClient]
) -> None:
    answer = api(ann).post("/api/v1/pause/", {"text": text}).json()
    assert answer == {"pause": False, "rule": None, "hint": None}


def test_figures_count_each_language_and_who_decided(
    ann: User, bo: User, api: Callable[..., APIClient]
) -> None:
    judged(ann, 3, Outcome.PUBLISH, "en")
    (limited,) = judged(ann, 1, Outcome.LIMIT, "en")
    judged(ann, 2, Outcome.PUBLISH, "zh")
    decide_by_hand(limited, bo, Outcome.PUBLISH)
    told = api().get("/api/v1/transparency/").json()
    english = told["languages"]["en"]
    assert (english["judged"], english["restricted"], english["overturned"]) == (4, 1, 1)
    assert english["by_rule"] == [
        {"rule": "hate", "outcome": "limit", "by_person": 0, "by_machine": 1}
    ]
    assert told["languages"]["zh"]["judged"] == 2
    assert told["parity"]["gap"] == 0.25


def history(author: User, count: int, outcome: Outcome, language: str) -> None:
    """What so many judged texts leave behind."""
    cases = Case.objects.bulk_create(
        Case(kind="note", author=author, text="words", language=language) for _ in range(count)
    )
    rule = "hate" if outcome is not Outcome.PUBLISH else ""
    Verdict.objects.bulk_create(
        Verdict(case=case, outcome=outcome, rule=rule, policy_version="rules-1") for case in cases
    )


def test_a_rule_that_works_in_one_language_only_turns_parity_red(ann: User) -> None:
    history(ann, 60, Outcome.LIMIT, "zh")
    history(ann, 60, Outcome.PUBLISH, "zh")
    history(ann, 120, Outcome.PUBLISH, "en")
    assert figures.public_figures()["parity"]["even"] is False


def test_few_texts_are_no_proof_of_unevenness(ann: User) -> None:
    history(ann, 1, Outcome.LIMIT, "zh")
    history(ann, 6, Outcome.PUBLISH, "zh")
    history(ann, 7, Outcome.PUBLISH, "en")
    assert figures.public_figures()["parity"]["even"] is True


def test_too_many_overturned_removals_turn_removal_into_holding_and_back(
    ann: User, bo: User
) -> None:
    removed = judged(ann, 20, Outcome.REMOVE, "en")
    for case in removed[:2]:
        decide_by_hand(case, bo, Outcome.PUBLISH)
    assert figures.may_remove_by_machine("en") is False
    assert figures.may_remove_by_machine("zh") is True
    states = {language: _state_after_judging(ann, text) for language, text in VILE.items()}
    assert states == {"en": State.HELD, "zh": State.REMOVED}
    history(ann, 40, Outcome.REMOVE, "en")
    assert figures.may_remove_by_machine("en") is True


def _state_after_judging(author: User, text: str) -> str:
    case = open_case("note", author, text)
    judge_case(case.pk)
    return Case.objects.get(pk=case.pk).state
