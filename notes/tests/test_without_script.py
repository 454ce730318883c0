"""Everything that a script makes nicer works by forms alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from conftest import picture_bytes
from notes.models import Board, Comment, CommentLike, Image, Like, Note, Save, Version
from notes.tests.rows import comment_of, note_of

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def picture_of(owner: User, **fields: object) -> Image:
    return Image.objects.create(owner=owner, width=1, height=1, status="ready", **fields)


def shown(page: object) -> list[int]:
    return [image.pk for image in page.context["images"]]  # type: ignore[attr-defined]


def test_pictures_are_moved_and_taken_away_and_nothing_typed_is_lost(
    browser_of: BrowserOf, ann: User
) -> None:
    one, two, three = (picture_of(ann).pk for _ in range(3))
    browser = browser_of(ann)
    typed = {"title": "Half a tho", "body": "#tea", "place": "Hangzhou", "audience": "followers"}
    sent = typed | {"image": [one, two, three], f"alt-{two}": "A cup"}
    for move, order in (
        (f"{two}:left", [two, one, three]),
        (f"{two}:right", [one, three, two]),
        (f"{two}:remove", [one, three]),
        ("nonsense", [one, two, three]),
        ("", [one, two, three]),
    ):
        page = browser.post("/publish/", sent | {"arrange": move})
        assert (page.status_code, shown(page)) == (200, order)
        initial = page.context["form"].initial
        assert {name: initial[name] for name in typed} == typed
    assert not Note.drafts.exists()
    assert Image.objects.get(pk=two).alt == "A cup"


@pytest.mark.parametrize("intent", ["publish", "draft"])
def test_one_form_takes_files_and_words_at_once(
    browser_of: BrowserOf, ann: User, intent: str
) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", picture_bytes()) for n in range(2)]
    sent = {"title": "Tea", "audience": "public", "images": files, "intent": intent}
    answer = browser_of(ann).post("/publish/", sent)
    note = (Note.objects if intent == "publish" else Note.drafts).get()
    to = f"/notes/{note.pk}/" if intent == "publish" else f"/notes/{note.pk}/edit/"
    assert (answer["Location"], note.images.count()) == (to, 2)


def test_a_form_that_is_refused_keeps_the_files_it_took(browser_of: BrowserOf, ann: User) -> None:
    file = SimpleUploadedFile("a.jpg", picture_bytes())
    page = browser_of(ann).post("/publish/", {"audience": "public", "images": [file]})
    assert list(page.context["form"].errors) == ["title"]
    assert shown(page) == [Image.objects.get().pk]
    assert not Note.objects.exists()


@pytest.mark.parametrize("whose", ["mei", "in another note", "rejected"])
def test_a_form_gets_no_picture_that_is_not_free(
    browser_of: BrowserOf, ann: User, mei: User, whose: str
) -> None:
    image = {
        "mei": lambda: picture_of(mei),
        "in another note": lambda: picture_of(ann, note=note_of(ann)),
        "rejected": lambda: Image.objects.create(owner=ann, width=1, height=1, status="rejected"),
    }[whose]()
    page = browser_of(ann).post(
        "/publish/", {"title": "x", "audience": "public", "image": image.pk}
    )
    assert (shown(page), list(page.context["form"].errors)) == ([], ["images"])


def test_a_picture_named_twice_is_shown_once(browser_of: BrowserOf, ann: User) -> None:
    image = picture_of(ann)
    sent = {"title": "", "audience": "public", "image": [image.pk, image.pk, "x", "-1", ""]}
    assert shown(browser_of(ann).post("/publish/", sent)) == [image.pk]


def test_an_edit_in_two_windows_is_told_and_neither_is_lost(
    browser_of: BrowserOf, ann: User
) -> None:
    note = note_of(ann, "First")
    image = picture_of(ann, note=note)
    browser, path = browser_of(ann), f"/notes/{note.pk}/edit/"
    sent = {"audience": "public", "image": image.pk, "revision": note.revision}
    assert browser.post(path, sent | {"title": "Second"}).status_code == 302
    page = browser.post(path, sent | {"title": "Third"})
    (words,) = page.context["form"].non_field_errors()
    assert words == "This note was changed elsewhere meanwhile. Reload it and try again."
    assert page.context["form"].data["title"] == "Third"
    assert Version.objects.open().get().title == "Second"


def test_liking_and_saving_lead_back_to_the_note(
    browser_of: BrowserOf, ann: User, mei: User
) -> None:
    note, browser = note_of(ann), browser_of(mei)
    for verb, model in (("like", Like), ("save", Save)):
        for sent, rows in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
            answer = browser.post(f"/notes/{note.pk}/{verb}/", sent)
            assert answer["Location"] == f"/notes/{note.pk}/"
            assert model._default_manager.count() == rows


def test_a_comment_is_written_edited_liked_pinned_and_deleted_by_forms(
    browser_of: BrowserOf, ann: User, mei: User
) -> None:
    note, browser = note_of(ann), browser_of(ann)
    written = browser.post(f"/notes/{note.pk}/comments/", {"body": "Frist"})
    comment = Comment.objects.get()
    assert written["Location"] == f"/notes/{note.pk}/#comment-{comment.pk}"
    path = f"/comments/{comment.pk}"
    assert browser.get(f"{path}/edit/").context["form"].initial == {"body": "Frist"}
    browser.post(f"{path}/edit/", {"body": "First"})
    comment.refresh_from_db()
    comment.case.state = "published"
    comment.case.save()
    browser.post(f"{path}/like/")
    browser.post(f"{path}/pin/")
    note.refresh_from_db()
    assert (comment.body, CommentLike.objects.count(), note.pinned) == ("First", 1, comment)
    browser.post(f"{path}/like/", {"undo": "1"})
    browser.post(f"{path}/pin/", {"undo": "1"})
    note.refresh_from_db()
    assert (CommentLike.objects.count(), note.pinned) == (0, None)
    assert browser.get(f"{path}/deletion/").status_code == 200
    assert browser.post(f"{path}/deletion/")["Location"] == f"/notes/{note.pk}/#comments"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "  ", "x" * 1001, "tea\x07time"])
def test_a_refused_comment_is_shown_with_its_words(
    browser_of: BrowserOf, ann: User, mei: User, body: str
) -> None:
    note = note_of(ann)
    picture_of(ann, note=note)
    page = browser_of(mei).post(f"/notes/{note.pk}/comments/", {"body": body})
    assert page.status_code == 200
    assert not Comment.objects.exists()
    comment = comment_of(mei, note, body="Before")
    page = browser_of(mei).post(f"/comments/{comment.pk}/edit/", {"body": body})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["body"])
    comment.refresh_from_db()
    assert (comment.body, comment.edit_body) == ("Before", "")


@pytest.mark.parametrize("page", ["edit", "deletion"])
def test_nobody_edits_or_deletes_the_comment_of_another(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, page: str
) -> None:
    comment = comment_of(mei, note_of(ann))
    path = f"/comments/{comment.pk}/{page}/"
    assert browser_of(tang).get(path).status_code == 403
    assert browser_of(tang).post(path, {"body": "x"}).status_code == 403
    assert Comment.objects.get().body == "Lovely"


def test_a_board_is_begun_while_saving(browser_of: BrowserOf, ann: User, mei: User) -> None:
    note, browser = note_of(ann), browser_of(mei)
    page = browser.get(f"/notes/{note.pk}/save/")
    assert [board.is_default for board in page.context["boards"]] == [True]
    refused = browser.post(f"/notes/{note.pk}/save/board/", {"name": ""})
    assert list(refused.context["form"].errors) == ["name"]
    assert not Save.objects.exists()
    made = browser.post(f"/notes/{note.pk}/save/board/", {"name": "Leaves", "is_private": "on"})
    board = Board.objects.get(name="Leaves")
    assert (made["Location"], Save.objects.get().board) == (f"/boards/{board.pk}/", board)


@pytest.mark.parametrize("name", ["", "x" * 61, "Leaves"])
def test_a_board_that_cannot_be_is_refused_on_both_pages(
    browser_of: BrowserOf, ann: User, name: str
) -> None:
    browser = browser_of(ann)
    browser.post("/boards/new/", {"name": "Leaves", "is_private": "on"})
    browser.post("/boards/new/", {"name": "Rain", "is_private": "on"})
    rain = Board.objects.get(name="Rain")
    for path in ("/boards/new/", f"/boards/{rain.pk}/edit/"):
        page = browser.post(path, {"name": name})
        assert (page.status_code, list(page.context["form"].errors)) == (200, ["name"])
    assert set(Board.objects.values_list("name", flat=True)) == {"Leaves", "Rain"}


def test_a_note_is_deleted_after_a_question(browser_of: BrowserOf, ann: User, mei: User) -> None:
    note, browser = note_of(ann), browser_of(ann)
    assert browser_of(mei).get(f"/notes/{note.pk}/deletion/").status_code == 404
    assert browser.get(f"/notes/{note.pk}/deletion/").status_code == 200
    assert Note.objects.exists()
    assert browser.post(f"/notes/{note.pk}/deletion/")["Location"] == "/@ann/"
    draft = Note.drafts.create(author=ann)
    assert browser.post(f"/notes/{draft.pk}/deletion/")["Location"] == "/drafts/"
    assert (Note.objects.count(), Note.drafts.count()) == (0, 0)
