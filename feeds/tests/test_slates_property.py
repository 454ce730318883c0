"""What holds for every slate, whatever the notes: nothing lost, nothing twice, promises kept."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.slates import (
    ALIKE,
    BRIDGE_PLACE,
    FRESH_PLACE,
    PER_AUTHOR,
    PER_LANGUAGE,
    PER_TOPIC,
    WINDOW,
    Candidates,
    Slate,
    arrange,
    varied,
)

quickly = settings(max_examples=80, deadline=None, database=None)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[np.ndarray, Candidates]:
    """Scores and candidates, from nothing to sixty of few or many authors and topics."""
    count = draw(st.integers(0, 60))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    authors, topics = draw(st.integers(1, 40)), draw(st.integers(1, 12))
    return np.rint(rng.normal(0, 2, count) * 1024) / 1024, Candidates(
        rng.integers(1, authors + 1, count),
        rng.integers(0, topics, count),
        rng.integers(1, 3, count),
        rng.random(count) < draw(st.floats(0, 1)),
        rng.random(count) < draw(st.floats(0, 1)),
    )


def made(world: tuple[np.ndarray, Candidates], length: int = 40) -> Slate:
    scores, notes = world
    return arrange(scores, notes, length, np.flatnonzero(notes.fresh))


@quickly
@given(worlds())
def test_no_note_is_shown_twice_and_none_is_lost(world: tuple[np.ndarray, Candidates]) -> None:
    scores, _ = world
    order = made(world, 60).order.tolist()
    assert sorted(order) == list(range(len(scores)))


@quickly
@given(worlds(), st.integers(0, 70))
def test_a_slate_is_as_long_as_was_asked_or_as_there_are_notes(
    world: tuple[np.ndarray, Candidates], length: int
) -> None:
    slate = made(world, length)
    assert len(slate.order) == len(slate.shift) == len(slate.places)
    assert len(slate.order) == min(length, len(world[0]))


@quickly
@given(worlds())
def test_scores_and_shifts_fall_from_first_to_last(world: tuple[np.ndarray, Candidates]) -> None:
    slate = made(world)
    told = world[0][slate.order] + slate.shift
    assert (np.diff(told) <= 0).all()


@quickly
@given(worlds())
def test_the_first_note_is_never_moved(world: tuple[np.ndarray, Candidates]) -> None:
    slate = made(world)
    if len(slate.order):
        assert slate.order[0] == np.argmax(world[0])
        assert slate.shift[0] == 0


@quickly
@given(worlds())
def test_only_notes_that_were_promised_a_place_stand_in_one(
    world: tuple[np.ndarray, Candidates],
) -> None:
    _, notes = world
    slate = made(world)
    for at, (note, place) in enumerate(zip(slate.order, slate.places, strict=True)):
        if place == "fresh":
            assert notes.fresh[note]
            assert at % WINDOW == FRESH_PLACE - 1
        elif place == "bridge":
            assert notes.bridge[note]
            assert at % WINDOW == BRIDGE_PLACE - 1
        else:
            assert place == ""


@quickly
@given(worlds())
def test_a_promised_place_never_breaks_the_variety(world: tuple[np.ndarray, Candidates]) -> None:
    _, notes = world
    slate = made(world)
    for at, place in enumerate(slate.places):
        if place:
            window = slate.order[max(0, at - WINDOW + 1) : at + 1]
            note = slate.order[at]
            assert (notes.authors[window] == notes.authors[note]).sum() <= PER_AUTHOR
            assert (notes.languages[window] == notes.languages[note]).sum() <= PER_LANGUAGE
            if notes.topics[note]:
                assert (notes.topics[window] == notes.topics[note]).sum() <= PER_TOPIC


@pytest.mark.parametrize("seed", range(10))
def test_with_enough_to_choose_from_no_window_dwells_on_anything(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = 400
    notes = Candidates(
        rng.permutation(count), rng.integers(1, 30, count), rng.integers(1, 3, count),
        *np.zeros((2, count), bool),
    )  # fmt: skip
    slate = made((rng.normal(0, 1, count), notes), 60)
    for start in range(len(slate.order) - WINDOW + 1):
        window = slate.order[start : start + WINDOW]
        for kind, most in (
            (notes.authors, PER_AUTHOR), (notes.topics, PER_TOPIC), (notes.languages, PER_LANGUAGE)
        ):  # fmt: skip
            assert max(Counter(kind[window].tolist()).values()) <= most


class TestVariety:
    """Of notes that are alike the better one comes first, and the others wait a little."""

    def test_a_copy_waits_behind_what_is_at_most_half_a_point_worse(self) -> None:
        vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
        near, far = np.array([3.0, 2.9, 2.9 - ALIKE + 0.1]), np.array([3.0, 2.9, 2.9 - ALIKE - 0.1])
        assert varied(near, vectors, 3) == [0, 2, 1]
        assert varied(far, vectors, 3) == [0, 1, 2]

    def test_opposites_are_no_better_than_strangers(self) -> None:
        vectors = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]])
        assert varied(np.array([3.0, 1.0, 2.0]), vectors, 3) == [0, 2, 1]

    def test_what_nothing_was_learned_of_is_like_nothing(self) -> None:
        vectors = np.zeros((4, 2))
        assert varied(np.array([1.0, 4.0, 2.0, 3.0]), vectors, 4) == [1, 3, 2, 0]

    @quickly
    @given(st.integers(0, 1_000), st.integers(0, 120), st.integers(1, 90))
    def test_all_stay_and_each_once(self, seed: int, count: int, length: int) -> None:
        rng = np.random.default_rng(seed)
        vectors = rng.normal(size=(count, 4))
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        assert sorted(varied(rng.normal(size=count), vectors, length)) == list(range(count))
