"""Who reacted to what, as sparse matrices that remember the order in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Interactions:
    """Rows of readers: `items[starts[r]:starts[r + 1]]` are what reader r liked, oldest first.

    Readers and items are counted from 0; `user_ids` and `item_ids`, both ascending, say who they
    are outside. No item stands twice in a row.
    """

    user_ids: Ids
    item_ids: Ids
    starts: Ids
    items: Ids

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.user_ids), len(self.item_ids)

    @property
    def lengths(self) -> Ids:
        return np.diff(self.starts)

    @property
    def matrix(self) -> sparse.csr_array:
        """Ones where somebody liked something, columns ascending."""
        return self.weighted(np.ones(len(self.items), np.float32))

    def weighted(self, weights: Floats) -> sparse.csr_array:
        """The matrix with a weight for each interaction, given in the order of `items`."""
        shape = self.shape
        matrix = sparse.csr_array((weights, self.items.astype(np.int32), self.starts), shape=shape)
        matrix.sort_indices()
        return matrix

    @property
    def is_ordered(self) -> bool:
        """Whether the order says anything: rows that all ascend were sorted by number, not time."""
        steps = np.diff(self.items)[self.age()[:-1] > 0]
        return 0 < int(np.count_nonzero(steps < 0)) < len(steps)

    def shuffled(self, seed: int) -> Interactions:
        """The same with each row in an order that says nothing."""
        rows = np.repeat(np.arange(self.shape[0]), self.lengths)
        order = np.lexsort((np.random.default_rng(seed).random(len(rows)), rows))
        return Interactions(self.user_ids, self.item_ids, self.starts, self.items[order])

    def age(self) -> Ids:
        """How many things the reader liked after each interaction: 0 for the last one."""
        return np.repeat(self.starts[1:], self.lengths) - np.arange(len(self.items)) - 1

    def of(self, rows: Ids) -> Interactions:
        """The same for some readers; the items keep their numbers."""
        lengths = self.lengths[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        taken = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return Interactions(self.user_ids[rows], self.item_ids, starts, self.items[taken])

    def without_last(self, held: Ids) -> Interactions:
        """The same without the last `held[r]` items of each reader."""
        kept = self.age() >= np.repeat(held, self.lengths)
        starts = np.concatenate([[0], np.cumsum(self.lengths - held)])
        return Interactions(self.user_ids, self.item_ids, starts, self.items[kept])


def interactions(users: Ids, items: Ids) -> Interactions:
    """Make them of pairs in the order of time; of a pair that repeats the first one counts."""
    user_ids, rows = np.unique(users, return_inverse=True)
    item_ids, columns = np.unique(items, return_inverse=True)
    keys = rows * max(len(item_ids), 1) + columns
    first = np.sort(np.unique(keys, return_index=True)[1])
    first = first[np.argsort(rows[first], kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[first], minlength=len(user_ids)))])
    return Interactions(user_ids, item_ids, starts.astype(np.int64), columns[first])


def rows_of(ids: Ids, wanted: Ids) -> Ids:
    """The position of each wanted id among ascending ids, -1 where it is not."""
    if not len(ids):
        return np.full(len(wanted), -1)
    places = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[places] == wanted, places, -1)
