"""What other weights would change, on homes as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from accounts.models import User
from feeds import home, scoring
from feeds.meetings import active_readers

READERS, FIRST = 20, 20


class Effect(NamedTuple):
    """Of so many first places of so many readers, how many would hold another note."""

    readers: int
    places: int
    changed: int


def effect(weights: Mapping[str, float]) -> Effect:
    """Rank the stored homes of active readers again, by score alone, both times."""
    exact = scoring.exact_weights(weights)
    places = changed = count = 0
    for reader in User.objects.filter(pk__in=active_readers(READERS)):
        order = home.stored(reader)
        if order is None:
            continue
        now = scoring.score(order.values, order.weights)
        then = scoring.score(order.values, exact)
        before, after = (order.ids[np.argsort(-s, kind="stable")][:FIRST] for s in (now, then))
        count += 1
        places += len(before)
        changed += len(np.setdiff1d(after, before))
    return Effect(count, places, changed)
