"""Moving one of many by its buttons, without JavaScript: nothing is lost, nothing doubled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.publishing import arranged
from tests.properties import TRY

IDS = st.lists(st.integers(1, 30), unique=True, max_size=18)
MOVES = st.sampled_from(["left", "right"])


@pytest.mark.parametrize(
    ("pk", "move", "after"),
    [
        (2, "left", [2, 1, 3]),
        (2, "right", [1, 3, 2]),
        (1, "left", [1, 2, 3]),
        (3, "right", [1, 2, 3]),
        (2, "remove", [1, 3]),
        (2, "", [1, 3]),
        (9, "left", [1, 2, 3]),
        (9, "remove", [1, 2, 3]),
    ],
)
def test_a_button_moves_its_picture(pk: int, move: str, after: list[int]) -> None:
    assert arranged([1, 2, 3], pk, move) == after


def test_the_only_one_stays_where_it_is() -> None:
    assert arranged([7], 7, "left") == arranged([7], 7, "right") == [7]
    assert arranged([7], 7, "remove") == []
    assert arranged([], 7, "left") == []


@given(IDS, st.integers(1, 30), MOVES)
@TRY
def test_a_move_keeps_all_of_them(ids: list[int], pk: int, move: str) -> None:
    assert sorted(arranged(ids, pk, move)) == sorted(ids)


@given(IDS, st.integers(1, 30), MOVES)
@TRY
def test_a_move_is_taken_back_by_the_other_unless_it_was_at_the_end(
    ids: list[int], pk: int, move: str
) -> None:
    moved = arranged(ids, pk, move)
    back = arranged(moved, pk, {"left": "right", "right": "left"}[move])
    assert back == ids or moved == ids


@given(IDS, st.integers(1, 30), MOVES)
@TRY
def test_the_others_keep_their_order(ids: list[int], pk: int, move: str) -> None:
    others = [each for each in ids if each != pk]
    assert [each for each in arranged(ids, pk, move) if each != pk] == others
    assert arranged(ids, pk, "remove") == others


@given(IDS.filter(len), MOVES)
@TRY
def test_pressed_often_enough_it_stands_at_the_end(ids: list[int], move: str) -> None:
    pk, moved = ids[0], ids
    for _ in ids:
        moved = arranged(moved, pk, move)
    assert moved[0 if move == "left" else -1] == pk
