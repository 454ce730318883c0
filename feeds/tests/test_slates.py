"""Slates: variety, promised places, and an order that can be told from the numbers."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from feeds.slates import (
    BRIDGE_PLACE,
    FRESH_PLACE,
    PER_AUTHOR,
    PER_TOPIC,
    WINDOW,
    Candidates,
    Slate,
    arrange,
    varied,
)

NONE = np.array([], np.int64)


def notes(count: int, seed: int = 1, authors: int = 60, topics: int = 12) -> Candidates:
    rng = np.random.default_rng(seed)
    return Candidates(
        rng.integers(1, authors, count), rng.integers(0, topics, count), rng.integers(1, 3, count),
        rng.random(count) < 0.1, rng.random(count) < 0.2,
    )  # fmt: skip


def scores_of(count: int, seed: int = 1) -> np.ndarray:
    return np.rint(np.random.default_rng(seed).normal(0, 2, count) * 1024) / 1024


def windows(slate: Slate) -> list[list[int]]:
    order = slate.order.tolist()
    return [order[n : n + WINDOW] for n in range(len(order) - WINDOW + 1)]


@pytest.mark.parametrize("seed", range(40))
def test_scores_and_shifts_tell_the_order_to_the_last_bit(seed: int) -> None:
    count = 20 + 10 * seed
    found, scores = notes(count, seed), scores_of(count, seed)
    slate = arrange(scores, found, 100, np.flatnonzero(found.fresh))
    totals = scores[slate.order] + slate.shift
    assert (np.diff(totals) <= 0).all()
    assert len(set(slate.order.tolist())) == len(slate.order) == min(count, 100)


def test_no_window_repeats_an_author_or_dwells_on_a_topic() -> None:
    found = notes(400)
    for window in windows(arrange(scores_of(400), found, 60, np.flatnonzero(found.fresh))):
        assert max(Counter(found.authors[window].tolist()).values()) <= PER_AUTHOR
        topics = Counter(found.topics[window].tolist())
        topics.pop(0, None)  # without a topic
        assert max(topics.values()) <= PER_TOPIC


def test_where_there_is_one_author_only_all_of_it_is_shown() -> None:
    alone = Candidates(np.ones(9, int), np.ones(9, int), np.ones(9, int), *np.zeros((2, 9), bool))
    slate = arrange(np.arange(9.0), alone, 20, NONE)
    assert slate.order.tolist() == list(range(8, -1, -1))
    assert not slate.shift.any()


def test_the_promised_places_are_kept() -> None:
    found, scores = notes(300), scores_of(300)
    waiting = np.flatnonzero(found.fresh)[::-1]
    slate = arrange(scores, found, 30, waiting)
    for start in range(0, 30, WINDOW):
        assert slate.places[start + FRESH_PLACE - 1] == "fresh"
        assert slate.places[start + BRIDGE_PLACE - 1] == "bridge"
        assert found.bridge[slate.order[start + BRIDGE_PLACE - 1]]
    assert slate.order[FRESH_PLACE - 1] == waiting[0]
    assert slate.places.count("fresh") == 5


def test_without_promises_the_order_is_that_of_the_scores() -> None:
    apart = Candidates(np.arange(50), np.zeros(50, int), np.arange(50), *np.zeros((2, 50), bool))
    scores = scores_of(50)
    slate = arrange(scores, apart, 50, NONE)
    assert slate.order.tolist() == np.argsort(-scores, kind="stable").tolist()
    assert not slate.shift.any()


def test_of_two_that_are_alike_one_waits() -> None:
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    assert varied(np.array([1.0, 0.9, 0.8]), vectors, 3) == [0, 2, 1]
    assert varied(np.array([1.0, 0.9, 0.8]), None, 3) == [0, 1, 2]


def test_nothing_makes_an_empty_slate() -> None:
    empty = Candidates(NONE, NONE, NONE, np.array([], bool), np.array([], bool))
    assert arrange(np.array([]), empty, 20, NONE).order.tolist() == []
