"""Cursors: whatever is put in comes out, for its own feed alone, and nothing made up is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from feeds import cursors
from feeds.cursors import BadCursorError
from feeds.ranking import Scope, mix

quickly = settings(max_examples=80, deadline=None, database=None)
ids = st.integers(1, 2**62)
scopes = st.builds(
    Scope, st.sampled_from(["", "zh", "en"]), st.sampled_from(["", "tea", "红叶", "a_b", "x1"])
)
digits = st.integers(0, 2**50).map(str)


@quickly
@given(ids, st.integers(0, 2**52))
def test_a_place_in_following_comes_back(reader: int, score: int) -> None:
    person = User(pk=reader)
    assert cursors.read_score(person, cursors.after_score(person, score)) == score


@quickly
@given(ids, st.integers(0, 2**60), st.integers(0, 5_000))
def test_a_place_in_a_home_comes_back(reader: int, made: int, offset: int) -> None:
    person = User(pk=reader)
    cursor = cursors.after_place(person, made, offset)
    assert cursors.read_place(person, cursor) == (made, offset)


@quickly
@given(scopes, digits, st.integers(0, 5_000))
def test_a_place_in_explore_comes_back(scope: Scope, version: str, offset: int) -> None:
    cursor = cursors.after_offset(scope, version, offset)
    assert cursors.read_offset(scope, cursor) == (version, offset)


@quickly
@given(st.text("0123456789abcdef", min_size=1), digits, st.integers(0, 5_000))
def test_a_place_among_what_was_found_comes_back(question: str, version: str, at: int) -> None:
    assert cursors.read_found(question, cursors.after_found(question, version, at)) == (version, at)


READERS: list[Callable[[str], object]] = [
    lambda cursor: cursors.read_score(User(pk=1), cursor),
    lambda cursor: cursors.read_place(User(pk=1), cursor),
    lambda cursor: cursors.read_offset(Scope(), cursor),
    lambda cursor: cursors.read_offset(Scope("zh", "tea"), cursor),
    lambda cursor: cursors.read_found("abc", cursor),
]
CURSORS = [
    cursors.after_score(User(pk=1), 5),
    cursors.after_place(User(pk=1), 5, 6),
    cursors.after_offset(Scope(), "5", 6),
    cursors.after_offset(Scope("zh", "tea"), "5", 6),
    cursors.after_found("abc", "5", 6),
]


@pytest.mark.parametrize("reader", range(len(READERS)))
@pytest.mark.parametrize("cursor", range(len(CURSORS)))
def test_a_cursor_is_read_by_its_own_feed_alone(reader: int, cursor: int) -> None:
    if reader == cursor:
        assert READERS[reader](CURSORS[cursor]) is not None
        return
    with pytest.raises(BadCursorError):
        READERS[reader](CURSORS[cursor])


@pytest.mark.parametrize("kind", range(len(CURSORS)))
@quickly
@given(data=st.data())
def test_a_letter_that_is_changed_left_out_or_put_in_is_noticed(
    kind: int, data: st.DataObject
) -> None:
    cursor = CURSORS[kind]
    at = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    changed = data.draw(
        st.sampled_from([cursor[:at] + cursor[at + 1 :], cursor[:at] + letter + cursor[at:]])
    )
    replaced = cursor[:at] + letter + cursor[at + 1 :]
    for attempt in {changed, replaced} - {cursor}:
        with pytest.raises(BadCursorError):
            READERS[kind](attempt)


@pytest.mark.parametrize("reader", range(len(READERS)))
@quickly
@given(st.text(max_size=60))
def test_nothing_made_up_is_read(reader: int, text: str) -> None:
    with pytest.raises(BadCursorError):
        READERS[reader](text)


notes = st.lists(st.integers(1, 40), unique=True, max_size=40)


class TestMixing:
    """Explore: every third place belongs to the newest note that has no better one."""

    @quickly
    @given(notes, notes)
    def test_all_are_there_once(self, hottest: list[int], newest: list[int]) -> None:
        assert sorted(mix(hottest, newest)) == sorted(set(hottest) | set(newest))

    @quickly
    @given(notes)
    def test_where_the_newest_are_the_hottest_nothing_moves(self, order: list[int]) -> None:
        assert mix(order, order) == order

    @quickly
    @given(st.lists(st.integers(1, 400), unique=True, min_size=30, max_size=60))
    def test_every_third_place_is_the_newest_left(self, pool: list[int]) -> None:
        hottest, newest = sorted(pool, reverse=True), sorted(pool)
        order = mix(hottest, newest)
        for at in range(2, len(order), 3):
            assert order[at] == min(set(pool) - set(order[:at]))

    def test_by_hand(self) -> None:
        assert mix([9, 8, 7, 6, 5], [1, 2, 9, 3]) == [9, 8, 1, 7, 6, 2, 5, 3]
        assert mix([], [3, 2, 1]) == [3, 2, 1]
        assert mix([3, 2, 1], []) == [3, 2, 1]
        assert mix([], []) == []
