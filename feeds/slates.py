"""From scores to an order: variety, a place for new voices, a place for the other language.

Where the order is not that of the scores it says by how much: `shift` is what variety took or a
promised place gave, so that score + shift falls from the first note to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

WINDOW = 6  # what fits on a small screen
PER_AUTHOR, PER_TOPIC, PER_LANGUAGE = 1, 2, 5
FRESH_PLACE, BRIDGE_PLACE = 5, 4  # counted from 1, in each window
ALIKE = 0.5  # points that a note loses for being the same as one above it
POOL, VARIED = 200, 60  # notes among which, and places for which, likeness counts
LOOKED_AT = 150  # notes passed over for the sake of variety at most


class Candidates(NamedTuple):
    """Of n notes: who wrote them, about what (0: nothing), in which language, and marks."""

    authors: Ids
    topics: Ids
    languages: Ids
    fresh: NDArray[np.bool_]  # has not had its chance yet
    bridge: NDArray[np.bool_]  # from the other language, for readers who want some of it


@dataclass(frozen=True, slots=True)
class Slate:
    """`order` are positions of candidates, `shift` what was added to the score of each, `place`
    which promise put it there: "" none."""

    order: Ids
    shift: Floats
    places: list[str]


class _Window:
    """How many of each author, topic and language stand among the last few."""

    def __init__(self, notes: Candidates) -> None:
        kinds = (
            (notes.authors, PER_AUTHOR), (notes.topics, PER_TOPIC), (notes.languages, PER_LANGUAGE)
        )  # fmt: skip
        counts: list[dict[int, int]] = [{}, {0: -WINDOW}, {}]  # any number about nothing
        self.rules = [
            (ids.tolist(), most, count) for (ids, most), count in zip(kinds, counts, strict=True)
        ]

    def takes(self, note: int) -> bool:
        for of, most, count in self.rules:  # noqa: SIM110 - asked a hundred times a page
            if count.get(of[note], 0) >= most:
                return False
        return True

    def add(self, note: int, change: int = 1) -> None:
        for of, _, count in self.rules:
            count[of[note]] = count.get(of[note], 0) + change


def arrange(
    scores: Floats, notes: Candidates, length: int, fresh: Ids, vectors: Floats | None = None
) -> Slate:
    """Lay out up to `length` notes.

    `fresh` are positions of notes without their chance, those that wait for readers most first;
    `vectors` (n x f, of length 1 or 0) say which notes are alike.
    """
    best = varied(scores, vectors, length)
    queues = {
        FRESH_PLACE: ("fresh", fresh.tolist()),
        BRIDGE_PLACE: ("bridge", [note for note in best if notes.bridge[note]]),
    }
    window, order, places = _Window(notes), list[int](), list[str]()
    taken: set[int] = set()
    while len(order) < min(length, len(scores)):
        if len(order) >= WINDOW:
            window.add(order[-WINDOW], -1)
        promise, queue = queues.get(len(order) % WINDOW + 1, ("", []))
        note = _next(queue, taken, window, strict=True)
        if note is None:
            promise, note = "", _next(best, taken, window, strict=False)
        if note is None:
            break
        taken.add(note)
        window.add(note)
        order.append(note)
        places.append(promise)
    found = np.array(order, np.int64)
    return Slate(found, _shifts(scores[found], places), places)


def _next(queue: list[int], taken: set[int], window: _Window, strict: bool) -> int | None:
    """Take the first that brings variety; if there is none and that is allowed, the first."""
    spare = None
    for position, note in enumerate(queue[:LOOKED_AT]):
        if note in taken:
            continue
        if window.takes(note):
            return queue.pop(position)
        spare = position if spare is None else spare
    return None if strict or spare is None else queue.pop(spare)


def varied(scores: Floats, vectors: Floats | None, length: int) -> list[int]:
    """Best first, each but as good as it is unlike those before it (maximal marginal relevance).

    Carbonell and Goldstein, SIGIR 1998. Only the first places are worth the price.
    """
    best = np.argsort(-scores, kind="stable")
    if vectors is None or not len(best):
        return [int(note) for note in best]
    pool = best[:POOL]
    left, alike = scores[pool].copy(), np.full(len(pool), -np.inf)
    order = []
    for _ in range(min(length, VARIED, len(pool))):
        at = int(np.argmax(left - ALIKE * np.maximum(alike, 0)))
        order.append(int(pool[at]))
        alike = np.maximum(alike, vectors[pool] @ vectors[pool[at]])
        left[at] = -np.inf
    chosen = set(order)
    return order + [int(note) for note in best if int(note) not in chosen]


def _shifts(scores: Floats, places: list[str]) -> Floats:
    """What makes the scores fall along the order: notes kept back lose, promised ones gain."""
    shifts, ceiling = np.zeros(len(scores)), np.inf
    for n, value in enumerate(scores.tolist()):
        if value > ceiling or (places[n] and ceiling < np.inf):
            shifts[n] = ceiling - value
        ceiling = value + shifts[n]
    return shifts
