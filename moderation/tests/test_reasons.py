"""What lowers the visibility of something leaves a verdict with a rule that its author hears."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import SENIORS, Kind, Notification, User
from conftest import PostNote, make_person
from launcher.datadir import ROOT
from moderation.actions import (
    add_word,
    answer_appeal,
    appeal,
    case_of_person,
    decide_by_hand,
    open_case,
    report,
    sanction,
    second_ban,
)
from moderation.judging import judge_case
from moderation.models import Case, Verdict
from moderation.policy import Outcome
from moderation.rulebook import RULE_IDS

pytestmark = pytest.mark.django_db
VILE = "You are a worthless piece of shit and nobody likes you."


def senior(name: str) -> User:
    person = make_person(name, is_staff=True)
    person.groups.add(Group.objects.get(name=SENIORS))
    return person


def by_machine(author: User, case: Case, lin: User) -> None:
    judge_case(open_case("comment", author, VILE, "en").pk)


def by_a_listed_word(author: User, case: Case, lin: User) -> None:
    add_word(lin, "zorblax", "spam_scam", 0.8, "why")
    judge_case(open_case("note", author, "A zorblax, and no more.", "en").pk)


def by_hand(author: User, case: Case, lin: User) -> None:
    decide_by_hand(case, lin, Outcome.LIMIT, "hate")


def by_an_answer(author: User, case: Case, lin: User) -> None:
    first = decide_by_hand(case, lin, Outcome.LIMIT, "hate")
    answer_appeal(appeal(first, author, "Why?"), senior("third"), "Worse.", Outcome.REMOVE, "hate")


def by_sanction(kind: str) -> Callable[[User, Case, User], None]:
    def path(author: User, case: Case, lin: User) -> None:
        made = sanction(author, lin, kind, "hate", days=3)
        if kind == "ban":
            second_ban(made, senior("qiu_yue"))

    return path


PATHS = {
    "machine": by_machine,
    "listed word": by_a_listed_word,
    "moderator": by_hand,
    "answer to an appeal": by_an_answer,
    **{kind: by_sanction(kind) for kind in ("mute", "limit", "suspend", "ban")},
}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_leaves_a_verdict_with_a_rule_and_tells_the_author(
    ann: User, post_note: PostNote, path: str
) -> None:
    case = Case.objects.get(pk=post_note(ann).case.pk)
    before = Verdict.objects.count()
    PATHS[path](ann, case, senior("lin_hua"))
    made = Verdict.objects.order_by("pk")[before:]
    assert made.count() >= 1
    assert {verdict.outcome == Outcome.PUBLISH for verdict in made} == {False}
    assert {verdict.rule for verdict in made} <= set(RULE_IDS)
    told = Notification.objects.filter(recipient=ann, kind=Kind.VERDICT)
    assert set(told.values_list("data__verdict", flat=True)) >= {verdict.pk for verdict in made}


# What hides something, and the only files that do it: a case moves through its one door, an
# account is hidden by leaving or by what its sanctions say.
HIDING = re.compile(r"\bis_active=False|\.update\(is_limited|STATE_OF\[")
DOORS = {
    "accounts/actions/leaving.py",
    "moderation/models/cases.py",
    "moderation/sanctioning.py",
}


def test_nothing_else_in_the_house_hides_anything() -> None:
    files = [
        file.relative_to(ROOT)
        for package in ("accounts", "moderation", "notes", "feeds", "config")
        for file in (ROOT / package).rglob("*.py")
        if HIDING.search(file.read_text(encoding="utf-8"))
    ]
    assert {str(file) for file in files if "tests" not in file.parts} == DOORS


def test_a_report_on_a_profile_is_told_to_both_in_its_own_words(
    ann: User, mei: User, bo: User, browser_of: Callable[[User], Client]
) -> None:
    case = case_of_person(ann)
    report(case, mei, "hate")
    decided = decide_by_hand(case, bo, Outcome.REMOVE, "hate")
    page = browser_of(ann).get("/notifications/").content.decode()
    assert ("Your profile breaks a rule" in page, "Your note" in page) == (True, False)
    told = browser_of(mei)
    told.cookies["language"] = "zh-hans"
    page = told.get("/notifications/").content.decode()
    assert ("感谢你的举报，我们已作出处理。" in page, "你的笔记" in page) == (True, False)
    answer_appeal(appeal(decided, ann, "A song."), senior("lin_hua"), "It stands.")
    page = browser_of(ann).get("/notifications/").content.decode()
    assert "Your appeal is answered: the decision stands." in page
