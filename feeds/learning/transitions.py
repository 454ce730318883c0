"""What people like next: items counted after one another, nearer ones more."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from feeds.learning.interactions import Interactions
from feeds.learning.models import Neighbours
from feeds.learning.walks import KEPT, power, pruned

REACH = 8  # how many likes later still counts as after


def transitions(
    known: Interactions, other: float = 0.3, half_life: float = 1.5, back: float = 0.3
) -> Neighbours:
    """Fit it. `other` damps popular items, `back` is what the way back in time is worth."""
    size = known.shape[1]
    after = sparse.csr_array((size, size), dtype=np.float32)
    age = known.age()
    for step in range(1, REACH + 1):
        places = np.flatnonzero(age >= step)
        earlier, later = known.items[places], known.items[places + step]
        ones = np.full(len(places), 1 / step, np.float32)
        after = after + sparse.csr_array((ones, (earlier, later)), shape=(size, size))
    near = (after + back * after.T).tocsr()
    popularity = np.bincount(known.items, minlength=size)
    near.data *= power(popularity, other)[near.indices]
    return Neighbours(power(popularity, 0.5), (pruned(near, KEPT),), half_life)
