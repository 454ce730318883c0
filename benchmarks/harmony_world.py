"""Two language communities, what they write and how they react: the truth no ranking sees.

People have a stance of about -0.7 or 0.7, interests in 12 topics and read one language or both.
240 notes a day: everyday ones, constructive and divisive ones about contested topics, clickbait.
A reader reacts by chance to quality, stance, interest and noise; who had a bad day stays away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

EVERYDAY, CONSTRUCTIVE, DIVISIVE, CLICKBAIT = range(4)
SHARES = (0.58, 0.14, 0.18, 0.10)
TOPICS, CALM_TOPICS = 12, 8  # the others are contested
NOTES_A_DAY, AUTHORS, NEW_AUTHORS = 240, 600, 30
TRANSLATED = 0.75  # of the interest stays for those who read a translation
FOLLOWED, OWN_SIDE = 30, 0.85


@dataclass(frozen=True, slots=True)
class Scenario:
    """How the world is peopled."""

    people: int = 1500
    days: int = 30
    minority: float = 0.5  # share of the first community
    brigade: float = 0.0  # share of the majority that dislikes whatever the minority writes


@dataclass(frozen=True, slots=True)
class Reaction:
    """What readers did with what they were shown, and what it was worth to them."""

    opened: NDArray[np.bool_]
    liked: NDArray[np.bool_]
    commented: NDArray[np.bool_]
    disliked: NDArray[np.bool_]
    worth: Floats


def sigmoid(x: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-x))
    return found


class World:
    """The hidden truth. Community 0 is Chinese, 1 English."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.rng = np.random.default_rng(seed)
        self._people()
        self._authors()
        self._notes()

    def _people(self) -> None:
        rng, people = self.rng, self.scenario.people
        self.community = (rng.random(people) >= self.scenario.minority).astype(int)
        side = np.where(self.community == 1, 0.7, -0.7)
        self.stance = side + rng.normal(0, 0.2, people)
        slope = np.linspace(1.3, 0.7, CALM_TOPICS)
        contested = np.full(TOPICS - CALM_TOPICS, 0.8)
        taste = np.stack([np.r_[slope[::-1], contested], np.r_[slope, contested]])
        interest = rng.gamma(0.7, 1, (people, TOPICS)) * taste[self.community]
        self.interest = interest / interest.max(axis=1, keepdims=True)
        self.reads_both = rng.random(people) < 0.25
        self.brigades = (self.community == 1) & (rng.random(people) < self.scenario.brigade)

    def _authors(self) -> None:
        rng, days = self.rng, self.scenario.days
        count = AUTHORS + NEW_AUTHORS * days
        self.author_community = (rng.random(count) >= self.scenario.minority).astype(int)
        self.born = np.r_[np.full(AUTHORS, -1), np.repeat(np.arange(days), NEW_AUTHORS)]
        self.diligence = rng.zipf(1.8, count).clip(1, 60).astype(float)
        followers = np.where(self.born < 0, self.diligence * rng.gamma(1.2, 12, count), 0)
        self.follows = np.zeros((self.scenario.people, count), bool)
        for community in (0, 1):
            own = (followers + 1e-9) * (self.author_community == community)
            other = (followers + 1e-9) - own
            chance = OWN_SIDE * own / own.sum() + (1 - OWN_SIDE) * other / max(other.sum(), 1e-9)
            for reader in np.flatnonzero(self.community == community):
                chosen = rng.choice(count, FOLLOWED, replace=False, p=chance / chance.sum())
                self.follows[reader, chosen] = True

    def _notes(self) -> None:
        rng, days = self.rng, self.scenario.days
        count = NOTES_A_DAY * days
        self.day = np.repeat(np.arange(days), NOTES_A_DAY)
        self.moment = self.day + rng.random(count)
        self.kind = rng.choice(4, count, p=SHARES)
        self.author = np.empty(count, int)
        for day in range(days):
            chance = self.diligence * (self.born <= day)
            today = self.day == day
            self.author[today] = rng.choice(len(chance), today.sum(), p=chance / chance.sum())
        self.note_community = self.author_community[self.author]
        side, chance = np.where(self.note_community == 1, 1, -1), rng.normal(size=count)
        qualities = [0.2 + 0.6 * chance, 0.5 + 0.5 * chance, -0.4 + 0.5 * chance, 0.4 * chance - 1]
        self.quality = np.choose(self.kind, qualities)
        polarity = np.array([0.08, 0.25]) * rng.normal(size=(count, 2))
        divided = side * rng.uniform(0.6, 1, count)
        self.polarity = np.choose(self.kind, [*polarity.T, divided, np.zeros(count)])
        self.arousal = np.choose(self.kind, [0.1, 0.3, 1.0, 0.8])
        contested = np.isin(self.kind, (CONSTRUCTIVE, DIVISIVE))
        topics = rng.integers(CALM_TOPICS, TOPICS, count), rng.integers(0, CALM_TOPICS, count)
        self.topic = np.where(contested, *topics)

    def react(self, readers: Ids, notes: Ids) -> Reaction:
        """Draw what these readers do with these notes, one each."""
        foreign = self.community[readers] != self.note_community[notes]
        interest = self.interest[readers, self.topic[notes]]
        interest = interest * np.where(foreign & ~self.reads_both[readers], TRANSLATED, 1)
        agreement = self.stance[readers] * self.polarity[notes]
        quality, arousal = self.quality[notes], self.arousal[notes]
        heat = np.abs(agreement)

        def drawn(odds: Floats) -> NDArray[np.bool_]:
            return self.rng.random(len(readers)) < sigmoid(odds)

        opened = drawn(-1.6 + 1.5 * interest + 0.9 * arousal + 0.6 * heat)
        liked = drawn(-2.2 + interest + 1.1 * quality + 2.2 * agreement)
        commented = drawn(-3.6 + 0.6 * interest + 1.4 * arousal + 1.6 * heat)
        disliked = drawn(-4 - 0.9 * quality - 2.6 * agreement + 0.6 * arousal)
        worth = quality + 2 * agreement + 0.6 * interest - 0.8 * arousal * (agreement < 0)
        hounded = self.brigades[readers] & (self.note_community[notes] == 0)
        return Reaction(opened, liked & ~hounded, commented, disliked | hounded, worth)
