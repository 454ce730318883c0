"""The learners against values worked out by hand, on worlds small enough to see through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from feeds.learning.blends import Blend, blocks, standard
from feeds.learning.ease import ease
from feeds.learning.evaluation import readers_of
from feeds.learning.factors import least_squares, low_pass
from feeds.learning.interactions import Interactions, interactions, rows_of
from feeds.learning.models import Popularity
from feeds.learning.recipes import (
    STEPS,
    Recipe,
    first_choices,
    fit,
    neighbours_of,
    places_of,
    work_of,
)
from feeds.learning.selection import choose, ndcg
from feeds.learning.transitions import transitions
from feeds.learning.walks import Damping, power, product, pruned, shortened, walk


def known(*rows: list[int]) -> Interactions:
    """Readers 0, 1, 2 ... and what they liked, oldest first."""
    users = [user for user, items in enumerate(rows) for _ in items]
    items = [item for items in rows for item in items]
    return interactions(np.array(users, np.int64), np.array(items, np.int64))


UNDAMPED = Damping(0.0, 0.0, 0.0)
# Ann likes 0 and 1, Mei 1 and 2, Tang 2 and 3.
CHAIN = known([0, 1], [1, 2], [2, 3])


class TestInteractions:
    """Rows of readers in the order of time."""

    def test_readers_may_come_in_any_order_and_likes_keep_theirs(self) -> None:
        found = interactions(np.array([7, 3, 7, 3]), np.array([20, 40, 10, 30]))
        assert found.user_ids.tolist() == [3, 7]
        assert found.item_ids.tolist() == [10, 20, 30, 40]
        assert found.items.tolist() == [3, 2, 1, 0]
        assert found.starts.tolist() == [0, 2, 4]

    def test_the_matrix_holds_a_one_for_each_like(self) -> None:
        assert CHAIN.matrix.toarray().tolist() == [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]

    def test_weights_stand_where_their_like_does(self) -> None:
        found = known([2, 0]).weighted(np.array([5.0, 7.0], np.float32))
        assert found.toarray().tolist() == [[7.0, 5.0]]  # 0 and 2 are the items there are

    @pytest.mark.parametrize(
        ("rows", "ages"), [(([4],), [0]), (([4, 5, 6],), [2, 1, 0]), (([4, 5], [5, 6]), [1, 0] * 2)]
    )
    def test_age_counts_what_came_after(self, rows: tuple[list[int]], ages: list[int]) -> None:
        assert known(*rows).age().tolist() == ages

    def test_some_readers_can_be_taken_in_any_order_and_twice(self) -> None:
        some = CHAIN.of(np.array([2, 0, 2]))
        assert some.matrix.toarray().tolist() == [[0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]]

    def test_a_shuffle_keeps_who_likes_what(self) -> None:
        wide = known(list(range(30)), list(range(10, 40)))
        shuffled = wide.shuffled(3)
        assert (shuffled.matrix != wide.matrix).nnz == 0
        assert shuffled.items.tolist() != wide.items.tolist()

    @pytest.mark.parametrize(
        ("rows", "ordered"),
        [(([1, 2, 3],), False), (([3, 1, 2],), True), (([3, 2, 1],), False), (([1],), False)],
    )
    def test_an_order_that_only_rises_or_only_falls_says_nothing(
        self, rows: tuple[list[int]], ordered: bool
    ) -> None:
        assert known(*rows).is_ordered is ordered

    def test_somebody_unknown_is_an_empty_row(self) -> None:
        found = readers_of(CHAIN, rows_of(CHAIN.user_ids, np.array([1, 99, 0])))
        assert found.lengths.tolist() == [2, 0, 2]
        assert found.items.tolist() == [1, 2, 0, 1]

    def test_without_anybody_nobody_is_found(self) -> None:
        assert rows_of(np.array([], np.int64), np.array([1, 2])).tolist() == [-1, -1]


class TestWalks:
    """Three steps: to a reader of what I like, to what they like."""

    def test_an_undamped_walk_counts_the_ways(self) -> None:
        scores = walk(CHAIN, UNDAMPED).at(CHAIN, np.tile(np.arange(4), (3, 1)))
        # For Ann: one way to 0, two to 1 (over herself and Mei) and so on, each from 0 and from 1.
        assert scores.tolist() == [[2, 3, 1, 0], [1, 3, 3, 1], [0, 1, 3, 2]]

    @pytest.mark.parametrize(
        ("exponent", "values"), [(0.0, [1, 1, 1]), (1.0, [1, 0.5, 0.25]), (0.5, [1, 0.7071, 0.5])]
    )
    def test_damping_is_a_power_of_the_degree(self, exponent: float, values: list[float]) -> None:
        found = power(np.array([1, 2, 4]), exponent)
        assert found.tolist() == pytest.approx(values, abs=1e-4)
        assert power(np.array([0]), exponent)[0] == 1  # nobody: as if one

    def test_damping_the_other_item_takes_from_the_popular(self) -> None:
        crowd = known([0, 1], [0, 1], [0, 2], [1, 3])
        plain = walk(crowd, UNDAMPED).at(crowd.of(np.array([2])), np.array([[1, 3]]))[0]
        damped = walk(crowd, Damping(0.0, 0.0, 1.0)).at(crowd.of(np.array([2])), np.array([[1, 3]]))
        assert damped[0][0] == pytest.approx(plain[0] / 3)  # three like it

    def test_one_never_gets_what_one_knows(self) -> None:
        best, _ = walk(CHAIN, UNDAMPED).best(CHAIN, 4)
        for row, liked in zip(best.tolist(), ({0, 1}, {1, 2}, {2, 3}), strict=True):
            assert not liked & set(row)
        assert best[0][0] == 2

    def test_walking_once_for_every_item_is_walking(self) -> None:
        wide = known(*[[n, (n * 3) % 11, (n * 5) % 11] for n in range(11)])
        items = np.tile(np.arange(wide.shape[1]), (wide.shape[0], 1))
        steps = walk(wide, Damping())
        assert shortened(steps).at(wide, items) == pytest.approx(steps.at(wide, items), rel=1e-5)

    def test_pruning_keeps_the_highest_of_each_row_and_all_ties(self) -> None:
        matrix = sparse.csr_array(np.array([[1.0, 5, 3, 0], [0, 0, 0, 0], [2, 2, 2, 1]]))
        assert pruned(matrix, 2).toarray().tolist() == [[0, 5, 3, 0], [0, 0, 0, 0], [2, 2, 2, 0]]
        assert (pruned(matrix, 9) != matrix).nnz == 0

    def test_a_product_in_parts_is_the_product(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rng = np.random.default_rng(2)
        left = sparse.csr_array((rng.random((30, 20)) < 0.3) * rng.random((30, 20)))
        right = sparse.csr_array((rng.random((20, 25)) < 0.3) * rng.random((20, 25)))
        whole = (left @ right).toarray()
        for cells in (7, 100, 10_000):
            monkeypatch.setattr("feeds.learning.walks.CELLS", cells)
            assert product(left, right, 25).toarray() == pytest.approx(whole)


class TestTransitions:
    """What is liked after what, nearer ones more."""

    def test_the_next_one_counts_whole_and_the_one_after_half(self) -> None:
        told = known([0, 1, 2], [2, 0, 1])
        model = transitions(told, other=0.0, half_life=0.0, back=0.0)
        near = model.steps[0].toarray()
        assert near[0].tolist() == [0, 2, 0.5]
        assert near[1].tolist() == [0, 0, 1]
        assert near[2].tolist() == [1, 0.5, 0]

    def test_the_way_back_is_worth_less(self) -> None:
        told = known([0, 1], [1, 0], [0, 1])
        near = transitions(told, other=0.0, half_life=0.0, back=0.5).steps[0].toarray()
        assert near[0][1] == 2 + 0.5 * 1
        assert near[1][0] == 1 + 0.5 * 2


class TestRegression:
    """EASE: each item from all others."""

    def test_two_items_by_hand(self) -> None:
        """Gram [[2, 1], [1, 2]] and ridge 1: the inverse of [[3, 1], [1, 3]] is [[3, -1], [-1, 3]]
        / 8, so that each weight is 1/3."""
        found = ease(known([0, 1], [0], [1]), 1.0)
        scores = found.at(known([0], [1], [0, 1]), np.array([[0, 1]] * 3))
        assert scores == pytest.approx(np.array([[0, 1 / 3], [1 / 3, 0], [1 / 3, 1 / 3]]), abs=1e-6)

    def test_a_heavy_ridge_says_nearly_nothing(self) -> None:
        light, heavy = ease(CHAIN, 0.5), ease(CHAIN, 1e6)
        items = np.tile(np.arange(4), (3, 1))
        assert np.abs(heavy.at(CHAIN, items)).max() < 1e-4 < np.abs(light.at(CHAIN, items)).max()


class TestFactors:
    """Vectors, and folding in somebody whom the model never saw."""

    VILLAGES = known(*[[n for n in range(12) if n % 2 == p % 2 and n != p] for p in range(12)])

    @pytest.mark.parametrize("kind", ["low_pass", "als"])
    def test_somebody_new_is_placed_by_what_they_like(self, kind: str) -> None:
        model = (
            low_pass(self.VILLAGES, 2)
            if kind == "low_pass"
            else least_squares(self.VILLAGES, 2, 10.0, 0.1)
        )
        new = Interactions(
            np.array([99]), self.VILLAGES.item_ids, np.array([0, 2]), np.array([0, 2])
        )
        best, _ = model.best(new, 4)
        assert set(best[0].tolist()) <= {4, 6, 8, 10}

    @pytest.mark.parametrize("size", [1, 2, 3])
    def test_vectors_are_as_many_numbers_as_asked(self, size: int) -> None:
        model = low_pass(self.VILLAGES, size)
        assert model.items.shape == (12, size)
        assert np.isfinite(model.items).all()

    def test_who_likes_nothing_stands_nowhere(self) -> None:
        model = low_pass(self.VILLAGES, 2)
        nobody = Interactions(
            np.array([5]), self.VILLAGES.item_ids, np.array([0, 0]), np.array([], np.int64)
        )
        assert not model.vectors(nobody).any()


class TestBlends:
    """Scores of several models on one scale."""

    def test_standard_scores_by_hand(self) -> None:
        scores, there = np.array([[1.0, 3, 99], [5, 5, 5]]), np.array([[1, 1, 0], [1, 1, 1]], bool)
        assert standard(scores, there).tolist() == [[-1, 1, 0], [0, 0, 0]]

    def test_weights_decide_between_models_that_differ(self) -> None:
        up, down = Popularity(np.array([1.0, 2, 3])), Popularity(np.array([3.0, 2, 1]))
        nobody = Interactions(np.array([0]), np.arange(3), np.array([0, 0]), np.array([], np.int64))
        assert Blend((up, down), (1.0, 0.5), up).best(nobody, 3).tolist() == [[2, 1, 0]]
        assert Blend((up, down), (0.5, 1.0), up).best(nobody, 3).tolist() == [[0, 1, 2]]

    def test_readers_are_scored_in_blocks_and_none_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("feeds.learning.blends.READERS", 2)
        spans = [(span.start, span.stop, some.shape[0]) for span, some in blocks(CHAIN)]
        assert spans == [(0, 2, 2), (2, 3, 1)]


class TestRecipes:
    """What is tried, and in which steps."""

    @pytest.mark.parametrize("kind", STEPS)
    def test_a_number_moves_one_step_at_a_time(self, kind: str) -> None:
        for place, values in enumerate(STEPS[kind]):
            first = Recipe(kind, tuple(steps[0] for steps in STEPS[kind]))
            assert [near.numbers[place] for near in neighbours_of(first, place)] == [values[1]]
            middle = Recipe(kind, (*first.numbers[:place], values[1], *first.numbers[place + 1 :]))
            around = {near.numbers[place] for near in neighbours_of(middle, place)}
            assert around == {values[0], *values[2:3]}

    def test_nothing_fades_where_there_is_no_order(self) -> None:
        recipe = Recipe("walk", (0.4, 0.8, 0.3, 0.0))
        assert places_of(recipe, is_ordered=True) == [0, 1, 2, 3]
        assert places_of(recipe, is_ordered=False) == [0, 1, 2]
        assert places_of(Recipe("popularity"), is_ordered=True) == []

    def test_transitions_are_tried_where_likes_have_an_order(self) -> None:
        kinds = {recipe.kind for recipe in first_choices(CHAIN)}
        assert "next" not in kinds
        assert {"popularity", "walk", "ease"} <= kinds
        assert "next" in {recipe.kind for recipe in first_choices(known([3, 1, 2], [1, 3, 2]))}

    def test_the_work_of_a_walk_is_the_sum_of_squares(self) -> None:
        assert work_of(known([1, 2, 3], [1], [2, 3])) == 9 + 1 + 4

    @pytest.mark.parametrize(
        ("recipe", "cheap"),
        [(Recipe("walk"), True), (Recipe("ease"), True), (Recipe("als"), False),
         (Recipe("low_pass"), False)],
    )  # fmt: skip
    def test_costly_models_are_known(self, recipe: Recipe, cheap: bool) -> None:
        assert recipe.is_cheap is cheap

    def test_popularity_is_how_many_like_it(self) -> None:
        model = fit(Recipe("popularity"), CHAIN)
        scores = model.at(CHAIN, np.tile(np.arange(4), (3, 1)))
        assert scores[0] == pytest.approx(np.log1p([1, 2, 2, 1]))


@pytest.mark.parametrize(
    ("ranked", "hidden", "mark"),
    [
        ([[1, 2, 3]], [[1]], 1.0),
        ([[2, 1, 3]], [[1]], 1 / np.log2(3)),
        ([[2, 3, 4]], [[1]], 0.0),
        ([[1, 2, 3]], [[3, 1]], (1 + 0.5) / (1 + 1 / np.log2(3))),
        ([[1, -1, -1]], [[1, -1]], 1.0),
        ([[1], [2]], [[1], [3]], 0.5),
    ],
)
def test_marks_by_hand(ranked: list[list[int]], hidden: list[list[int]], mark: float) -> None:
    assert ndcg(np.array(ranked), np.array(hidden)) == pytest.approx(mark)


def test_of_too_little_the_popular_is_chosen() -> None:
    blend, recipe = choose(CHAIN, 5)
    assert [part.kind for part in recipe] == ["popularity"]
    assert blend.best(CHAIN.of(np.array([0])), 2).tolist() == [[2, 3]]
