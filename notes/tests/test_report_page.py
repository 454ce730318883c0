"""Reporting and appealing in the browser, in both languages and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote
from moderation.actions import decide_by_hand
from moderation.models import Appeal, Case, Report
from moderation.policy import Outcome
from moderation.rulebook import load_rulebook
from notes.actions import submit_comment
from notes.models import Note

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


@pytest.fixture
def note(post_note: PostNote, tang: User) -> Note:
    return post_note(tang, "Come and buy")


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("zh-hans", "zh")])
def test_a_reader_chooses_a_rule_in_their_language(
    code: str, language: str, note: Note, ann: User, browser_of: BrowserOf
) -> None:
    browser = browser_of(ann)
    browser.cookies["language"] = code
    page = browser.get(f"/report/note/{note.pk}/").content.decode()
    assert load_rulebook().rule("spam_scam").title[language] in page
    sent = browser.post(
        f"/report/note/{note.pk}/", {"reason": "spam_scam", "detail": "Sells followers."}
    )
    assert sent.status_code == 200
    assert Report.objects.get().detail == "Sells followers."


def test_the_note_page_leads_readers_to_the_report_and_authors_not(
    note: Note, ann: User, tang: User, browser_of: BrowserOf
) -> None:
    link = f"/report/note/{note.pk}/"
    assert link in browser_of(ann).get(note.get_absolute_url()).content.decode()
    assert link not in browser_of(tang).get(note.get_absolute_url()).content.decode()


def test_looking_at_the_form_changes_nothing(note: Note, ann: User, browser_of: BrowserOf) -> None:
    before = Case.objects.count()
    assert browser_of(ann).get("/report/user/tang/").status_code == 200
    assert Case.objects.count() == before
    browser_of(ann).post("/report/user/tang/", {"reason": "other"})
    assert Report.objects.get().case.kind == "user"


@pytest.mark.parametrize("path", ["note/0", "note/x", "comment/9", "user/nobody", "board/1"])
def test_what_is_not_there_cannot_be_reported(path: str, ann: User, browser_of: BrowserOf) -> None:
    assert browser_of(ann).get(f"/report/{path}/").status_code == 404


def test_a_report_without_a_reason_is_asked_again(
    note: Note, ann: User, browser_of: BrowserOf
) -> None:
    again = browser_of(ann).post(f"/report/note/{note.pk}/", {"detail": "my own words"})
    assert again.status_code == 200
    assert "my own words" in again.content.decode()
    assert not Report.objects.exists()


def test_a_comment_is_reported_from_its_own_page(
    note: Note, ann: User, tang: User, browser_of: BrowserOf
) -> None:
    comment = submit_comment(tang, note, "buy buy buy")
    Case.objects.filter(pk=comment.case.pk).update(state="published")
    browser_of(ann).post(f"/report/comment/{comment.pk}/", {"reason": "spam_scam"})
    assert Report.objects.get().case == comment.case


def test_guests_log_in_first(note: Note) -> None:
    answer = Client().get(f"/report/note/{note.pk}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_decisions_about_me_show_rule_words_and_clock(
    note: Note, tang: User, ann: User, bo: User, browser_of: BrowserOf
) -> None:
    case = Case.objects.get(pk=note.case.pk)
    verdict = decide_by_hand(case, bo, Outcome.LIMIT, "spam_scam", "Followers are not goods.")
    mine = browser_of(tang)
    page = mine.get("/decisions/").content.decode()
    assert "Followers are not goods." in page
    assert f"/decisions/{verdict.pk}/appeal/" in page
    mine.post(f"/decisions/{verdict.pk}/appeal/", {"text": "They were apples."})
    assert Appeal.objects.get().text == "They were apples."
    page = mine.get("/decisions/").content.decode()
    assert "They were apples." in page
    assert f"/decisions/{verdict.pk}/appeal/" not in page
    again = mine.post(f"/decisions/{verdict.pk}/appeal/", {"text": "And pears."})
    assert again.status_code == 302
    assert Appeal.objects.count() == 1
    assert browser_of(ann).get(f"/decisions/{verdict.pk}/appeal/").status_code == 404
    assert "Followers are not goods." not in browser_of(ann).get("/decisions/").content.decode()


def test_an_appeal_without_words_keeps_the_form(
    note: Note, tang: User, bo: User, browser_of: BrowserOf
) -> None:
    case = Case.objects.get(pk=note.case.pk)
    verdict = decide_by_hand(case, bo, Outcome.LIMIT, "spam_scam")
    answer = browser_of(tang).post(f"/decisions/{verdict.pk}/appeal/", {"text": " \u200b "})
    assert answer.status_code == 200
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("code", ["en", "zh-hans"])
def test_transparency_is_open_to_everybody(code: str, note: Note, bo: User) -> None:
    decide_by_hand(Case.objects.get(pk=note.case.pk), bo, Outcome.LIMIT, "spam_scam")
    guest = Client()
    guest.cookies["language"] = code
    page = guest.get("/transparency/")
    language = "zh" if code == "zh-hans" else "en"
    assert page.status_code == 200
    assert load_rulebook().rule("spam_scam").title[language] in page.content.decode()
