"""The list of cases at the desk: what it filters, finds and says, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moderation.actions import decide_by_hand, open_case
from moderation.admin import waiting_badge
from moderation.models import Case
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
CASES = "/admin/moderation/case/"
STATES = {
    "published": Outcome.PUBLISH,
    "limited": Outcome.LIMIT,
    "held": Outcome.HOLD,
    "removed": Outcome.REMOVE,
}


@pytest.fixture
def desk(bo: User, browser_of: Browser) -> Client:
    return browser_of(bo)


@pytest.fixture
def one_of_each(ann: User, mei: User) -> dict[str, Case]:
    """A case in every state, and one that the machine gave up on."""
    cases = {"pending": open_case("note", ann, "pending tea", "en")}
    cases["stuck"] = open_case("comment", mei, "卡住的茶", "zh")
    Case.objects.filter(pk=cases["stuck"].pk).update(attempts=5)
    for state, outcome in STATES.items():
        cases[state] = open_case("note", mei, f"{state} tea", "en")
        decide_by_hand(cases[state], None, outcome, "hate" if state == "held" else "sexual")
    return cases


def shown(page: str, cases: dict[str, Case]) -> set[str]:
    """The cases that a list links to."""
    linked = {int(pk) for pk in re.findall(rf"{CASES}(\d+)/change/", page)}
    return {name for name, case in cases.items() if case.pk in linked}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"pending", "stuck", "published", "limited", "held", "removed"}),
        ("queue=waiting", {"stuck", "held"}),
        ("queue=pending", {"pending", "stuck"}),
        ("queue=published", {"published"}),
        ("queue=limited", {"limited"}),
        ("queue=held", {"held"}),
        ("queue=removed", {"removed"}),
        ("kind=comment", {"stuck"}),
        ("language=zh", {"stuck"}),
        ("rule=hate", {"held"}),
        ("rule=sexual&queue=removed", {"removed"}),
        ("q=limited", {"limited"}),
        ("q=卡住", {"stuck"}),
        ("q=ann", {"pending"}),
        ("q=nothing-of-the-kind", set()),
    ],
)
def test_a_list_holds_what_was_asked_for_and_nothing_else(
    desk: Client, one_of_each: dict[str, Case], query: str, names: set[str], language: str
) -> None:
    desk.cookies["language"] = language
    answer = desk.get(f"{CASES}?{query}")
    assert answer.status_code == 200
    assert shown(answer.content.decode(), one_of_each) == names


def test_the_side_bar_counts_what_waits(desk: Client, one_of_each: dict[str, Case]) -> None:
    request = desk.get(CASES).wsgi_request
    assert waiting_badge(request) == 2
    decide_by_hand(one_of_each["held"], None, Outcome.PUBLISH)
    assert waiting_badge(request) == 1


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("zh-hans", "zh")])
def test_a_case_names_its_state_and_rule_in_the_moderators_language(
    desk: Client, one_of_each: dict[str, Case], code: str, language: str
) -> None:
    desk.cookies["language"] = code
    state = {"en": "held for a person", "zh": "等待人工审核"}[language]
    title = load_rulebook().rule("hate").title[language]
    page = desk.get(f"{CASES}{one_of_each['held'].pk}/change/").content.decode()
    assert unescape(page).count(f"{state} · {title}") == 1


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("zh-hans", "zh")])
def test_every_rule_can_be_chosen_by_its_title(
    desk: Client, one_of_each: dict[str, Case], code: str, language: str
) -> None:
    desk.cookies["language"] = code
    page = desk.get(f"{CASES}{one_of_each['held'].pk}/change/").content.decode()
    select = re.search(r'<select name="rule".*?</select>', page, re.DOTALL)
    assert select is not None
    options = re.findall(r'<option value="(\w+)"[^>]*>\s*(.*?)\s*</option>', select[0])
    assert [(value, unescape(text)) for value, text in options] == [
        (rule.id, rule.title[language]) for rule in load_rulebook().rules
    ]


def test_words_of_strangers_stay_words_at_the_desk(desk: Client, tang: User) -> None:
    case = open_case("note", tang, "<script>alert('desk')</script>")
    for page in (CASES, f"{CASES}{case.pk}/change/"):
        text = desk.get(page).content.decode()
        assert "<script>alert(" not in text
        assert "&lt;script&gt;alert(" in text


@pytest.mark.parametrize("field", ["text__icontains", "images__contains", "fingerprints"])
def test_no_filter_tells_what_is_in_a_case(desk: Client, field: str) -> None:
    assert desk.get(f"{CASES}?{field}=tea").status_code == 400


def test_every_kind_of_case_has_a_chinese_name(desk: Client, ann: User) -> None:
    kinds = ["note", "comment", "board", "user", "account", "translation", "term", "wording"]
    for kind in kinds:
        open_case(kind, ann, kind.upper())
    desk.cookies["language"] = "zh-hans"
    cells = re.findall(r"field-kind_label[^>]*>\s*(.*?)\s*</td>", desk.get(CASES).content.decode())
    assert len(set(cells)) == len(kinds)
    assert not [cell for cell in cells if re.sub("<[^>]+>", "", cell).isascii()]


def queries_of(desk: Client) -> int:
    with CaptureQueriesContext(connection) as made:
        assert desk.get(CASES).status_code == 200
    return len(made)


def test_a_list_of_five_costs_no_more_queries_than_a_list_of_one(
    desk: Client, ann: User, mei: User, tang: User
) -> None:
    open_case("note", ann, "one", "en")
    desk.get(CASES)
    of_one = queries_of(desk)
    for author in (mei, tang, ann, mei):
        case = open_case("comment", author, "more", "zh")
        decide_by_hand(case, None, Outcome.HOLD, "hate")
    assert queries_of(desk) == of_one


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "was decided by bo_wen 0\xa0minutes ago: held for a person. Nothing changed."),
        ("zh-hans", "前由 bo_wen 裁定：等待人工审核。未作任何改动。"),
    ],
)
def test_who_comes_second_is_told_in_their_language(
    desk: Client, one_of_each: dict[str, Case], bo: User, code: str, words: str
) -> None:
    desk.cookies["language"] = code
    case = one_of_each["held"]
    decide_by_hand(case, bo, Outcome.HOLD, "hate")
    form = {"version": case.version - 1, "outcome": "remove", "rule": "hate", "reason": ""}
    page = desk.post(f"{CASES}{case.pk}/change/", form, follow=True).content.decode()
    assert unescape(page).count(words) == 1
    assert Case.objects.get(pk=case.pk).state == "held"
