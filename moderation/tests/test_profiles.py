"""Names and bios are judged: who reads what before, during and after."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.actions import change_profile, leave
from accounts.models import Kind, Notification, User
from conftest import PostNote, bring_to, introduce
from feeds.archive.contents import profile_of
from feeds.erasure import erase
from feeds.search.indexing import tick
from moderation.actions import answer_appeal, appeal, case_of_person, decide_by_hand, report
from moderation.judging import judge_profiles, submission_of
from moderation.models import Case, ProfileText, State
from moderation.policy import Outcome
from moderation.profiles import open_proposed
from moderation.tests.test_reasons import senior

pytestmark = pytest.mark.django_db
Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
INSULT = "Zoe Miller is a worthless idiot, go hang yourself"


def words_of(person: User) -> tuple[str, str]:
    """What everybody reads."""
    person.refresh_from_db()
    return person.display_name, person.bio


def test_new_words_are_read_by_others_once_they_are_judged(ann: User, api: Api) -> None:
    change_profile(ann, bio="Tea and maps")
    assert api().get("/api/v1/users/ann/").json()["bio"] == ""
    judge_profiles()
    assert api().get("/api/v1/users/ann/").json()["bio"] == "Tea and maps"
    ann.refresh_from_db()
    assert (ann.display_name, ann.proposed_at) == ("Ann", None)
    assert not Notification.objects.exists()
    assert list(open_proposed()) == []


def test_what_breaks_a_rule_is_read_by_its_author_alone(
    ann: User, mei: User, api: Api, browser_of: BrowserOf, post_note: PostNote
) -> None:
    introduce(ann, bio="Tea and maps")
    note = post_note(ann, "Autumn walk")
    change_profile(ann, display_name="Zed", bio=INSULT)
    judge_profiles()
    case = Case.objects.filter(author=ann, kind="user").latest("pk")
    assert case.state in (State.HELD, State.REMOVED)
    assert words_of(ann) == ("Ann", "Tea and maps")
    tick()
    for path in ("@ann/", f"notes/{note.pk}/", "explore/", "search/?q=ann&type=people"):
        for reader in (Client(), browser_of(mei)):
            page = reader.get(f"/{path}", follow=True).content.decode()
            assert ("Zed" in page, "worthless" in page) == (False, False), path
    for path in ("users/ann/", f"notes/{note.pk}/", "search/?q=zed&type=people"):
        answer = api(mei).get(f"/api/v1/{path}").content.decode()
        assert ("Zed" in answer, "worthless" in answer) == (False, False), path
    own = browser_of(ann)
    assert INSULT in own.get("/@ann/").content.decode()
    assert INSULT in own.get("/settings/profile/").content.decode()
    me = api(ann).get("/api/v1/me/").json()
    assert (me["display_name"], me["profile_pending"]) == ("Zed", True)
    assert profile_of(ann)["bio"] == INSULT


def test_the_author_is_told_why_and_may_appeal(ann: User, bo: User, browser_of: BrowserOf) -> None:
    case = introduce(ann, "removed", bio="A song of mine")
    told = Notification.objects.get(recipient=ann, kind=Kind.VERDICT)
    assert (told.data["kind"], told.data["rule"]) == ("user", "harassment")
    assert "Your profile breaks a rule" in browser_of(ann).get("/notifications/").content.decode()
    asked = appeal(case.verdicts.get(), ann, "It is a song.")
    answer_appeal(asked, bo, "So it is.", Outcome.PUBLISH)
    assert words_of(ann) == ("Ann", "A song of mine")


def test_a_report_of_a_person_has_their_words_taken_down_and_given_back(
    ann: User, mei: User, bo: User
) -> None:
    User.objects.filter(pk=ann.pk).update(bio="Written before anybody judged")
    case = case_of_person(ann)
    assert case == case_of_person(ann)
    assert case.text == "Ann\n\nWritten before anybody judged"
    report(case, mei, "hate")
    decide_by_hand(case, bo, Outcome.REMOVE, "hate")
    assert words_of(ann) == ("", "")
    assert ann.own_words["bio"] == "Written before anybody judged"
    assert case_of_person(ann) != case  # what they are called, since they say nothing any more
    case.refresh_from_db()
    decide_by_hand(case, senior("lin_hua"), Outcome.PUBLISH)
    assert words_of(ann) == ("Ann", "Written before anybody judged")
    assert ann.proposed_at is None


def test_of_limited_words_others_read_the_name_alone(
    ann: User, mei: User, bo: User, browser_of: BrowserOf
) -> None:
    case = introduce(ann, display_name="Annie", bio="Cheap followers, ask me")
    decide_by_hand(case, bo, Outcome.LIMIT, "spam_scam")
    assert words_of(ann) == ("Annie", "")
    assert ann.own_words["bio"] == "Cheap followers, ask me"
    assert "Cheap" not in browser_of(mei).get("/@ann/").content.decode()
    own = browser_of(ann).get("/@ann/").content.decode()
    assert "Cheap followers" in own
    assert "Others do not see this name and text, or not yet." in own
    assert Notification.objects.get(recipient=ann, kind=Kind.VERDICT).data["rule"] == "spam_scam"
    case.refresh_from_db()
    decide_by_hand(case, senior("lin_hua"), Outcome.PUBLISH)
    assert words_of(ann) == ("Annie", "Cheap followers, ask me")
    assert ann.proposed_at is None


def test_published_words_that_are_removed_leave_the_newer_ones_waiting(ann: User) -> None:
    first = introduce(ann, bio="Tea")
    second = introduce(ann, "held", bio="Tea and maps")
    bring_to(first, "removed")
    assert words_of(ann) == ("", "")
    assert ann.own_words["bio"] == "Tea and maps"
    bring_to(second, "published")
    assert words_of(ann) == ("Ann", "Tea and maps")
    assert ProfileText.objects.get().case == second
    first.refresh_from_db()
    assert first.state == State.REMOVED


def test_words_that_are_overtaken_are_never_shown(ann: User) -> None:
    first = introduce(ann, "held", bio="Tea")
    change_profile(ann, bio="Maps")
    bring_to(first, "published")
    assert words_of(ann)[1] == "Tea"  # a person decided: they were fine
    judge_profiles()
    assert words_of(ann)[1] == "Maps"
    held = introduce(ann, "held", bio="Rain")
    judged = introduce(ann, bio="Snow")
    assert words_of(ann)[1] == "Snow"
    assert ProfileText.objects.get().case == judged
    held.refresh_from_db()
    assert held.state == State.HELD


@pytest.mark.django_db(transaction=True)
def test_a_case_whose_words_are_gone_asks_nobody_any_more(ann: User) -> None:
    introduce(ann, "held", bio="Tea")
    introduce(ann, bio="Maps")
    assert not Case.objects.waiting_for_a_person().exists()


def test_what_takes_the_place_of_words_that_a_person_removed_waits_for_a_person(
    ann: User, bo: User
) -> None:
    case = introduce(ann, "pending", bio="Tea")
    decide_by_hand(case, bo, Outcome.REMOVE, "hate")
    change_profile(ann, display_name="", bio="")
    judge_profiles()
    assert words_of(ann) == ("", "")
    change_profile(ann, bio="Tea!")
    judge_profiles()
    assert words_of(ann) == ("", "")
    waiting = Case.objects.waiting_for_a_person().get()
    assert waiting.text == "Tea!"
    decide_by_hand(waiting, bo, Outcome.PUBLISH)
    assert words_of(ann)[1] == "Tea!"


def test_a_report_between_frees_nobody_from_a_person(ann: User, mei: User, bo: User) -> None:
    User.objects.filter(pk=ann.pk).update(display_name="")
    ann.refresh_from_db()
    decide_by_hand(introduce(ann, "pending", bio="Tea"), bo, Outcome.REMOVE, "hate")
    report(case_of_person(ann), mei, "hate")
    change_profile(ann, bio="Tea!")
    judge_profiles()
    assert words_of(ann) == ("", "")


def test_what_was_reported_is_not_mended_past_a_person(ann: User, mei: User) -> None:
    introduce(ann, bio="Tea")
    report(case_of_person(ann), mei, "hate")
    change_profile(ann, bio="Tea.")
    judge_profiles()
    assert words_of(ann)[1] == "Tea"


def test_saying_the_same_again_opens_no_case(ann: User, api: Api) -> None:
    change_profile(ann, display_name=" Ann ", is_private=True)
    assert list(open_proposed()) == []
    introduce(ann, bio="Tea")
    assert api(ann).patch("/api/v1/me/", {"bio": "Tea"}).json()["profile_pending"] is False


def test_one_field_changed_leaves_the_other_as_it_was_written_last(ann: User) -> None:
    change_profile(ann, bio="Tea")
    change_profile(ann, display_name="Ann O.")
    judge_profiles()
    assert words_of(ann) == ("Ann O.", "Tea")


def test_mending_a_bio_is_no_repetition_and_earns_no_trust(ann: User) -> None:
    for n in range(6):
        introduce(ann, bio=f"I walk along the rivers of this town and drink tea, {n} years now")
    change_profile(ann, bio="I walk along the rivers of this town and drink tea")
    told = submission_of(Case.objects.get(pk=next(open_proposed())))
    assert (told.author_published_count, told.recent_texts) == (0, ())


def test_nothing_of_it_stays_when_its_author_is_erased(ann: User) -> None:
    introduce(ann, "held", bio="canary")
    leave(ann)
    User.objects.update(leaving_at=timezone.now())
    assert erase(ann.pk)
    assert not ProfileText.objects.exists()
    assert not Case.objects.filter(text__contains="canary").exists()
