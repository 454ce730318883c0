"""Boards and what stands in them, in the order of their owner: whatever is moved, all stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from conftest import make_person
from notes.actions import (
    change_board,
    create_board,
    default_board,
    delete_board,
    order_boards,
    order_notes,
    save_note,
    unsave_note,
)
from notes.models import Board, Note, Save
from notes.tests.rows import note_of
from tests.properties import TRY

BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db
FEW = settings(parent=TRY, max_examples=TRY.max_examples // 3 + 1)
WANTED = st.lists(st.integers(0, 8), max_size=9)


def order_of(board: Board) -> list[int]:
    return list(board.saves.in_order().values_list("note", flat=True))


@given(WANTED)
@FEW
def test_notes_named_come_first_and_the_others_follow_as_they_were(wanted: list[int]) -> None:
    with transaction.atomic():
        ann = make_person("ann")
        board = create_board(ann, "Leaves", is_private=True)
        notes = [note_of(ann, f"{n}") for n in range(6)]
        for note in reversed(notes):
            save_note(ann, note, board)
        before = [note.pk for note in notes]
        # What is in no board, and what is named twice, moves nothing.
        ids = [before[n] if n < 6 else 10**9 + n for n in wanted]
        order_notes(board, ann, ids)
        named = [pk for pk in {pk: n for n, pk in enumerate(ids)} if pk in before]
        last = {pk: n for n, pk in enumerate(ids)}
        named.sort(key=lambda pk: last[pk])
        assert order_of(board) == named + [pk for pk in before if pk not in named]
        transaction.set_rollback(True)


@given(WANTED)
@FEW
def test_boards_named_come_first_and_the_others_follow_as_they_were(wanted: list[int]) -> None:
    with transaction.atomic():
        ann = make_person("ann")
        boards = [create_board(ann, f"{n}", is_private=True).pk for n in range(5)]
        ids = [boards[n] if n < 5 else 10**9 + n for n in wanted]
        order_boards(ann, ids)
        last = {pk: n for n, pk in enumerate(ids)}
        named = sorted((pk for pk in boards if pk in last), key=lambda pk: last[pk])
        after = list(ann.boards.in_order().values_list("pk", flat=True))
        assert after == named + [pk for pk in boards if pk not in named]
        transaction.set_rollback(True)


def test_the_boards_of_somebody_else_are_not_moved(ann: User, mei: User) -> None:
    mine, theirs = create_board(ann, "Mine"), create_board(mei, "Theirs")
    second = create_board(mei, "Second")
    order_boards(ann, [second.pk, theirs.pk, mine.pk])
    assert list(mei.boards.in_order()) == [theirs, second]


def test_a_note_is_in_one_board_at_a_time_and_counted_once(ann: User, mei: User) -> None:
    note = note_of(mei)
    one, two = (create_board(ann, name, is_private=True) for name in ("One", "Two"))
    for board in (None, one, one, two, None):
        save_note(ann, note, board)
    note.refresh_from_db()
    assert (Save.objects.get().board, note.save_count) == (two, 1)
    unsave_note(ann, note)
    note.refresh_from_db()
    assert (Save.objects.count(), note.save_count) == (0, 0)


def test_a_cover_leaves_its_board_with_its_note(ann: User, mei: User) -> None:
    note, one, two = note_of(mei), create_board(ann, "One"), create_board(ann, "Two")
    for moves in (True, False):
        save_note(ann, note, one)
        change_board(one, ann, cover=note.pk)
        if moves:
            save_note(ann, note, two)
        else:
            unsave_note(ann, note)
        one.refresh_from_db()
        assert one.cover is None


def test_a_cover_is_taken_away_by_hand(ann: User, mei: User) -> None:
    note, board = note_of(mei), create_board(ann, "One")
    save_note(ann, note, board)
    change_board(board, ann, cover=note.pk)
    change_board(board, ann, cover=None)
    board.refresh_from_db()
    assert board.cover is None


def test_a_board_that_goes_takes_its_saves_out_of_every_count(ann: User, mei: User) -> None:
    board, notes = create_board(ann, "One"), [note_of(mei, f"{n}") for n in range(3)]
    for note in notes:
        save_note(ann, note, board)
    save_note(mei, notes[0])
    delete_board(board, ann)
    counts = Note.objects.order_by("pk").values_list("save_count", flat=True)
    assert list(counts) == [1, 0, 0]
    assert not ann.boards.exists()


def test_the_default_board_is_made_once_and_is_private(ann: User) -> None:
    assert default_board(ann) == default_board(ann)
    assert (default_board(ann).is_private, default_board(ann).is_default) == (True, True)


@pytest.mark.parametrize(
    ("is_private", "name", "judged"), [(True, "One", False), (False, "One", True)]
)
def test_only_what_others_see_is_judged(
    ann: User, is_private: bool, name: str, judged: bool
) -> None:
    assert (create_board(ann, name, is_private).case is not None) is judged


def test_a_new_name_is_judged_anew_and_the_same_name_is_not(ann: User) -> None:
    board = create_board(ann, "One")
    first = board.case
    assert change_board(board, ann, name="One").case == first
    renamed = change_board(board, ann, name="Two")
    assert renamed.case not in (None, first)
    assert first is not None
    first.refresh_from_db()
    assert first.closed_at is not None


def test_a_board_that_becomes_private_keeps_its_case_and_is_shown_to_nobody(
    ann: User, mei: User
) -> None:
    board = create_board(ann, "One")
    assert board.case is not None
    type(board.case).objects.update(state="published")
    assert Board.objects.visible(mei).get() == board
    change_board(board, ann, is_private=True)
    assert not Board.objects.visible(mei).exists()
    assert Board.objects.visible(ann).get() == board


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("b:left", "bac"),
        ("b:right", "acb"),
        ("a:left", "abc"),
        ("c:right", "abc"),
        ("c:left", "acb"),
    ],
)
def test_a_button_moves_a_board_by_a_place(
    browser_of: BrowserOf, ann: User, move: str, order: str
) -> None:
    boards = {name: create_board(ann, name, is_private=True) for name in "abc"}
    name, _, where = move.partition(":")
    sent = browser_of(ann).post("/boards/order/", {"move": f"{boards[name].pk}:{where}"})
    assert sent["Location"] == "/@ann/boards/"
    assert "".join(board.name for board in ann.boards.in_order()) == order


@pytest.mark.parametrize("move", ["", "x:left", "0:left", f"{10**12}:right", ":left"])
def test_a_button_for_no_board_of_ones_own_is_forbidden(
    browser_of: BrowserOf, ann: User, move: str
) -> None:
    create_board(ann, "a")
    assert browser_of(ann).post("/boards/order/", {"move": move}).status_code == 403


def test_all_notes_of_a_board_are_arranged_by_one_form(
    browser_of: BrowserOf, ann: User, mei: User
) -> None:
    board = create_board(ann, "One", is_private=True)
    notes = [note_of(mei, f"{n}") for n in range(4)]
    for note in notes:
        save_note(ann, note, board)
    ids = [note.pk for note in notes]
    browser, path = browser_of(ann), f"/boards/{board.pk}/order/"
    assert browser.post(path, {"note": ids})["Location"] == f"/boards/{board.pk}/"
    assert order_of(board) == ids
    moved = browser.post(path, {"note": ids, "arrange": f"{ids[2]}:left"})
    assert moved["Location"] == f"{path}#note-{ids[2]}"
    assert order_of(board) == [ids[0], ids[2], ids[1], ids[3]]
    browser.post(path, {"note": ["x", "", "-1", str(10**12)]})
    assert order_of(board) == [ids[0], ids[2], ids[1], ids[3]]
