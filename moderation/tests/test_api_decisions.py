"""Decisions, rules and what one is told of them, over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from moderation.actions import decide_by_hand, open_case
from moderation.judging import judge_case
from moderation.models import Case, Verdict
from moderation.policy import Outcome
from moderation.rulebook import RULE_IDS, load_rulebook

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
DECISIONS = "/api/v1/decisions/"


def decided(author: User, *outcomes: Outcome, by: User | None = None, kind: str = "note") -> Case:
    """A case on which these were decided, one after the other."""
    case = open_case(kind, author, "Tea")
    Case.objects.filter(pk=case.pk).update(url=f"/notes/{case.pk}/")
    case.refresh_from_db()
    for outcome in outcomes:
        decide_by_hand(case, by, outcome, "harassment", f"because of {outcome}")
    return case


def listed(client: APIClient, address: str = DECISIONS) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = client.get(address).json()["results"]
    return results


def test_a_decision_says_what_happened_to_what_and_why(api: Api, ann: User, bo: User) -> None:
    case = decided(ann, Outcome.LIMIT, by=bo)
    verdict = case.verdicts.get()
    expected = {
        "id": verdict.pk,
        "kind": "note",
        "url": f"/notes/{case.pk}/",
        "state": "limited",
        "outcome": "limit",
        "rule": "harassment",
        "reason": "because of limit",
        "decided_by": "person",
        "created_at": verdict.created_at.isoformat().replace("+00:00", "Z"),
        "appeal": None,
        "sanction": None,
    }
    client = api(ann)
    assert listed(client) == [expected]
    assert client.get(f"{DECISIONS}{verdict.pk}/").json() == expected


def test_the_name_of_the_moderator_is_nowhere_in_a_decision(api: Api, ann: User, bo: User) -> None:
    decided(ann, Outcome.REMOVE, by=bo)
    body = api(ann).get(DECISIONS).content.decode()
    assert [name in body for name in ("remove", bo.username, bo.email, '"by"')] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["note", "comment"])
def test_what_the_machine_decides_is_said_to_be_the_machines(
    api: Api, tang: User, kind: str
) -> None:
    threat = load_rulebook().rule("violence_threat").not_fine["zh"][0]
    judge_case(open_case(kind, tang, threat).pk)
    told = [(d["kind"], d["rule"], d["decided_by"]) for d in listed(api(tang))]
    assert told == [(kind, "violence_threat", "machine")]


def test_nobody_reads_the_decisions_about_another(api: Api, ann: User, mei: User, bo: User) -> None:
    hers = decided(mei, Outcome.HOLD, by=bo).verdicts.get()
    own = decided(ann, Outcome.HOLD, by=bo).verdicts.get()
    seen = {
        person.username: (
            [decision["id"] for decision in listed(api(person))],
            api(person).get(f"{DECISIONS}{hers.pk}/").status_code,
        )
        for person in (ann, mei, bo)
    }
    assert seen == {"ann": ([own.pk], 404), "mei": ([hers.pk], 200), "bo_wen": ([], 404)}


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([], []),
        ([Outcome.PUBLISH], []),
        ([Outcome.WARN], ["warn"]),
        ([Outcome.HOLD, Outcome.PUBLISH], ["publish", "hold"]),
        ([Outcome.PUBLISH, Outcome.REMOVE, Outcome.PUBLISH], ["publish", "remove"]),
        ([Outcome.LIMIT, Outcome.HOLD, Outcome.REMOVE], ["remove", "hold", "limit"]),
    ],
)
def test_a_restriction_and_its_end_are_listed_latest_first(
    api: Api, ann: User, outcomes: list[Outcome], told: list[str]
) -> None:
    decided(ann, *outcomes)
    assert [decision["outcome"] for decision in listed(api(ann))] == told


def test_the_state_is_the_one_of_today_in_every_decision(api: Api, ann: User) -> None:
    decided(ann, Outcome.HOLD, Outcome.REMOVE)
    states = [(decision["outcome"], decision["state"]) for decision in listed(api(ann))]
    assert states == [("remove", "removed"), ("hold", "removed")]


def test_pages_of_decisions_hold_each_once_though_new_ones_arrive(api: Api, ann: User) -> None:
    for _ in range(5):
        decided(ann, Outcome.LIMIT)
    first_five = list(Verdict.objects.order_by("-id").values_list("id", flat=True))
    client, address, seen = api(ann), f"{DECISIONS}?limit=2", []
    while address:
        page = client.get(address).json()
        seen.append([decision["id"] for decision in page["results"]])
        address = page["next"]
        decided(ann, Outcome.LIMIT)
    assert seen == [first_five[:2], first_five[2:4], first_five[4:]]


@pytest.mark.parametrize("pk", ["0", "9223372036854775807", "9223372036854775808", "9" * 40])
def test_a_decision_that_is_not_there_is_a_404(api: Api, ann: User, pk: str) -> None:
    answer = api(ann).get(f"{DECISIONS}{pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_decisions_are_data_and_the_same_in_both_languages(api: Api, ann: User) -> None:
    decided(ann, Outcome.WARN, Outcome.REMOVE)
    client = api(ann)
    bodies = [
        client.get(DECISIONS, HTTP_ACCEPT_LANGUAGE=code).json()["results"] for code in ("en", "zh")
    ]
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) == 2


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("zh-CN", "zh"), ("fr", "en")])
def test_the_rule_book_is_whole_in_the_readers_language(api: Api, code: str, language: str) -> None:
    book = api().get("/api/v1/rules/", HTTP_ACCEPT_LANGUAGE=code).json()
    assert [rule["id"] for rule in book] == list(RULE_IDS)
    texts = ("title", "principle", "why", "fine", "not_fine", "appeal")
    for told, rule in zip(book, load_rulebook().rules, strict=True):
        for name in texts:
            text = getattr(rule, name)[language]
            assert told.pop(name) == (text if isinstance(text, str) else list(text))
        assert told == {"id": rule.id}


def test_ann_is_told_of_a_restriction_and_reads_it_once(api: Api, ann: User, bo: User) -> None:
    case = decided(ann, Outcome.LIMIT, by=bo)
    client = api(ann)
    (told,) = listed(client, "/api/v1/notifications/")
    assert (told["kind"], told["actor"], told["read_at"]) == ("verdict", None, None)
    assert told["data"] == {
        "verdict": case.verdicts.get().pk,
        "outcome": "limit",
        "rule": "harassment",
        "kind": "note",
        "url": f"/notes/{case.pk}/",
        "by_person": True,
    }
    client.post("/api/v1/notifications/read/", {"up_to": told["id"]})
    assert client.get("/api/v1/notifications/unread/").json() == {"count": 0}
    (again,) = listed(client, "/api/v1/notifications/")
    assert again["read_at"] is not None


def test_reading_up_to_one_leaves_the_later_unread(api: Api, ann: User, mei: User) -> None:
    decided(ann, Outcome.HOLD, Outcome.LIMIT, Outcome.REMOVE)
    decided(mei, Outcome.HOLD)
    client = api(ann)
    latest, middle, first = (told["id"] for told in listed(client, "/api/v1/notifications/"))
    client.post("/api/v1/notifications/read/", {"up_to": middle})
    unread = {
        told["id"]: told["read_at"] is None for told in listed(client, "/api/v1/notifications/")
    }
    assert unread == {latest: True, middle: False, first: False}
    assert api(mei).get("/api/v1/notifications/unread/").json() == {"count": 1}


@pytest.mark.parametrize("up_to", [-1, 2**63, "x", None, [], 1.5, True])
def test_a_place_that_is_none_marks_nothing_as_read(api: Api, ann: User, up_to: Any) -> None:
    decided(ann, Outcome.HOLD)
    client = api(ann)
    refused = client.post("/api/v1/notifications/read/", {"up_to": up_to})
    fields = [error["field"] for error in refused.json()["errors"]]
    assert (refused.status_code, fields) == (400, ["up_to"])
    assert client.get("/api/v1/notifications/unread/").json() == {"count": 1}
