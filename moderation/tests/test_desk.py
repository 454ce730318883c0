"""The desk in admin, for a moderator who is no superuser."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import SENIORS, User
from conftest import PostNote, make_person
from moderation.actions import appeal, decide_by_hand, report, sanction
from moderation.models import AppealState, Case, State, Verdict
from moderation.policy import Outcome
from notes.models import Note

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
QUEUE = "/admin/moderation/case/?queue=waiting"


def decide(client: Client, case: Case, **said: object) -> int:
    page = f"/admin/moderation/case/{case.pk}/change/"
    form = {"version": case.version, "outcome": "publish", "rule": "", "reason": ""} | said
    history = {f"verdicts-{part}": 0 for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return client.post(page, form | history).status_code


def test_the_queue_shows_text_and_pictures_of_what_waits(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    post_note(ann, "held words", state="held")
    post_note(ann, "fine words")
    page = browser_of(bo).get(QUEUE).content.decode()
    assert ("held words" in page, "fine words" in page) == (True, False)
    assert "/360.webp" in page


def test_bo_publishes_a_held_note_and_it_appears(
    ann: User, bo: User, mei: User, post_note: PostNote, browser_of: Browser
) -> None:
    note = post_note(ann, state="held")
    assert not Note.objects.visible(mei).exists()
    assert decide(browser_of(bo), note.case, reason="It is a joke among friends") == 302
    assert Note.objects.visible(mei).get() == note
    verdict = note.case.verdicts.order_by("-id")[0]
    assert (verdict.by, verdict.outcome, verdict.reason) == (
        bo, "publish", "It is a joke among friends",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("limit", State.LIMITED), ("hold", State.HELD), ("remove", State.REMOVED)],
)
def test_a_restriction_names_its_rule(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser, outcome: str, state: str
) -> None:
    note = post_note(ann)
    client = browser_of(bo)
    assert decide(client, note.case, outcome=outcome) == 200
    assert Case.objects.get().state == State.PUBLISHED
    assert decide(client, note.case, outcome=outcome, rule="spam_scam") == 302
    case = Case.objects.get()
    assert (case.state, case.rule) == (state, "spam_scam")


def test_who_read_an_older_state_of_the_case_decides_nothing(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    note = post_note(ann, state="held")
    assert decide(browser_of(bo), note.case, version=1, outcome="remove", rule="hate") == 302
    assert Case.objects.get().state == State.HELD
    assert note.case.verdicts.count() == 1


def test_many_are_published_at_once(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    cases = [post_note(ann, str(n), state="held").case_id for n in range(3)]
    browser_of(bo).post(QUEUE, {"action": "publish", "_selected_action": cases})
    assert set(Case.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_many_are_removed_only_by_the_rule_each_names(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    named, nameless = post_note(ann, state="held").case, post_note(ann).case
    client = browser_of(bo)
    client.post(QUEUE, {"action": "remove", "_selected_action": [named.pk, nameless.pk]})
    client.post(
        "/admin/moderation/case/",
        {"action": "remove", "_selected_action": [named.pk, nameless.pk]},
    )
    states = [Case.objects.get(pk=case.pk).state for case in (named, nameless)]
    assert states == [State.REMOVED, State.PUBLISHED]


def test_of_many_those_that_one_may_not_decide_are_named_and_the_rest_is_decided(
    ann: User, mei: User, tang: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    lin = make_person("lin_hua", is_staff=True)
    lin.groups.add(Group.objects.get(name=SENIORS))
    case = post_note(mei, state="held").case
    sanctions = [
        sanction(ann, lin, "suspend", "hate", days=9),
        sanction(tang, lin, "mute", "hate", days=9),
    ]
    theirs = [made.case for made in sanctions if made.case]
    for account in theirs:
        appeal(account.verdicts.get(), account.author or mei, "It was not me.")
    chosen = [case.pk, *(account.pk for account in theirs)]
    said = {"action": "limit", "rule": "hate", "_selected_action": chosen}
    page = unescape(browser_of(bo).post(QUEUE, said, follow=True).content.decode())
    assert f"Case {theirs[0].pk}: another person has to do this." in page
    assert f"Case {theirs[1].pk}: A sanction can be ended here, or made milder." in page
    assert "1 case decided." in page
    assert Case.objects.get(pk=case.pk).state == State.LIMITED


@pytest.mark.parametrize("action", ["publish", "limit", "remove"])
def test_an_appeal_is_not_swept_away_with_many_others(
    ann: User, mei: User, bo: User, post_note: PostNote, browser_of: Browser, action: str
) -> None:
    held, removed = post_note(mei, state="held").case, post_note(ann).case
    decide_by_hand(removed, bo, Outcome.REMOVE, "hate")
    asked = appeal(removed.verdicts.latest("pk"), ann, "It was a quotation.")
    chosen = {"action": action, "rule": "hate", "_selected_action": [held.pk, removed.pk]}
    page = unescape(browser_of(bo).post(QUEUE, chosen, follow=True).content.decode())
    why = "An appeal waits here: another person answers it, in words."
    assert f"Case {removed.pk}: {why}" in page
    assert "1 case decided." in page
    assert Case.objects.get(pk=removed.pk).state == State.REMOVED
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (AppealState.OPEN, None)


def test_a_screen_outlives_a_rule_and_costs_the_same_for_many_reports(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    case = post_note(ann).case
    found = {"rule": "gone", "score": 0.5, "start": 0, "end": 6, "source": "pattern"}
    Verdict.objects.create(case=case, outcome="publish", evidence=[found], policy_version="1")
    client, screen, costs = browser_of(bo), f"/admin/moderation/case/{case.pk}/change/", []
    report(case, make_person("reader0"), "hate")
    client.get(screen)
    for number in range(1, 4):
        report(case, make_person(f"reader{number}"), "hate", f"says {number}")
        with CaptureQueriesContext(connection) as made:
            page = client.get(screen).content.decode()
        costs.append(len(made))
    assert ("gone" in page, page.index("says 3") < page.index("says 2")) == (True, True)
    assert len(set(costs)) == 1


def test_history_cannot_be_edited_or_deleted_in_admin(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    case = post_note(ann, state="held").case
    client = browser_of(bo)
    assert client.post(f"/admin/moderation/case/{case.pk}/delete/").status_code == 403
    assert client.get("/admin/moderation/case/add/").status_code == 403
    page = client.get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    assert 'name="verdicts-0-outcome"' not in page


def test_the_desk_is_there_in_chinese(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    case = post_note(ann, state="held").case
    client = browser_of(bo)
    client.cookies["language"] = "zh-hans"
    for page in (QUEUE, f"/admin/moderation/case/{case.pk}/change/", "/admin/notes/note/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert 'lang="zh-hans"' in answer.content.decode()


@pytest.mark.parametrize("page", ["/admin/", QUEUE, "/admin/notes/note/", "/admin/accounts/user/"])
def test_nobody_else_comes_in(mei: User, browser_of: Browser, page: str) -> None:
    for client in (Client(), browser_of(mei)):
        answer = client.get(page)
        assert answer.status_code in {302, 403}


@pytest.mark.parametrize(
    "page", ["/admin/notes/note/", "/admin/notes/comment/", "/admin/accounts/user/", "/admin/"]
)
def test_a_moderator_looks_up_notes_comments_and_people(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser, page: str
) -> None:
    note = post_note(ann)
    assert browser_of(bo).get(page).status_code == 200
    assert browser_of(bo).get(f"/admin/notes/note/{note.pk}/change/").status_code == 200


def test_a_moderator_gives_nobody_a_role(ann: User, bo: User, browser_of: Browser) -> None:
    answer = browser_of(bo).post(f"/admin/accounts/user/{ann.pk}/change/", {"is_staff": "on"})
    assert answer.status_code == 403
    assert User.objects.get(pk=ann.pk).is_staff is False
