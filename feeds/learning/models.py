"""Three kinds of model, each able to score any items for any readers.

Fitting one is the work of `walks`, `transitions`, `factors` and `ease`; a fitted model needs only
what readers liked, so somebody new is served as well as somebody who was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from feeds.learning.interactions import Floats, Ids, Interactions

Known = NDArray[np.bool_]
NOWHERE = np.float32(-1e30)


class Model(Protocol):
    """Anything that scores."""

    def at(self, readers: Interactions, items: Ids) -> Floats:
        """Scores (readers x n) of the items (readers x n) of each reader."""

    def best(self, readers: Interactions, n: int) -> tuple[Ids, Floats]:
        """The n best items (readers x n) that each reader does not know, and their scores.

        Where there are fewer, -1 and NOWHERE.
        """


@dataclass(frozen=True, slots=True)
class Popularity:
    """How many people like an item, whoever asks."""

    counts: Floats

    def at(self, readers: Interactions, items: Ids) -> Floats:
        return self.counts[items]

    def best(self, readers: Interactions, n: int) -> tuple[Ids, Floats]:
        if not len(self.counts):
            nothing = (readers.shape[0], n)
            return np.full(nothing, -1), np.full(nothing, NOWHERE)
        most = min(len(self.counts), n + int(readers.lengths.max(initial=0)))
        order = np.argsort(-self.counts, kind="stable")[:most]
        scores = np.tile(self.counts[order], (readers.shape[0], 1))
        scores[readers.matrix[:, order].nonzero()] = NOWHERE
        places, scores = highest(scores, n)
        return np.where(places >= 0, order[places], -1), scores


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Items near what a reader liked, a sparse step or more away.

    `source` weighs what is liked, `half_life` says after how many likes one counts half; 0: never.
    """

    source: Floats
    steps: tuple[sparse.csr_array, ...]
    half_life: float = 0.0

    def profiles(self, readers: Interactions) -> sparse.csr_array:
        weights = self.source[readers.items]
        if self.half_life:
            weights = weights * np.exp2(-readers.age() / self.half_life).astype(np.float32)
        return readers.weighted(weights)

    def scores(self, readers: Interactions) -> sparse.csr_array:
        reached = self.profiles(readers)
        for step in self.steps:
            reached = reached @ step
        return reached.tocsr()

    def near(self, n: int) -> Ids:
        """The n nearest items (items x n) of each item; -1 fills up. For one step only."""
        (step,) = self.steps
        items = np.full((step.shape[0], n), -1)
        values = np.full((step.shape[0], n), NOWHERE)
        itself = np.zeros(step.shape[1], np.bool_)
        for row in range(step.shape[0]):
            itself[row] = True
            _best_of_row(step, row, itself, items[row], values[row])
            itself[row] = False
        return items

    def at(self, readers: Interactions, items: Ids) -> Floats:
        found: Floats = np.take_along_axis(self.scores(readers).toarray(), items, axis=1)
        return found

    def best(self, readers: Interactions, n: int) -> tuple[Ids, Floats]:
        scores = self.scores(readers)
        items = np.full((readers.shape[0], n), -1)
        values = np.full((readers.shape[0], n), NOWHERE)
        known = np.zeros(readers.shape[1], np.bool_)
        for row, liked in enumerate(np.split(readers.items, readers.starts[1:-1])):
            known[liked] = True
            _best_of_row(scores, row, known, items[row], values[row])
            known[liked] = False
        return items, values


def _best_of_row(
    scores: sparse.csr_array, row: int, known: Known, items: Ids, values: Floats
) -> None:
    """Write the best of one sparse row into `items` and `values`."""
    span = slice(scores.indptr[row], scores.indptr[row + 1])
    there = scores.indices[span]
    found = np.where(known[there], NOWHERE, scores.data[span])
    if len(found) > len(items):
        top = np.argpartition(found, -len(items))[-len(items) :]
        found, there = found[top], there[top]
    order = np.argsort(-found, kind="stable")
    order = order[: np.count_nonzero(found > NOWHERE)]
    items[: len(order)], values[: len(order)] = there[order], found[order]


@dataclass(frozen=True, slots=True)
class Regression:
    """A dense matrix from liked to other items; for catalogues of a few thousand items."""

    weights: Floats

    def at(self, readers: Interactions, items: Ids) -> Floats:
        found: Floats = np.take_along_axis(readers.matrix @ self.weights, items, axis=1)
        return found

    def best(self, readers: Interactions, n: int) -> tuple[Ids, Floats]:
        return highest(without_known(readers.matrix @ self.weights, readers), n)


@dataclass(frozen=True, slots=True)
class Factors:
    """Vectors: `into` folds readers in, a product with `items` scores.

    With `gram` and `alpha` folding in is the ridge regression of alternating least squares.
    """

    into: Floats
    items: Floats
    gram: Floats | None = None
    alpha: float = 0.0

    def vectors(self, readers: Interactions) -> Floats:
        if self.gram is None:
            linear: Floats = readers.matrix @ self.into
            return linear
        rows = np.split(readers.items, readers.starts[1:-1])
        return np.stack([self._ridge(self.gram, row) for row in rows])

    def _ridge(self, gram: Floats, liked: Ids) -> Floats:
        vectors = self.items[liked]
        pull = gram + self.alpha * vectors.T @ vectors
        solved: Floats = np.linalg.solve(pull, (1 + self.alpha) * vectors.sum(axis=0))
        return solved

    def at(self, readers: Interactions, items: Ids) -> Floats:
        found: Floats = np.einsum("rf,rnf->rn", self.vectors(readers), self.items[items])
        return found

    def best(self, readers: Interactions, n: int) -> tuple[Ids, Floats]:
        return highest(without_known(self.vectors(readers) @ self.items.T, readers), n)


def without_known(scores: Floats, readers: Interactions) -> Floats:
    """Put what each reader knows at the very end."""
    rows = np.repeat(np.arange(readers.shape[0]), readers.lengths)
    scores[rows, readers.items] = NOWHERE
    return scores


def highest(scores: Floats, n: int) -> tuple[Ids, Floats]:
    """Columns of the n highest scores of each row, best first, and the scores; see Model.best."""
    found = min(n, scores.shape[1])
    top = np.argpartition(scores, -found, axis=1)[:, -found:]
    values = np.take_along_axis(scores, top, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    top, values = np.take_along_axis(top, order, 1), np.take_along_axis(values, order, 1)
    fill = ((0, 0), (0, n - found))
    return (
        np.pad(np.where(values > NOWHERE, top, -1), fill, constant_values=-1),
        np.pad(values, fill, constant_values=NOWHERE),
    )
