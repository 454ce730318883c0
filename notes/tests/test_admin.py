"""Notes, comments and words at the desk: read there, decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.actions import offer_term, submit_comment
from notes.models import Note, Term

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
NOTES, COMMENTS, TERMS = "/admin/notes/note/", "/admin/notes/comment/", "/admin/notes/term/"
TERM = {
    "word": "yyds2", "language": "zh", "reading": "", "spellings": "yy2, y2", "means": "the GOAT",
    "text_en": "The greatest of all time.", "text_zh": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _forget(own_glossary: None) -> None:
    """The glossary is read anew in each test."""


def test_a_note_is_read_and_leads_to_its_case(
    browser_of: BrowserOf, ann: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann, "Autumn by the lake", state="held")
    desk = browser_of(bo)
    page = desk.get(NOTES).content.decode()
    assert "Autumn by the lake" in page
    assert f"/admin/moderation/case/{note.case_id}/change/" in page
    assert "Autumn by the lake" in desk.get(f"{NOTES}{note.pk}/change/").content.decode()


@pytest.mark.parametrize("model", [NOTES, COMMENTS])
def test_nothing_that_people_wrote_is_changed_at_the_desk(
    browser_of: BrowserOf, ann: User, bo: User, post_note: PostNote, model: str
) -> None:
    note = post_note(ann)
    comment = submit_comment(ann, note, "Mine")
    pk = note.pk if model == NOTES else comment.pk
    desk = browser_of(bo)
    codes = {
        "add": desk.get(f"{model}add/").status_code,
        "change": desk.post(f"{model}{pk}/change/", {"title": "x", "body": "x"}).status_code,
        "delete": desk.post(f"{model}{pk}/delete/", {"post": "yes"}).status_code,
    }
    assert codes == {"add": 403, "change": 403, "delete": 403}
    note.refresh_from_db()
    comment.refresh_from_db()
    assert (note.title, comment.body) == ("Autumn walk", "Mine")


def test_a_comment_is_found_by_its_words_and_its_author(
    browser_of: BrowserOf, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    said = submit_comment(mei, note, "Lovely leaves")
    bring_to(said.case, "held")
    desk = browser_of(bo)
    for query, found in (("leaves", True), ("mei", True), ("nothing", False)):
        page = desk.get(COMMENTS, {"q": query}).content.decode()
        assert (f"{COMMENTS}{said.pk}/change/" in page) is found, query
    assert f"/admin/moderation/case/{said.case_id}/change/" in desk.get(COMMENTS).content.decode()


@pytest.mark.parametrize("private", ["audience", "account", "draft"])
def test_what_is_not_for_everybody_is_not_listed(
    browser_of: BrowserOf, ann: User, bo: User, post_note: PostNote, private: str
) -> None:
    note = post_note(ann, "canary", audience="followers" if private == "audience" else "public")
    submit_comment(ann, note, "canary too")
    if private == "account":
        User.objects.filter(pk=ann.pk).update(is_private=True)
    if private == "draft":
        Note.objects.filter(pk=note.pk).update(case=None)
    desk = browser_of(bo)
    for path in (NOTES, COMMENTS):
        assert "canary" not in desk.get(path).content.decode()
    assert desk.get(f"{NOTES}{note.pk}/change/").status_code == 302


@pytest.mark.parametrize("path", [NOTES, COMMENTS, TERMS, f"{TERMS}add/"])
def test_who_is_no_moderator_reads_nothing_here(
    browser_of: BrowserOf, ann: User, path: str
) -> None:
    User.objects.filter(pk=ann.pk).update(is_staff=True)
    ann.refresh_from_db()
    assert browser_of(ann).get(path).status_code == 403


def test_a_moderator_writes_a_word_that_is_in_at_once(browser_of: BrowserOf, bo: User) -> None:
    assert browser_of(bo).post(f"{TERMS}add/", TERM).status_code == 302
    term = Term.objects.current().get(name="yyds2")
    assert (term.spellings, term.offered_by, term.decided_by) == (["yy2", "y2"], None, bo)


def test_a_word_that_is_written_again_takes_the_place_of_the_first(
    browser_of: BrowserOf, bo: User
) -> None:
    desk = browser_of(bo)
    desk.post(f"{TERMS}add/", TERM)
    desk.post(f"{TERMS}add/", TERM | {"word": "YYDS2", "means": "simply the best"})
    assert Term.objects.current().get(name="yyds2").means == "simply the best"
    assert Term.objects.filter(name="yyds2").exclude(retired_at=None).count() == 1


def test_a_word_is_not_renamed_into_the_place_of_another(browser_of: BrowserOf, bo: User) -> None:
    desk = browser_of(bo)
    desk.post(f"{TERMS}add/", TERM)
    desk.post(f"{TERMS}add/", TERM | {"word": "other2"})
    other = Term.objects.current().get(name="other2")
    page = desk.post(f"{TERMS}{other.pk}/change/", TERM | {"word": "ＹＹＤＳ2"})
    said = {"word": ["The glossary explains this word already."]}
    assert page.context["adminform"].form.errors == said
    assert Term.objects.current().filter(name="other2").exists()


@pytest.mark.parametrize("word", ["", "\u200b", "yy\x07ds", "x" * 61])
def test_a_word_that_is_none_is_not_written(browser_of: BrowserOf, bo: User, word: str) -> None:
    page = browser_of(bo).post(f"{TERMS}add/", TERM | {"word": word})
    assert list(page.context["adminform"].form.errors) == ["word"]


def test_moderators_decide_on_many_at_once_and_delete_none(
    browser_of: BrowserOf, ann: User, bo: User
) -> None:
    offered = [offer_term(ann, f"word{n}", "en", "x", text_zh="解释") for n in range(3)]
    Case.objects.filter(kind="term").update(state="published")
    desk = browser_of(bo)
    chosen = {"_selected_action": [term.pk for term in offered[:2]]}
    desk.post(TERMS, chosen | {"action": "approve"})
    mine = Term.objects.current().filter(offered_by=ann).order_by("name")
    assert [term.name for term in mine.all()] == ["word0", "word1"]
    desk.post(TERMS, {"_selected_action": [offered[0].pk], "action": "retire"})
    assert [term.name for term in mine.all()] == ["word1"]
    assert desk.get(f"{TERMS}{offered[1].pk}/delete/").status_code == 403


def test_saying_yes_twice_is_saying_it_once(browser_of: BrowserOf, ann: User, bo: User) -> None:
    term = offer_term(ann, "again", "en", "x", text_zh="解释")
    sent = {"_selected_action": [term.pk], "action": "approve"}
    desk = browser_of(bo)
    desk.post(TERMS, sent)
    term.refresh_from_db()
    first = term.approved_at
    desk.post(TERMS, sent)
    term.refresh_from_db()
    assert (term.approved_at, term.retired_at) == (first, None)
