"""Every term of a score against a value worked out by hand, and what holds for all of them."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds import scoring
from feeds.scoring import (
    CHANCE,
    DEFAULT_WEIGHTS,
    GIVEN_UP,
    GRID,
    LEAST,
    MOST,
    TERMS,
    TRIED,
    Counts,
    Sides,
)

quickly = settings(max_examples=50, deadline=None, database=None)
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def rate(term: str, seen: float, liked: float = 0, talked: float = 0, disliked: float = 0) -> float:
    counts = Counts(*(np.array([value]) for value in (seen, liked, talked, disliked)))
    return float(scoring.rates(counts)[term][0])


def sides(*notes: tuple[float, float, bool]) -> dict[str, list[float]]:
    """Harmony terms of notes, each (least, divides, contested)."""
    least, divides, contested = zip(*notes, strict=True)
    found = scoring.harmony(
        Sides(np.array(least, float), np.array(divides, float), np.array(contested, bool))
    )
    return {name: [round(float(value), 4) for value in values] for name, values in found.items()}


class TestRates:
    """Ten impressions at the usual rate are added to those there were."""

    @pytest.mark.parametrize(
        ("seen", "liked", "expected"),
        [
            (0, 0, 0.0),
            (10, 2, 0.0),  # the usual share
            (10, 0, log(0.5)),
            (30, 18, log(0.5 / 0.2)),  # 20 of 40
            (990, 798, log(0.8 / 0.2)),
        ],
    )
    def test_likes(self, seen: float, liked: float, expected: float) -> None:
        assert rate("liked", seen, liked=liked) == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("seen", "talked", "expected"),
        [(0, 0, 0.0), (10, 6, 0.0), (10, 0, log(0.5)), (20, 18, log(0.8 / 0.6))],
    )
    def test_talk(self, seen: float, talked: float, expected: float) -> None:
        assert rate("talked", seen, talked=talked) == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("seen", "disliked", "expected"),
        [(0, 0, 0.04), (10, 0, 0.02), (10, 10, 0.52), (90, 4.6, 0.05)],
    )
    def test_dislikes_are_a_share_and_no_logarithm(
        self, seen: float, disliked: float, expected: float
    ) -> None:
        assert rate("disliked", seen, disliked=disliked) == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("seen", "expected"), [(0, 1.0), (5, 0.75), (CHANCE, 0.0), (10 * CHANCE, 0.0)]
    )
    def test_fresh(self, seen: float, expected: float) -> None:
        assert rate("fresh", seen) == expected

    @quickly
    @given(st.integers(0, 10_000), st.integers(0, 10_000))
    def test_another_like_never_costs_a_place(self, seen: int, liked: int) -> None:
        seen = max(seen, liked + 1)
        assert rate("liked", seen, liked=liked + 1) > rate("liked", seen, liked=liked)
        assert rate("disliked", seen, disliked=liked) < rate("disliked", seen, disliked=liked + 1)


class TestAffinity:
    """The reader's own rate of likes for a topic, with two impressions at the usual rate."""

    @pytest.mark.parametrize(
        ("liked", "seen", "expected"),
        [
            (0, 0, 0.0),
            (1, 5, 0.0),  # 1.4 of 7: the usual share
            (0, 2, log(0.5)),
            (2, 2, log(0.6 / 0.2)),
            (0, 10_000, -2.0),  # bounded
            (10_000, 10_000, log(5)),
        ],
    )
    def test_by_hand(self, liked: float, seen: float, expected: float) -> None:
        found = scoring.affinity(np.array([liked]), np.array([seen]))
        assert found[0] == pytest.approx(expected, abs=2e-3)


class TestHarmony:
    """Bridging inside the class of topics, consensus against all."""

    def test_two_calm_notes(self) -> None:
        found = sides((0.8, 0.1, False), (0.4, 0.5, False))
        # Mean 0.6 and deviation 0.2; of the sizes median 0.3 and deviation 0.2.
        assert found["bridging"] == [1.0, -1.0]
        assert found["one_sided"] == [0.0, 1.0]
        assert found["consensus"] == [round(log(0.8 / 0.6), 4), round(log(0.4 / 0.6), 4)]

    def test_classes_are_standardised_apart(self) -> None:
        found = sides((0.9, 0, False), (0.7, 0, False), (0.5, 0, True), (0.3, 0, True))
        assert found["bridging"] == [1.0, -1.0, 1.0, -1.0]
        # Consensus is not: 0.6 is the mean of all four.
        assert found["consensus"] == [round(log(v / 0.6), 4) for v in (0.9, 0.7, 0.5, 0.3)]

    def test_what_is_not_known_stands_in_the_middle_of_its_class(self) -> None:
        found = sides((0.8, 0.1, True), (0.4, 0.1, True), (np.nan, np.nan, True))
        assert found["bridging"][2] == found["one_sided"][2] == 0.0
        assert found["consensus"][2] == 0.0  # log(0.6 / 0.6)

    def test_a_class_of_one_says_nothing(self) -> None:
        found = sides((0.9, 0.9, True), (0.8, 0.1, False), (0.6, 0.1, False))
        assert found["bridging"][0] == found["one_sided"][0] == found["consensus"][0] == 0.0

    def test_notes_that_are_all_the_same_are_neither_better_nor_worse(self) -> None:
        found = sides(*[(0.5, 0.2, False)] * 5)
        assert all(value == 0.0 for values in found.values() for value in values)

    def test_approval_below_nothing_is_as_low_as_it_gets(self) -> None:
        low = sides((-0.5, 0, False), (0.9, 0, False))["consensus"][0]
        lower = sides((-0.1, 0, False), (0.5, 0, False))["consensus"][0]
        assert low == round(log(LEAST / 0.2), 4)
        assert lower == round(log(LEAST / 0.2), 4)

    @quickly
    @given(
        st.lists(
            st.tuples(
                st.one_of(st.floats(-1, 2), st.just(np.nan)), st.floats(0, 2), st.booleans()
            ),
            min_size=1, max_size=30,
        )
    )  # fmt: skip
    def test_every_term_is_bounded_whatever_was_learned(
        self, notes: list[tuple[float, float, bool]]
    ) -> None:
        notes = [(least, np.nan if np.isnan(least) else size, c) for least, size, c in notes]
        found = sides(*notes)
        assert all(-3 <= value <= 3 for value in found["bridging"])
        assert all(-2 <= value <= 2 for value in found["consensus"])
        assert all(0 <= value <= 3 for value in found["one_sided"])


class TestExactness:
    """Multiples of 1/1024 within bounds: sums are exact."""

    @quickly
    @given(st.lists(numbers, min_size=1, max_size=20))
    def test_the_grid_is_the_nearest_multiple_within_bounds(self, values: list[float]) -> None:
        found = scoring.on_grid(np.array(values))
        assert (found * GRID == np.rint(found * GRID)).all()
        inside = np.clip(values, -MOST, MOST)
        assert (np.abs(found - inside) <= 0.5 / GRID).all()

    @quickly
    @given(st.lists(numbers, min_size=1, max_size=20))
    def test_being_on_the_grid_twice_is_being_there_once(self, values: list[float]) -> None:
        once = scoring.on_grid(np.array(values))
        assert (scoring.on_grid(once) == once).all()

    @quickly
    @given(
        st.lists(st.floats(-64, 64), min_size=len(TERMS), max_size=len(TERMS)),
        st.lists(st.floats(-64, 64), min_size=len(TERMS), max_size=len(TERMS)),
    )
    def test_a_score_is_the_sum_of_its_parts_to_the_last_bit(
        self, values: list[float], weights: list[float]
    ) -> None:
        exact = scoring.exact_weights(dict(zip(TERMS, weights, strict=True)))
        row = scoring.on_grid(np.array([values]))
        parts = [float(v * w) for v, w in zip(row[0], exact, strict=True)]
        assert sum(parts) == sum(reversed(parts)) == scoring.score(row, exact)[0]

    def test_terms_that_are_not_weighed_are_no_error(self) -> None:
        assert scoring.exact_weights({}).tolist() == [0.0] * len(TERMS)
        assert scoring.exact_weights({"no such term": 3.0}).tolist() == [0.0] * len(TERMS)

    def test_values_stand_in_the_column_of_their_term(self) -> None:
        table = scoring.table({term: np.array([n, n + 0.5]) for n, term in enumerate(TERMS)}, 2)
        assert table[0].tolist() == list(range(len(TERMS)))
        assert table[1].tolist() == [n + 0.5 for n in range(len(TERMS))]


class TestWhatWeighs:
    """What the weights to begin with promise."""

    @pytest.mark.parametrize("term", ["one_sided", "disliked", "tension", "age"])
    def test_what_makes_a_place_worse_takes_points(self, term: str) -> None:
        assert DEFAULT_WEIGHTS[term] < 0

    @pytest.mark.parametrize(
        "term", ["liked", "topic", "chosen", "taste", "followed", "language", "bridging",
                 "consensus", "fresh"],
    )  # fmt: skip
    def test_what_is_wanted_gives_points(self, term: str) -> None:
        assert DEFAULT_WEIGHTS[term] > 0

    def test_talk_weighs_less_than_likes_and_both_less_than_agreement(self) -> None:
        assert DEFAULT_WEIGHTS["talked"] < DEFAULT_WEIGHTS["liked"]
        harmony = DEFAULT_WEIGHTS["bridging"] + DEFAULT_WEIGHTS["consensus"]
        assert harmony > DEFAULT_WEIGHTS["liked"]

    def test_no_tension_outweighs_a_day(self) -> None:
        """The judge's doubt lowers; it never buries."""
        assert abs(DEFAULT_WEIGHTS["tension"]) < 2 * abs(DEFAULT_WEIGHTS["age"])


class TestPoolsAndChances:
    """First readers for all, more for those that did well."""

    @pytest.mark.parametrize(("pool", "limit"), [(0, 20), (1, 100), (2, 500), (3, 2_500)])
    def test_each_pool_is_five_times_the_one_before(self, pool: int, limit: int) -> None:
        assert scoring.pool_limit(np.array([pool]))[0] == limit

    @pytest.mark.parametrize(
        ("seen", "size"), [(0, 20), (3, 20), (4, 20), (5, 25), (20, 100), (1_000, 5_000)]
    )
    def test_a_note_never_waits_with_fewer_than_it_was_promised(self, seen: int, size: int) -> None:
        assert scoring.pool_size(np.array([float(seen)]))[0] == size

    def test_a_quarter_of_what_was_tried_is_given_up(self) -> None:
        count = 100
        seen = Counts(np.full(count, TRIED), *np.zeros((3, count)))
        owed = scoring.waiting(seen, np.arange(count, dtype=float))
        assert count - owed.sum() == count * GIVEN_UP
        assert not owed[: int(count * GIVEN_UP)].any()

    def test_before_it_was_tried_the_worst_is_owed_its_readers_too(self) -> None:
        seen = Counts(np.full(9, TRIED - 1), *np.zeros((3, 9)))
        assert scoring.waiting(seen, np.arange(9.0)).all()

    def test_who_had_the_chance_is_owed_nothing_more(self) -> None:
        seen = Counts(np.array([CHANCE - 1.0, CHANCE, 900.0]), *np.zeros((3, 3)))
        assert scoring.waiting(seen, np.array([9.0, 5.0, 5.0])).tolist() == [True, False, False]
