"""One case on one screen: claimed, looked at, decided, appealed; who may do what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import AUDITORS, SENIORS, Kind, Notification, User
from conftest import PostNote, make_person
from moderation.actions import appeal, claim, decide_by_hand, report
from moderation.marking import Part, Piece, marked
from moderation.models import (
    AlreadyDecidedError,
    Appeal,
    Case,
    ClaimedError,
    Look,
    State,
    Verdict,
)
from moderation.models.looks import LATELY
from moderation.policy import Outcome

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
QUEUE = "/admin/moderation/case/?queue=waiting"


def at(case: Case) -> str:
    return f"/admin/moderation/case/{case.pk}/change/"


@pytest.fixture
def lin(db: None) -> User:
    """A senior moderator."""
    lin = make_person("lin_hua", display_name="Lin", is_staff=True)
    lin.groups.add(Group.objects.get(name=SENIORS))
    return lin


@pytest.fixture
def held(ann: User, post_note: PostNote) -> Case:
    return Case.objects.get(pk=post_note(ann, "held words", state="held").case.pk)


def test_a_decision_leads_to_the_next_case_which_is_claimed(
    held: Case, ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    following = post_note(ann, "second", state="held").case
    answer = browser_of(bo).post(at(held), {"version": held.version, "outcome": "publish"})
    assert answer["Location"] == at(following)
    following.refresh_from_db()
    assert following.claimant == bo
    last = browser_of(bo).post(at(following), {"version": following.version, "outcome": "publish"})
    assert last["Location"] == QUEUE


def test_two_moderators_make_one_decision_and_the_second_is_told_who_was_faster(
    held: Case, bo: User, lin: User, browser_of: Browser
) -> None:
    said = {"version": held.version, "outcome": "remove", "rule": "hate"}
    browser_of(bo).post(at(held), said)
    page = browser_of(lin).post(at(held), said | {"outcome": "publish"}, follow=True)
    assert f"Case {held.pk} was decided by bo_wen" in unescape(page.content.decode())
    assert [v.outcome for v in held.verdicts.all()] == ["hold", "remove"]


def test_nobody_decides_while_another_is_at_it_unless_they_take_it_over(
    held: Case, bo: User, lin: User, browser_of: Browser
) -> None:
    second = make_person("second_mod", is_staff=True)
    second.groups.set(bo.groups.all())
    claim(held, bo)
    said = {"version": held.version, "outcome": "publish"}
    page = browser_of(second).post(at(held), said, follow=True).content.decode()
    assert f"bo_wen is at case {held.pk}; nothing changed." in page
    with pytest.raises(ClaimedError):
        claim(held, second)
    claim(held, lin)
    with pytest.raises(ClaimedError):
        decide_by_hand(held, bo, Outcome.PUBLISH)
    assert decide_by_hand(held, lin, Outcome.PUBLISH).by == lin


def test_a_claim_is_over_after_a_quarter_of_an_hour_or_when_it_is_given_back(
    held: Case, bo: User, lin: User, browser_of: Browser
) -> None:
    claim(held, lin)
    Case.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))
    client = browser_of(bo)
    client.post(at(held), {"do": "claim"})
    held.refresh_from_db()
    assert held.claimant == bo
    client.post(at(held), {"do": "release"})
    held.refresh_from_db()
    assert held.claimant is None


def test_who_read_the_case_before_it_was_decided_claims_nothing(held: Case, bo: User) -> None:
    decide_by_hand(Case.objects.get(pk=held.pk), bo, Outcome.REMOVE, "hate")
    with pytest.raises(AlreadyDecidedError):
        claim(held, bo)


def test_what_is_not_public_is_read_on_its_screen_alone_and_that_is_noted(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    case = post_note(ann, "for-followers", audience="followers", state="held").case
    client = browser_of(bo)
    listed = client.get(QUEUE).content.decode()
    assert ("for-followers" in listed, at(case) in listed) == (False, True)
    assert at(case) not in client.get(f"{QUEUE}&q=followers").content.decode()
    assert not Look.objects.exists()
    assert "for-followers" in client.get(at(case)).content.decode()
    assert [(seen.case, seen.by) for seen in Look.objects.all()] == [(case, bo)]
    said = {"version": case.version, "outcome": "publish", "do": "preview"}
    for form in (said, {"do": "decide"}, {"do": "sanction"}):
        assert "for-followers" in client.post(at(case), form).content.decode()
    assert Look.objects.count() == 4


def test_a_look_at_what_is_public_is_not_noted(held: Case, bo: User, browser_of: Browser) -> None:
    assert "held words" in browser_of(bo).get(at(held)).content.decode()
    assert not Look.objects.exists()


def test_a_report_brings_what_is_for_followers_to_the_desk(
    ann: User, mei: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    case = post_note(ann, "for-followers", audience="followers").case
    assert browser_of(bo).get(at(case)).status_code == 302
    report(case, mei, "harassment", "She means me.")
    page = browser_of(bo).get(at(case)).content.decode()
    assert ("She means me." in page, "right 0 of 0 times" in page) == (True, True)
    browser_of(bo).post(at(case), {"version": case.version, "outcome": "publish"})
    told = Notification.objects.get(recipient=mei, kind=Kind.REPORT)
    assert told.data["state"] == "dismissed"


def test_the_screen_marks_the_words_and_shows_what_the_author_will_read(
    mei: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    note = post_note(mei, "你就是个废物，没人喜欢你。你去死吧。", state="judged")
    client = browser_of(bo)
    page = client.get(at(note.case)).content.decode()
    assert '<mark title="' in page
    said = {"version": note.case.version, "outcome": "remove", "rule": "harassment"}
    shown = client.post(at(note.case), said | {"reason": "请友善。", "do": "preview"})
    assert 'lang="zh-hans"' in shown.content.decode()
    assert "你的笔记已被移除。" in shown.content.decode()
    assert Case.objects.get(pk=note.case.pk).state == note.case.state


def asked(held: Case, first: User | None, author: User) -> Appeal:
    verdict = decide_by_hand(held, first, Outcome.REMOVE, "harassment")
    return appeal(verdict, author, "It is a song.")


def test_an_appeal_is_answered_at_the_desk_and_never_by_the_first_decider(
    held: Case, ann: User, bo: User, lin: User, browser_of: Browser
) -> None:
    waits = asked(held, bo, ann)
    said = {"do": "answer", "appeal-outcome": "publish", "appeal-answer": "It is."}
    own = browser_of(bo)
    assert "You decided first" in own.get(at(held)).content.decode()
    assert "Who decided first may not answer" in own.post(at(held), said).content.decode()
    other = browser_of(lin)
    wordless = other.post(at(held), said | {"appeal-answer": ""})
    assert wordless.status_code == 200
    waits.refresh_from_db()
    assert waits.state == "open"
    other.post(at(held), said)
    waits.refresh_from_db()
    assert (waits.state, waits.answer, waits.decided_by) == ("cancelled", "It is.", lin)
    assert Case.objects.get(pk=held.pk).state == State.PUBLISHED


def test_what_one_held_for_a_second_person_or_decided_first_does_not_come_next(
    held: Case, ann: User, bo: User, lin: User, post_note: PostNote, browser_of: Browser
) -> None:
    decide_by_hand(held, bo, Outcome.HOLD, "hate", "I am not sure.")
    case = Case.objects.get(pk=post_note(ann, "removed").case.pk)
    asked(case, bo, ann)
    fresh = post_note(ann, "fresh", state="held").case
    client = browser_of(bo)
    answer = client.post(at(fresh), {"version": fresh.version, "outcome": "publish"})
    assert answer["Location"] == QUEUE
    follows = browser_of(lin).post(at(fresh), {"do": "next"})
    assert follows["Location"] in {at(held), at(case)}


def test_the_most_harmful_that_many_see_comes_first(
    ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    spam = post_note(ann, "spam").case
    decide_by_hand(Case.objects.get(pk=spam.pk), None, Outcome.HOLD, "spam_scam")
    threat = post_note(ann, "threat").case
    decide_by_hand(Case.objects.get(pk=threat.pk), None, Outcome.HOLD, "violence_threat")
    seen = Case.objects.get(pk=post_note(ann, "seen").case.pk)
    for reporter in (mei, tang):
        report(seen, reporter, "hate")
    urgent = Case.objects.waiting_for_a_person().most_urgent()
    assert [case.pk for case in urgent] == [seen.pk, threat.pk, spam.pk]


# Who may do what: moderator, senior moderator, auditor, a person.
MAY = {
    "view_case": (True, True, True, False),
    "change_case": (True, True, False, False),
    "take_over_case": (False, True, False, False),
    "view_look": (False, True, True, False),
    "delete_case": (False, False, False, False),
    "change_verdict": (False, False, False, False),
    "delete_verdict": (False, False, False, False),
}


def test_every_role_may_what_the_table_says(bo: User, lin: User, mei: User) -> None:
    auditor = make_person("auditor", is_staff=True)
    auditor.groups.add(Group.objects.get(name=AUDITORS))
    people = (bo, lin, auditor, mei)
    table = {
        name: tuple(person.has_perm(f"moderation.{name}") for person in people) for name in MAY
    }
    assert table == MAY


def test_an_auditor_reads_and_decides_nothing(held: Case, browser_of: Browser) -> None:
    auditor = make_person("auditor", is_staff=True)
    auditor.groups.add(Group.objects.get(name=AUDITORS))
    client = browser_of(auditor)
    page = client.get(at(held)).content.decode()
    assert ("held words" in page, 'name="outcome"' in page) == (True, False)
    for said in ({"do": "claim"}, {"version": held.version, "outcome": "publish"}):
        assert client.post(at(held), said).status_code == 403
    client.post(QUEUE, {"action": "publish", "_selected_action": [held.pk]})
    assert Verdict.objects.filter(case=held).count() == 1


def test_many_are_removed_by_one_rule(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    cases = [post_note(ann, str(n), state="held").case_id for n in range(2)]
    said = {"action": "remove", "rule": "spam_scam", "_selected_action": cases}
    page = browser_of(bo).post(QUEUE, said, follow=True).content.decode()
    assert "2 cases decided." in page
    assert set(Case.objects.values_list("state", "rule")) == {("removed", "spam_scam")}


def test_a_text_is_cut_by_language_and_marked_where_something_was_found() -> None:
    text = "A quiet day by the lake with my friends\n\n今天在湖边散步，天气很好"
    spans = [(2, 7, "hate"), (4, 11, "sexual"), (0, len(text), "spam_scam")]
    english, chinese = marked(text, spans)
    assert english == Part(
        "en",
        (
            Piece("A "),
            Piece("qu", ("hate",)),
            Piece("iet", ("hate", "sexual")),
            Piece(" day", ("sexual",)),
            Piece(" by the lake with my friends"),
        ),
    )
    assert (chinese.language, chinese.pieces) == ("zh", (Piece("今天在湖边散步，天气很好"),))


def test_the_pictures_of_what_is_for_followers_open_with_its_screen_for_a_while(
    ann: User, bo: User, post_note: PostNote, browser_of: Browser
) -> None:
    note = post_note(ann, "for-followers", audience="followers", state="held")
    picture = note.images.get().urls["360"]
    client = browser_of(bo)
    assert status_of(client, picture) == 404
    client.get(at(note.case))
    assert status_of(client, picture) == 200
    other = make_person("dee", is_staff=True)
    other.groups.set(bo.groups.all())
    assert status_of(browser_of(other), picture) == 404
    Look.objects.update(created_at=timezone.now() - LATELY)
    assert status_of(client, picture) == 404


def status_of(client: Client, picture: str) -> int:
    answer: Any = client.get(picture)
    if answer.streaming:
        assert b"".join(answer.streaming_content)[:4] == b"RIFF"
    return int(answer.status_code)
