"""What a ranking may know of the world, and the rankings that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.harmony_world import CALM_TOPICS, TOPICS, Floats, Ids, Reaction, World
from feeds import scoring
from feeds.learning.bridging import SHRUG, Bridging, Reactions, bridge, mean_size
from feeds.learning.objections import heard
from feeds.scoring import CHANCE, Counts, Sides
from feeds.slates import Candidates, arrange

Shown = tuple[Ids, Ids]  # readers and notes, one each
REMEMBERED = 5  # days of reactions that bridging learns from
LIGHT = 0.25  # weight of having opened something without a word


class Entries(NamedTuple):
    """The log, one entry for each time something was shown."""

    readers: Ids
    notes: Ids
    opened: NDArray[np.bool_]
    liked: NDArray[np.bool_]
    commented: NDArray[np.bool_]
    disliked: NDArray[np.bool_]
    day: Ids


class Log:
    """What happened so far, counted."""

    def __init__(self, world: World, weights: Mapping[str, float]) -> None:
        self.world = world
        self.weights = scoring.exact_weights(weights)
        notes, people = len(world.day), world.scenario.people
        self.seen, self.liked, self.talked, self.disliked = np.zeros((4, notes))
        self.engaged = np.zeros(notes)
        self.topic_seen, self.topic_liked, self.topic_engaged = np.zeros((3, people, TOPICS))
        self.known = np.zeros((people, notes), bool)
        self.entries: list[Entries] = []
        self.bridging: Bridging | None = None
        self.objected = np.zeros(notes)

    def add(self, readers: Ids, notes: Ids, did: Reaction, day: int) -> None:
        self.known[readers, notes] = True
        engaged = did.opened + 2.0 * did.commented + did.liked
        what: Any
        for count, what in [
            (self.seen, 1), (self.liked, did.liked), (self.disliked, did.disliked),
            (self.talked, did.opened | did.commented), (self.engaged, engaged),
        ]:  # fmt: skip
            np.add.at(count, notes, what)
        at = (readers, self.world.topic[notes])
        for count, what in [
            (self.topic_seen, 1), (self.topic_liked, did.liked), (self.topic_engaged, engaged)
        ]:  # fmt: skip
            np.add.at(count, at, what)
        days = np.full(len(readers), day)
        self.entries.append(
            Entries(readers, notes, did.opened, did.liked, did.commented, did.disliked, days)
        )

    def all(self) -> Entries:
        return Entries(*(np.concatenate(column) for column in zip(*self.entries, strict=True)))

    def after(self, day: int) -> Entries:
        late = [entries for entries in self.entries if entries.day[0] >= day]
        return Entries(*(np.concatenate(column) for column in zip(*late, strict=True)))

    def learn(self, now: float) -> None:
        """What the periodic task does: bridging over the reactions of the last days."""
        late = self.after(int(np.ceil(now)) - REMEMBERED)
        said = late.liked | late.disliked
        used = said | late.opened
        values = np.where(late.disliked, 0.0, np.where(late.liked, 1.0, SHRUG))[used]
        people, count = shape = (self.world.scenario.people, len(self.world.day))
        said_no, was_shown = late.readers[late.disliked], late.readers
        trust = heard(
            np.bincount(said_no, minlength=people).astype(np.float64),
            np.bincount(was_shown, minlength=people).astype(np.float64),
        )[late.readers]
        self.objected = np.bincount(late.notes, trust * late.disliked, count).astype(np.float64)
        weights = np.where(late.disliked, trust, np.where(said, 1.0, LIGHT))[used]
        reads = np.where(self.world.reads_both, 2, self.world.community)
        start = self.bridging.readers.slope if self.bridging else np.array([-1.0, 1.0, 0.0])[reads]
        known = Reactions(late.readers[used], late.notes[used], values, weights, shape, reads)
        self.bridging = bridge(known, start)


def paged(log: Log, readers: Ids, there: Ids, scores: Floats, places: int) -> Shown:
    """The best notes that each reader has not seen, without more ado."""
    scores = np.where(log.known[np.ix_(readers, there)], -np.inf, scores)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :places]
    fits = np.isfinite(np.take_along_axis(scores, best, axis=1))
    return np.repeat(readers, places)[fits.ravel()], there[best][fits]


def chronological(log: Log, readers: Ids, there: Ids, now: float, places: int) -> Shown:
    follows = log.world.follows[np.ix_(readers, log.world.author[there])]
    return paged(log, readers, there, 100.0 * follows - (now - log.world.moment[there]), places)


def engagement(log: Log, readers: Ids, there: Ids, now: float, places: int) -> Shown:
    """What makes people click and talk."""
    rate = (log.engaged[there] + 7.5) / (log.seen[there] + 10)
    topics = log.world.topic[there]
    own = (log.topic_engaged[readers] + 1.5) / (log.topic_seen[readers] + 2)
    age = now - log.world.moment[there]
    scores = np.log(rate) + np.log(own)[:, topics] - 0.3 * age
    return _plain_slates(log, readers, there, scores, places)


def likes(log: Log, readers: Ids, there: Ids, now: float, places: int) -> Shown:
    """What many like."""
    rate = (log.liked[there] + 2) / (log.seen[there] + 10)
    topics = log.world.topic[there]
    own = (log.topic_liked[readers] + 0.4) / (log.topic_seen[readers] + 2)
    age = now - log.world.moment[there]
    scores = np.log(rate) + np.log(own)[:, topics] - 0.3 * age
    return _plain_slates(log, readers, there, scores, places)


def _plain_slates(log: Log, readers: Ids, there: Ids, scores: Floats, places: int) -> Shown:
    """With the same variety and the same chance for the new as Redleaf's."""
    noise = 1e-6 * log.world.rng.random(scores.shape)
    return _slates(log, readers, there, scores + noise, places)


def redleaf(log: Log, readers: Ids, there: Ids, now: float, places: int) -> Shown:
    """The terms and weights of the feeds."""
    world = log.world
    counts = Counts(log.seen[there], log.liked[there], log.talked[there], log.objected[there])
    common = scoring.rates(counts)
    common |= scoring.harmony(_sides(log, there))
    common["age"] = now - world.moment[there]
    base = scoring.table(common, len(there))
    topics, authors = world.topic[there], world.author[there]
    scores = np.empty((len(readers), len(there)))
    for row, reader in enumerate(readers):
        own = world.note_community[there] == world.community[reader]
        mine = {
            "topic": scoring.affinity(log.topic_liked[reader], log.topic_seen[reader])[topics],
            "followed": world.follows[reader, authors],
            "language": np.where(own | world.reads_both[reader], 1.0, 0.75),
        }
        scores[row] = scoring.score(base + scoring.table(mine, len(there)), log.weights)
    most = scoring.pool_size(log.seen[there])
    owed = scoring.waiting(counts, scoring.score(base, log.weights))
    return _slates(log, readers, there, scores, places, most, owed)


def _sides(log: Log, there: Ids) -> Sides:
    contested = log.world.topic[there] >= CALM_TOPICS
    if log.bridging is None:
        nothing = np.full(len(there), np.nan)
        return Sides(nothing, nothing, contested)
    notes = log.bridging.notes
    # What nobody has reacted to yet says nothing: neither praise nor blame.
    unknown = log.liked[there] + log.disliked[there] + log.talked[there] == 0
    divides = mean_size(notes.slope[there], notes.slope_variance[there])
    return Sides(
        np.where(unknown, np.nan, log.bridging.score[there]),
        np.where(unknown, np.nan, divides),
        contested,
    )


def _slates(
    log: Log, readers: Ids, there: Ids, scores: Floats, places: int,
    most: Floats | None = None, owed: NDArray[np.bool_] | None = None,
) -> Shown:  # fmt: skip
    world = log.world
    shown: list[tuple[Ids, Ids]] = []
    impressions = log.seen[there].copy()
    scores = np.where(log.known[np.ix_(readers, there)], -np.inf, scores)
    top = np.argsort(-scores, axis=1)[:, :120]
    for row, reader in enumerate(readers):
        unseen = ~log.known[reader, there]
        still = unseen & (impressions < CHANCE)
        waiting = np.flatnonzero(still if owed is None else still & owed)
        first = waiting[np.lexsort((-scores[row, waiting], impressions[waiting]))][:20]
        best = top[row][unseen[top[row]]]
        if most is not None:
            best = best[impressions[best] < most[best]]
        pool = np.unique(np.concatenate([best[:40], first]))
        slate = _slate(world, there, pool, scores[row, pool], first, places)
        chosen = pool[slate]
        impressions[chosen] += 1
        shown.append((np.full(len(chosen), reader), there[chosen]))
    return np.concatenate([r for r, _ in shown]), np.concatenate([n for _, n in shown])


def _slate(world: World, there: Ids, pool: Ids, scores: Floats, first: Ids, places: int) -> Ids:
    notes = there[pool]
    fresh = np.isin(pool, first)
    candidates = Candidates(
        world.author[notes] + 1, world.topic[notes] + 1, world.note_community[notes] + 1,
        fresh, np.zeros(len(pool), bool),
    )  # fmt: skip
    return arrange(scores, candidates, places, np.searchsorted(pool, first)).order


RANKINGS: dict[str, Callable[[Log, Ids, Ids, float, int], Shown]] = {
    "chronological": chronological,
    "engagement": engagement,
    "likes": likes,
    "redleaf": redleaf,
}
