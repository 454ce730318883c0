"""A random walk of three steps over the graph of readers and items, with three exponents.

From an item somebody liked to another reader of it, to another item of theirs; each step is
damped by a power of the degree it passes. RP3beta (Paudel et al., TiiS 2017) is (1, 1, beta),
LinkProp (Fu et al., WWW 2022) has the same form; which exponents fit is found by validation.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse

from feeds.learning.interactions import Floats, Ids, Interactions
from feeds.learning.models import Neighbours

KEPT = 400  # neighbours of an item
CELLS = 20_000_000  # of a product held at a time


class Damping(NamedTuple):
    """Exponents of the degrees of the liked item, the other reader and the other item."""

    liked: float = 0.4
    reader: float = 0.8
    other: float = 0.3


def power(degrees: Ids, exponent: float) -> Floats:
    return (np.maximum(degrees, 1.0) ** -exponent).astype(np.float32)


def walk(known: Interactions, damping: Damping, half_life: float = 0.0) -> Neighbours:
    """Fit it, in two steps: to the readers of what is liked, and to what they like."""
    matrix = known.matrix
    popularity = np.bincount(known.items, minlength=known.shape[1])
    scaled = _scaled_rows(matrix, power(known.lengths, damping.reader))
    there = _scaled_columns(scaled, power(popularity, damping.other))
    return Neighbours(power(popularity, damping.liked), (matrix.T.tocsr(), there), half_life)


def shortened(model: Neighbours) -> Neighbours:
    """Walk the steps once for every item: dear for few readers, cheaper for many.

    O(sum of squared lengths), and KEPT neighbours of each item.
    """
    first, *others = model.steps
    for step in others:
        first = product(first, step, KEPT)
    return Neighbours(model.source, (first,), model.half_life)


def product(left: sparse.csr_array, right: sparse.csr_array, kept: int) -> sparse.csr_array:
    """left @ right with the highest values of each row only, in bounded memory."""
    fan = np.asarray(left @ np.diff(right.indptr).astype(np.float32))
    blocks = np.searchsorted(np.cumsum(fan), np.arange(0, fan.sum() + CELLS, CELLS))
    cuts = np.unique([0, *blocks, left.shape[0]])
    parts = [pruned((left[a:b] @ right).tocsr(), kept) for a, b in pairwise(cuts)]
    return sparse.vstack(parts, format="csr") if parts else left @ right


def pruned(matrix: sparse.csr_array, kept: int) -> sparse.csr_array:
    """Only the highest values of each row."""
    threshold = np.zeros(matrix.shape[0], np.float32)
    for row in np.flatnonzero(np.diff(matrix.indptr) > kept):
        values = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]]
        threshold[row] = np.partition(values, -kept)[-kept]
    stays = matrix.data >= np.repeat(threshold, np.diff(matrix.indptr))
    counts = np.add.reduceat(np.append(stays, False), matrix.indptr[:-1], dtype=np.int64)
    counts[np.diff(matrix.indptr) == 0] = 0
    starts = np.concatenate([[0], np.cumsum(counts)])
    return sparse.csr_array((matrix.data[stays], matrix.indices[stays], starts), shape=matrix.shape)


def _scaled_rows(matrix: sparse.csr_array, by: Floats) -> sparse.csr_array:
    data = matrix.data * np.repeat(by, np.diff(matrix.indptr))
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _scaled_columns(matrix: sparse.csr_array, by: Floats) -> sparse.csr_array:
    data = matrix.data * by[matrix.indices]
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
