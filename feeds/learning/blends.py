"""Several models as one: the first finds, all of them score what it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from feeds.learning.interactions import Floats, Ids, Interactions
from feeds.learning.models import NOWHERE, Model, Popularity, highest

SHORTLIST = 150
READERS = 500  # scored at a time


@dataclass(frozen=True, slots=True)
class Blend:
    """Models with their weights. `filler` ends the lists that the first model leaves short."""

    models: tuple[Model, ...]
    weights: tuple[float, ...]
    filler: Popularity

    def at(self, readers: Interactions, items: Ids) -> Floats:
        """Scores (readers x n) of these items; -1 among them is scored NOWHERE."""
        first = self.models[0].at(readers, np.maximum(items, 0))
        return self._mixed(readers, items, first)

    def best(self, readers: Interactions, n: int) -> Ids:
        """The n best items (readers x n) that each reader does not know; -1 fills up."""
        shortlist, first = self.models[0].best(readers, max(n, SHORTLIST))
        places, _ = highest(self._mixed(readers, shortlist, first), n)
        best = np.take_along_axis(shortlist, np.maximum(places, 0), axis=1)
        return self._filled(readers, np.where(places >= 0, best, -1))

    def _mixed(self, readers: Interactions, items: Ids, first: Floats) -> Floats:
        there = items >= 0
        scores = self.weights[0] * standard(first, there)
        for model, weight in zip(self.models[1:], self.weights[1:], strict=True):
            scores += weight * standard(model.at(readers, np.maximum(items, 0)), there)
        return np.where(there, scores, NOWHERE)

    def _filled(self, readers: Interactions, best: Ids) -> Ids:
        short = np.flatnonzero((best < 0).any(axis=1))
        if not len(short):
            return best
        n = best.shape[1]
        popular, _ = self.filler.best(readers.of(short), 2 * n)
        for row, more in zip(short, popular, strict=True):
            have = best[row][best[row] >= 0]
            rest = more[(more >= 0) & ~np.isin(more, have)]
            line = np.concatenate([have, rest])[:n]
            best[row] = np.pad(line, (0, n - len(line)), constant_values=-1)
        return best


def standard(scores: Floats, there: np.typing.NDArray[np.bool_]) -> Floats:
    """Scores of each row with mean 0 and deviation 1 among those that are there."""
    count = np.maximum(there.sum(axis=1, keepdims=True), 1)
    mean = np.where(there, scores, 0).sum(axis=1, keepdims=True) / count
    away = np.where(there, scores - mean, 0)
    deviation = np.sqrt((away**2).sum(axis=1, keepdims=True) / count)
    found: Floats = (away / np.where(deviation > 0, deviation, 1)).astype(np.float32)
    return found


def blocks(readers: Interactions) -> Iterator[tuple[slice, Interactions]]:
    """Some readers after the others, so that memory is bounded."""
    for start in range(0, readers.shape[0], READERS):
        span = slice(start, min(start + READERS, readers.shape[0]))
        yield span, readers.of(np.arange(span.start, span.stop))
