"""Saving and boards in the browser, and what somebody likes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote, bring_to
from notes.actions import create_board, like, save_note
from notes.models import Board, Note, Save

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]


@pytest.fixture
def note(ann: User, post_note: PostNote) -> Note:
    return post_note(ann, "Autumn walk")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def published(board: Board) -> Board:
    assert board.case is not None
    bring_to(board.case, "published")
    return board


def test_a_note_is_saved_with_one_press_and_no_longer_with_another(
    browser_of: BrowserOf, mei: User, note: Note
) -> None:
    browser, address = browser_of(mei), f"/notes/{note.pk}/save/"
    pressed = browser.post(address, {"undo": ""}, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in pressed.content.decode()
    assert 'heart--save" form="marks"' in page(browser, f"/notes/{note.pk}/")
    assert browser.post(address, {"undo": "1"})["Location"] == f"/notes/{note.pk}/"
    assert Save.objects.count() == 0


def test_a_board_is_chosen_or_begun(browser_of: BrowserOf, mei: User, note: Note) -> None:
    browser = browser_of(mei)
    tea = create_board(mei, "茶", is_private=True)
    assert "茶" in page(browser, f"/notes/{note.pk}/save/")
    browser.post(f"/notes/{note.pk}/save/", {"board": tea.pk})
    assert [kept.board for kept in Save.objects.all()] == [tea]
    begun = browser.post(f"/notes/{note.pk}/save/board/", {"name": "Lakes"})
    lakes = Board.objects.get(name="Lakes")
    assert (begun["Location"], lakes.is_private) == (f"/boards/{lakes.pk}/", False)
    assert [kept.board for kept in Save.objects.all()] == [lakes]
    again = browser.post(f"/notes/{note.pk}/save/board/", {"name": "Lakes"})
    assert "你已有同名的专辑。" in again.content.decode()


def test_the_board_of_another_is_no_choice(
    browser_of: BrowserOf, ann: User, mei: User, note: Note
) -> None:
    hers = create_board(mei, "Hers", is_private=True)
    browser = browser_of(ann)
    assert browser.post(f"/notes/{note.pk}/save/", {"board": hers.pk}).status_code == 404
    for part in ("", "edit/", "deletion/"):
        assert browser.get(f"/boards/{hers.pk}/{part}").status_code == 404
    assert browser.post("/boards/order/", {"move": f"{hers.pk}:left"}).status_code == 403


def test_boards_are_a_tab_of_the_profile(
    browser_of: BrowserOf, client: Client, mei: User, note: Note
) -> None:
    private = create_board(mei, "canary", is_private=True)
    public = published(create_board(mei, "Lakes"))
    for board in (private, public):
        save_note(mei, note, board)
    assert 'href="/@mei/boards/"' in page(client, "/@mei/")
    theirs, own = page(client, "/@mei/boards/"), page(browser_of(mei), "/@mei/boards/")
    assert ("Lakes" in theirs, "canary" in theirs, "1 note<" in theirs) == (True, False, True)
    assert ("Lakes" in own, "canary" in own) == (True, True)
    assert "Autumn walk" in page(client, f"/boards/{public.pk}/")
    assert client.get(f"/boards/{private.pk}/").status_code == 404


def test_a_board_is_renamed_covered_and_deleted(
    browser_of: BrowserOf, ann: User, mei: User, note: Note, post_note: PostNote
) -> None:
    board, other = create_board(mei, "Tea", is_private=True), post_note(ann, "Other")
    for each in (note, other):
        save_note(mei, each, board)
    browser, address = browser_of(mei), f"/boards/{board.pk}/edit/"
    assert "Autumn walk" in page(browser, address)
    browser.post(address, {"name": "茶", "is_private": "on", "cover": note.pk})
    board.refresh_from_db()
    assert (board.name, board.cover, board.is_private) == ("茶", note, True)
    assert "给专辑起个名字吧。" in browser.post(address, {"name": " "}).content.decode()
    assert "要删除这个专辑吗？" in page(browser, f"/boards/{board.pk}/deletion/")
    assert browser.post(f"/boards/{board.pk}/deletion/")["Location"] == "/@mei/boards/"
    assert Save.objects.count() == 0


def test_the_default_board_is_not_deleted(browser_of: BrowserOf, mei: User, note: Note) -> None:
    save_note(mei, note)
    board = Board.objects.get()
    assert browser_of(mei).post(f"/boards/{board.pk}/deletion/").status_code == 403
    browser_of(mei).post(f"/boards/{board.pk}/edit/", {"name": "x"})
    board.refresh_from_db()
    assert (board.name, board.is_private) == ("", False)


def test_boards_are_moved_by_buttons(browser_of: BrowserOf, mei: User) -> None:
    one, _, three = (create_board(mei, name, is_private=True) for name in ("1", "2", "3"))
    for move in (f"{three.pk}:left", f"{three.pk}:left", f"{one.pk}:right"):
        browser_of(mei).post("/boards/order/", {"move": move})
    assert [board.name for board in mei.boards.in_order()] == ["3", "2", "1"]


def test_the_notes_of_a_board_are_arranged(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    board = create_board(mei, "Tea", is_private=True)
    one, two, three = (post_note(ann, title) for title in ("One", "Two", "Three"))
    for each in (one, two, three):
        save_note(mei, each, board)
    browser, address = browser_of(mei), f"/boards/{board.pk}/order/"
    assert f'href="{address}"' in page(browser, f"/boards/{board.pk}/")
    shown = page(browser, address)
    assert shown.index("Three") < shown.index("Two") < shown.index("One")
    now = {"note": [three.pk, two.pk, one.pk]}
    moved = browser.post(address, now | {"arrange": f"{one.pk}:left"})
    assert moved["Location"] == f"{address}#note-{one.pk}"
    assert [save.note for save in board.saves.in_order()] == [three, one, two]
    done = browser.post(address, {"note": [two.pk, "x", three.pk]})
    assert done["Location"] == f"/boards/{board.pk}/"
    assert [save.note for save in board.saves.in_order()] == [two, three, one]
    assert browser_of(ann).get(address).status_code == 404


def test_a_long_board_has_pages(
    browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    board, first = create_board(mei, "Long", is_private=True), post_note(ann, "Very first")
    save_note(mei, first, board)
    for n in range(20):
        save_note(mei, post_note(ann, f"Note {n}"), board)
    top = page(browser_of(mei), f"/boards/{board.pk}/")
    assert ("Very first" in top, "?before=" in top) == (False, True)
    rest = page(browser_of(mei), top.split('rel="next" href="')[1].split('"')[0])
    assert "Very first" in rest


def test_what_somebody_likes_is_their_own_affair_unless_they_show_it(
    browser_of: BrowserOf, client: Client, mei: User, note: Note
) -> None:
    like(mei, note)
    assert "Autumn walk" in page(browser_of(mei), "/@mei/likes/")
    assert client.get("/@mei/likes/").status_code == 404
    assert 'href="/@mei/likes/"' not in page(client, "/@mei/")
    User.objects.filter(pk=mei.pk).update(shows_likes=True)
    assert "Autumn walk" in page(client, "/@mei/likes/")
    User.objects.filter(pk=mei.pk).update(is_private=True)
    assert client.get("/@mei/likes/").status_code == 404


def test_a_stranger_is_asked_to_log_in(client: Client, note: Note) -> None:
    for address in (f"/notes/{note.pk}/save/", "/boards/new/", "/drafts/"):
        assert client.get(address)["Location"].startswith("/accounts/login/")
