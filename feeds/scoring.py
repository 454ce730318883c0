"""What a note is worth to a reader: a sum of named terms, each a value times a weight.

Values and weights are multiples of 1/1024, far below 2^20: products and sums are exact in binary
floating point, in whatever order they are added. So the terms that a reader is shown add up to the
score to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

GRID = 1024.0
MOST = 64.0  # no value is larger

# Term -> weight to begin with. Administrators change them; see feeds.models.Weights.
DEFAULT_WEIGHTS: Mapping[str, float] = {
    "liked": 1.2,  # how often readers like it, log of a smoothed rate
    "talked": 0.3,  # how often they open it or comment on it, likewise
    "topic": 0.8,  # the reader's own rate of likes for its topic against the usual, log
    "chosen": 0.6,  # the reader follows the topic
    "taste": 0.6,  # the recommender's score for this reader, standardised
    "followed": 0.3,  # the reader follows the author
    "language": 0.6,  # the reader reads its language, in part if it is translated
    "bridging": 2.0,  # what the less pleased side says, standardised in its class of topics
    "consensus": 3.0,  # the same against all notes: log of the approval of the less pleased side
    "one_sided": -2.4,  # how much it divides beyond what its class of topics does
    "disliked": -10.0,  # how often readers ask for less of it, smoothed rate
    "tension": -0.5,  # what the judge found, bounded by 1
    "fresh": 0.25,  # 1 for a note hardly anybody has seen, 0 once it had its chance
    "age": -0.3,  # in days
}
TERMS = tuple(DEFAULT_WEIGHTS)

# Smoothing: so many impressions at the usual rate are added to those there were.
WORTH = 10.0
USUAL_LIKES, USUAL_TALK, USUAL_DISLIKES = 0.2, 0.6, 0.04
TOPIC_WORTH = 2.0
LEAST = 0.05  # lower approval is not told apart
CHANCE = 20  # impressions that are promised to every note
TRIED, GIVEN_UP = 7.0, 0.25  # after so many readers the worst share of notes waits for no more
POOL_GROWTH = 5.0  # each next pool of readers is so many times as large


def on_grid(values: Floats) -> Floats:
    """The nearest multiples of 1/1024 within the bounds."""
    return np.rint(np.clip(np.nan_to_num(values), -MOST, MOST) * GRID) / GRID


def exact_weights(weights: Mapping[str, float]) -> Floats:
    """Weights in the order of TERMS; a term without one weighs nothing."""
    return on_grid(np.array([weights.get(term, 0.0) for term in TERMS]))


def pool_size(seen: Floats) -> Floats:
    """How many readers a note may have before it is looked at again, when it had `seen`.

    A note rises through pools of readers: chance alone never shows it to everybody at once.
    """
    return np.maximum(float(CHANCE), POOL_GROWTH * seen)


def pool_limit(pool: Ids) -> Floats:
    """Readers of a note in each pool, before it is looked at again: 20, 100, 500 ..."""
    limit: Floats = CHANCE * POOL_GROWTH ** pool.astype(np.float64)
    return limit


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each of n notes was seen, liked, opened or commented on, and disliked."""

    seen: Floats
    liked: Floats
    talked: Floats
    disliked: Floats


def waiting(counts: Counts, worth: Floats) -> NDArray[np.bool_]:
    """Which notes are still owed readers: `worth` is their score without a reader.

    Those that did worst with their first readers are left where they are; see GIVEN_UP.
    """
    owed = counts.seen < CHANCE
    tried = owed & (counts.seen >= TRIED)
    if not tried.any():
        return owed
    return owed & ~(tried & (worth < np.quantile(worth, GIVEN_UP)))


@dataclass(frozen=True, slots=True)
class Sides:
    """What bridging found: expected approval on the less pleased side, and how much it divides.

    NaN where the model does not know a note: both terms then say nothing.
    """

    least: Floats
    divides: Floats
    contested: NDArray[np.bool_]  # whether the note's topic is one about which people differ


def rates(counts: Counts) -> dict[str, Floats]:
    """Terms that are the same for every reader, from counts."""

    def rate(happened: Floats, usual: float) -> Floats:
        return (happened + WORTH * usual) / (counts.seen + WORTH)

    return {
        "liked": np.log(rate(counts.liked, USUAL_LIKES) / USUAL_LIKES),
        "talked": np.log(rate(counts.talked, USUAL_TALK) / USUAL_TALK),
        "disliked": rate(counts.disliked, USUAL_DISLIKES),
        "fresh": np.clip(1 - counts.seen / CHANCE, 0.0, 1.0),
    }


def harmony(sides: Sides) -> dict[str, Floats]:
    """Bridging terms, each against the note's own class of topics.

    A contested topic is not silenced: among its notes those rise that both sides approve of.
    """
    bridging, one_sided, consensus = np.zeros((3, len(sides.least)))
    usual = float(np.nanmean(sides.least)) if (~np.isnan(sides.least)).any() else 0.0
    for kind in (True, False):
        there = (sides.contested == kind) & ~np.isnan(sides.least)
        if there.sum() > 1:
            bridging[there] = standard(sides.least[there])
            size = sides.divides[there]
            one_sided[there] = np.maximum(size - np.median(size), 0) / (size.std() or 1.0)
            # What is not known yet is taken for what is usual in its class.
            least = np.where(there, sides.least, sides.least[there].mean())
            ratio = np.maximum(least, LEAST) / max(usual, LEAST)
            consensus = np.where(sides.contested == kind, np.log(ratio), consensus)
    return {
        "bridging": np.clip(bridging, -3, 3),
        "consensus": np.clip(consensus, -2, 2),
        "one_sided": np.clip(one_sided, 0, 3),
    }


def standard(values: Floats) -> Floats:
    deviation = float(values.std())
    return (values - values.mean()) / deviation if deviation else np.zeros(len(values))


def affinity(liked: Floats, seen: Floats) -> Floats:
    """The reader's rate of likes for a topic against the usual, as a log."""
    rate = (liked + TOPIC_WORTH * USUAL_LIKES) / (seen + TOPIC_WORTH)
    return np.clip(np.log(rate / USUAL_LIKES), -2.0, 2.0)


def taste(vectors: Floats, reader: Floats) -> Floats:
    """The products of the reader's learned vector with those of n notes (n x f), standardised.

    0 where nothing was learned.
    """
    products = vectors @ reader
    there = vectors.any(axis=1)
    found = np.zeros(len(products))
    if there.sum() > 1:
        found[there] = np.clip(standard(products[there]), -3, 3)
    return found


def table(terms: Mapping[str, Floats], count: int) -> Floats:
    """Values (n notes x TERMS) on the grid; a term that is missing is 0 for all."""
    values = np.zeros((count, len(TERMS)))
    for column, term in enumerate(TERMS):
        if term in terms:
            values[:, column] = terms[term]
    return on_grid(values)


def score(values: Floats, weights: Floats) -> Floats:
    """Exact sums of value times weight."""
    total: Floats = (values * weights).sum(axis=1)
    return total
