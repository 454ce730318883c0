"""How much a reader's objections count, so that a crowd that says no to everything moves little.

Everybody may object to about twice the usual share of what they are shown and is heard in full.
Beyond that each objection counts less by the square: who rejects all that some people write has
less to say in all than somebody who now and then objects.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TIMES_USUAL = 2.0
ALWAYS = 3.0  # objections that are heard in full however little somebody was shown


def heard(objections: Floats, shown: Floats) -> Floats:
    """Weight in (0, 1] of each objection of each of n readers, from how many they made."""
    usual = _usual(objections, shown)
    budget = ALWAYS + TIMES_USUAL * usual * shown
    return np.minimum(1.0, budget / np.maximum(objections, 1.0)) ** 2


def _usual(objections: Floats, shown: Floats) -> float:
    """Share of what is shown that readers object to, without the most eager twentieth."""
    if not shown.sum():
        return 0.0
    rate = objections / np.maximum(shown, 1.0)
    calm = rate <= np.quantile(rate[shown > 0], 0.95)
    return float(objections[calm].sum() / max(shown[calm].sum(), 1.0))
