"""How well an order agrees with likes, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from feeds.learning.replaying import Estimate, estimate, share_above


@pytest.mark.parametrize(
    ("scores", "liked", "share"),
    [
        ([3, 2, 1], [True, False, False], 1.0),
        ([3, 2, 1], [False, False, True], 0.0),
        ([3, 2, 1], [False, True, False], 0.5),
        ([3, 2, 2], [False, True, False], 0.25),  # below one and level with the other
        ([5, 5, 5, 5], [True, True, False, False], 0.5),
        ([4, 1, 3, 2], [True, True, False, False], 0.5),  # two of four pairs
        ([4, 3, 3, 2], [True, True, False, False], 0.875),  # three, and a half
        ([1, 2], [True, True], None),
        ([1, 2], [False, False], None),
    ],
)
def test_a_share_is_that_of_pairs(
    scores: list[float], liked: list[bool], share: float | None
) -> None:
    assert share_above(np.array(scores, float), np.array(liked)) == share


def test_a_mean_is_as_sure_as_its_readers_are_many() -> None:
    """Half of four say 0 and half 1: a deviation of the root of a third, halved by four readers."""
    found = estimate(np.array([0.0, 1.0, 0.0, 1.0]))
    assert found == Estimate(0.5, 0.0, 1.0)  # .5 ± .566, and no share is beyond 0 or 1
    found = estimate(np.array([0.4, 0.6] * 8))
    assert found.mean == pytest.approx(0.5)
    off = 1.96 * (16 * 0.01 / 15) ** 0.5 / 4
    assert (found.low, found.high) == pytest.approx((0.5 - off, 0.5 + off))
    assert estimate(np.array([0.7, 0.7])) == pytest.approx((0.7, 0.7, 0.7))
