"""How well an order agrees with what readers liked, and how sure one can be of a mean."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SURE = 1.96  # standard errors to either side: 95 %


class Estimate(NamedTuple):
    """A mean, and between what the true one is with 95 %."""

    mean: float
    low: float
    high: float


def share_above(scores: Floats, liked: NDArray[np.bool_]) -> float | None:
    """Of all pairs of a liked item and another: how often the liked one has the higher score.

    Equal scores count half; this is the area under the ROC curve (Hanley and McNeil, 1982). None
    where nothing or everything was liked.
    """
    if liked.all() or not liked.any():
        return None
    above = np.sign(scores[liked][:, None] - scores[~liked][None, :])
    return float(above.mean() / 2 + 0.5)


def estimate(shares: Floats) -> Estimate:
    """The mean of two or more shares by the normal approximation, within 0 and 1."""
    mean = float(shares.mean())
    off = SURE * float(shares.std(ddof=1)) / len(shares) ** 0.5
    return Estimate(mean, max(mean - off, 0.0), min(mean + off, 1.0))
