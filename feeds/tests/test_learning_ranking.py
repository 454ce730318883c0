"""The recommender, on made-up worlds whose truth is known, and its command from file to file."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from numpy.typing import NDArray

from feeds.learning.blends import Blend
from feeds.learning.ease import ease
from feeds.learning.factors import least_squares, low_pass
from feeds.learning.interactions import Interactions, interactions, rows_of
from feeds.learning.models import Model, Popularity
from feeds.learning.selection import ndcg
from feeds.learning.transitions import transitions
from feeds.learning.walks import Damping, product, shortened, walk

Pairs = NDArray[np.int64]


def villages(seed: int = 1, people: int = 120, items: int = 60, likes: int = 9) -> Pairs:
    """Three villages; nobody likes anything of another village."""
    rng = np.random.default_rng(seed)
    size = items // 3
    rows = [
        (person, person % 3 * size + item)
        for person in range(people)
        for item in rng.choice(size, likes, replace=False)
    ]
    return np.array(rows)


def chains(seed: int = 1, people: int = 600, items: int = 200) -> Pairs:
    """Who likes n likes n + 7 next; where everybody begins is chance."""
    rng = np.random.default_rng(seed)
    starts = rng.integers(0, items, people)
    return np.array(
        [(p, (starts[p] + 7 * step) % items) for p in range(people) for step in range(6)]
    )


def known_of(pairs: Pairs) -> Interactions:
    return interactions(pairs[:, 0], pairs[:, 1])


def test_interactions_keep_the_order_of_time_and_count_a_repeated_like_once() -> None:
    known = interactions(np.array([9, 5, 9, 9, 5]), np.array([30, 10, 20, 30, 30]))
    assert known.user_ids.tolist() == [5, 9]
    assert known.item_ids.tolist() == [10, 20, 30]
    assert np.split(known.items, known.starts[1:-1])[1].tolist() == [2, 1]
    assert known.age().tolist() == [1, 0, 1, 0]
    assert known.matrix.toarray().tolist() == [[1, 0, 1], [0, 1, 1]]


def test_the_last_items_of_some_readers_can_be_taken_away() -> None:
    known = interactions(np.array([1, 1, 1, 2, 2]), np.array([7, 8, 9, 9, 7]))
    left = known.without_last(np.array([2, 0]))
    assert left.items.tolist() == [0, 2, 0]
    assert left.of(np.array([1])).items.tolist() == [2, 0]


def test_rows_sorted_by_number_say_nothing_about_time() -> None:
    assert not known_of(np.array([(1, 2), (1, 5), (2, 3), (2, 9)])).is_ordered
    assert known_of(np.array([(1, 5), (1, 2), (2, 3), (2, 9)])).is_ordered


def test_unknown_ids_have_no_row() -> None:
    assert rows_of(np.array([3, 8]), np.array([8, 4, 99])).tolist() == [1, -1, -1]
    assert rows_of(np.array([], np.int64), np.array([8])).tolist() == [-1]


@pytest.mark.parametrize(
    "fitted",
    [
        lambda known: walk(known, Damping()),
        lambda known: shortened(walk(known, Damping())),
        lambda known: transitions(known),
        lambda known: low_pass(known, 6),
        lambda known: least_squares(known, 8, 10.0, 1.0),
        lambda known: ease(known, 10.0),
    ],
    ids=["walk", "shortened", "next", "low_pass", "als", "ease"],
)
def test_every_model_recommends_what_is_liked_in_ones_own_village(fitted: object) -> None:
    known = known_of(villages())
    model: Model = fitted(known)  # type: ignore[operator]
    best, scores = model.best(known, 5)
    for person in range(known.shape[0]):
        liked = set(known.items[known.starts[person] : known.starts[person + 1]].tolist())
        found = [item for item in best[person].tolist() if item >= 0]
        assert found
        assert {item // 20 for item in found} == {person % 3}
        assert not liked & set(found)
    assert (np.diff(scores, axis=1) <= 1e-6).all()
    asked = np.maximum(best, 0)
    np.testing.assert_allclose(
        np.where(best >= 0, model.at(known, asked), 0), np.where(best >= 0, scores, 0), rtol=1e-3
    )


def test_somebody_new_is_folded_in() -> None:
    known = known_of(villages())
    new = Interactions(np.array([999]), known.item_ids, np.array([0, 2]), np.array([40, 41]))
    for model in (least_squares(known, 8, 10.0, 1.0), walk(known, Damping())):
        best, _ = model.best(new, 3)
        assert {item // 20 for item in best[0].tolist()} == {2}


def test_a_walk_in_one_step_is_the_walk_in_two() -> None:
    known = known_of(villages())
    two = walk(known, Damping())
    items = np.tile(np.arange(known.shape[1]), (known.shape[0], 1))
    np.testing.assert_allclose(two.at(known, items), shortened(two).at(known, items), rtol=1e-4)


def test_a_product_keeps_the_highest_of_each_row() -> None:
    known = known_of(villages())
    matrix = known.matrix
    whole = (matrix.T @ matrix).toarray()
    kept = product(matrix.T.tocsr(), matrix, 4)
    assert (np.diff(kept.indptr) >= 4).all()
    for row, (values, all_of_row) in enumerate(zip(kept.toarray(), whole, strict=True)):
        assert sorted(values)[-4:] == sorted(all_of_row)[-4:], row


def test_lists_of_the_unknown_are_filled_with_what_is_popular() -> None:
    known = known_of(villages())
    popularity = Popularity(np.bincount(known.items).astype(np.float32))
    nobody = Interactions(np.array([0]), known.item_ids, np.array([0, 0]), np.array([], np.int64))
    best = Blend((walk(known, Damping()),), (1.0,), popularity).best(nobody, 4)
    assert best[0].tolist() == np.argsort(-popularity.counts, kind="stable")[:4].tolist()


def test_ndcg_by_hand() -> None:
    ranked, hidden = np.array([[4, 7, 1]]), np.array([[7, 9, -1]])
    assert ndcg(ranked, hidden) == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    assert ndcg(np.array([[7, 9, -1]]), hidden) == pytest.approx(1)


@pytest.fixture
def ranked(tmp_path: Path) -> object:
    def run(pairs: Pairs, asked: list[str], k: int) -> tuple[list[list[int]], str]:
        train, users, out = (tmp_path / name for name in ("train", "users", "out"))
        train.write_text("".join(f"{user}\t{item}\n" for user, item in pairs))
        users.write_text("".join(f"{line}\n" for line in asked))
        said = StringIO()
        call_command("evaluate_ranking", train, users, out, k, stdout=said)
        lines = [line.split("\t") for line in out.read_text().splitlines()]
        assert [user for user, _ in lines] == [line.split("\t")[0] for line in asked]
        return [[int(item) for item in items.split()] for _, items in lines], said.getvalue()

    return run


def test_the_command_chooses_transitions_where_the_order_matters(ranked) -> None:  # type: ignore[no-untyped-def]
    pairs = chains()
    last = dict(pairs.tolist())
    found, said = ranked([p for p in pairs if last[p[0]] != p[1]], [str(n) for n in range(600)], 3)
    hits = sum(last[user] == items[0] for user, items in enumerate(found))
    assert hits > 500
    assert "next" in said


def test_the_command_finds_neighbours_where_there_is_no_order(ranked) -> None:  # type: ignore[no-untyped-def]
    pairs = villages()
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    found, said = ranked(pairs, [str(n) for n in range(120)], 10)
    assert "next" not in said
    assert all({item // 20 for item in items} == {n % 3} for n, items in enumerate(found))


def test_the_command_ranks_candidates_only_and_leaves_out_what_is_known(ranked) -> None:  # type: ignore[no-untyped-def]
    pairs = villages()
    liked = pairs[pairs[:, 0] == 0, 1]
    mine = next(item for item in range(20) if item not in liked)
    found, _ = ranked(pairs, [f"0\t45 {mine} 777 {liked[0]}", "1", "4242\t3 4", "0\t"], 5)
    assert found[0] == [mine, 45, 777]
    assert len(found[1]) == 5
    assert sorted(found[2]) == [3, 4]
    assert found[3] == []


def test_the_command_serves_tiny_and_empty_files(ranked) -> None:  # type: ignore[no-untyped-def]
    assert ranked(np.array([(1, 5), (2, 5), (2, 6)]), ["1", "3"], 2)[0] == [[6], [5, 6]]
    assert ranked(np.empty((0, 2), np.int64), ["1"], 2)[0] == [[]]


@pytest.mark.parametrize("line", ["1\tapple\n", "1\n", "ß\n"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    train, users = tmp_path / "train", tmp_path / "users"
    train.write_text("1\t2\n" + line)
    users.write_text("1\n")
    with pytest.raises(CommandError, match="train"):
        call_command("evaluate_ranking", train, users, tmp_path / "out", 3)
