"""Scores are exact sums of named terms, and say what the words about them promise."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from feeds import scoring
from feeds.scoring import CHANCE, DEFAULT_WEIGHTS, TERMS, Counts, Sides

COLUMN = {term: n for n, term in enumerate(TERMS)}


def counts(*rows: tuple[float, float, float, float]) -> Counts:
    return Counts(*np.array(rows, float).T)


def test_terms_add_up_to_the_score_in_any_order_to_the_last_bit() -> None:
    rng = np.random.default_rng(4)
    weights = scoring.exact_weights({term: rng.normal(0, 3) for term in TERMS})
    values = scoring.on_grid(rng.normal(0, 5, (500, len(TERMS))))
    for row, total in zip(values, scoring.score(values, weights), strict=True):
        parts = [float(value * weight) for value, weight in zip(row, weights, strict=True)]
        for _ in range(3):
            random.shuffle(parts)
            assert sum(parts) == total
        assert math.fsum(parts) == total


def test_numbers_are_kept_on_the_grid_and_within_bounds() -> None:
    values = scoring.on_grid(np.array([0.1, -1e9, np.nan, np.inf, 3.0]))
    assert (values * 1024 == np.rint(values * 1024)).all()
    assert values.tolist()[1:] == [-64.0, 0.0, 64.0, 3.0]


def test_a_term_without_a_weight_and_one_without_a_value_say_nothing() -> None:
    weights = scoring.exact_weights({"liked": 2.0})
    table = scoring.table({"liked": np.array([1.0, 2.0])}, 2)
    assert scoring.score(table, weights).tolist() == [2.0, 4.0]
    assert weights[COLUMN["age"]] == 0
    assert not table[:, COLUMN["age"]].any()


def test_few_likes_of_few_readers_are_not_taken_for_a_rate() -> None:
    liked = scoring.rates(counts((1, 1, 0, 0), (200, 100, 0, 0), (0, 0, 0, 0)))["liked"]
    assert liked[1] > liked[0] > liked[2] == 0


def test_being_asked_for_less_counts_against_a_note() -> None:
    found = scoring.rates(counts((100, 20, 0, 20), (100, 20, 0, 0)))
    values = scoring.table(found, 2)
    first, second = scoring.score(values, scoring.exact_weights(DEFAULT_WEIGHTS))
    assert first < second


def test_a_note_is_fresh_until_it_had_its_chance() -> None:
    found = scoring.rates(counts((0, 0, 0, 0), (CHANCE / 2, 0, 0, 0), (CHANCE, 0, 0, 0)))["fresh"]
    assert found.tolist() == [1.0, 0.5, 0.0]


def sides(least: list[float], divides: list[float], contested: list[bool]) -> Sides:
    return Sides(np.array(least), np.array(divides), np.array(contested))


def test_contested_topics_are_measured_against_themselves() -> None:
    """The best note about a quarrelsome topic does not suffer from the topic."""
    found = scoring.harmony(
        sides([0.8, 0.9, 0.7, 0.5, 0.3], [0.0, 0.0, 0.0, 0.2, 0.6], [False] * 3 + [True] * 2)
    )
    assert found["bridging"][3] > 0 > found["bridging"][4]
    assert found["one_sided"][4] > found["one_sided"][3] == 0
    assert found["consensus"][1] > found["consensus"][3] > found["consensus"][4]


def test_notes_that_bridging_does_not_know_are_neither_praised_nor_blamed() -> None:
    found = scoring.harmony(sides([np.nan, 0.8, 0.4], [np.nan, 0.1, 0.5], [False] * 3))
    assert found["bridging"][0] == found["one_sided"][0] == 0
    nobody = scoring.harmony(sides([np.nan, np.nan], [np.nan, np.nan], [False, True]))
    assert all(not values.any() for values in nobody.values())


def test_a_note_rises_through_pools() -> None:
    assert scoring.pool_size(np.array([0.0, 2.0, 20.0, 400.0])).tolist() == [20, 20, 100, 2000]


def test_every_note_is_owed_readers_but_not_the_worst_once_tried() -> None:
    seen = counts(*[(3, 0, 0, 0), (10, 0, 0, 9), (10, 5, 0, 0), (25, 0, 0, 0)])
    owed = scoring.waiting(seen, np.array([0.0, -5.0, 1.0, 0.5]))
    assert owed.tolist() == [True, False, True, False]
    assert scoring.waiting(counts((0, 0, 0, 0)), np.array([-9.0])).all()


@pytest.mark.parametrize(("liked", "seen", "sign"), [(9, 10, 1), (0, 10, -1), (0, 0, 0)])
def test_affinity_is_the_readers_rate_against_the_usual(liked: int, seen: int, sign: int) -> None:
    found = scoring.affinity(np.array([float(liked)]), np.array([float(seen)]))[0]
    assert np.sign(round(float(found), 9)) == sign
