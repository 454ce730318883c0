"""Why a note stands where it stands: the terms of its score, which add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accounts.models import User
from feeds import candidates, home, reasons, scoring
from feeds.candidates import Found
from feeds.facts import facts_of
from feeds.home import Order
from feeds.models import Taste, Weights
from feeds.ranking import Scope
from feeds.ranking import read as read_explore
from feeds.scoring import TERMS

COMPANY = 200  # notes of Explore beside which a note is measured that is not in the home


@dataclass(frozen=True, slots=True)
class Term:
    """One summand. `contribution` is value times weight, exactly."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        return self.value * self.weight

    @property
    def text(self) -> str:
        return str(reasons.TERMS[self.name])


@dataclass(frozen=True, slots=True)
class Why:
    """All that made the score of a note for a reader. `missing` terms nothing is known about."""

    score: float
    weights_version: int
    reason: str
    terms: list[Term]
    missing: list[str]

    @property
    def strongest(self) -> list[Term]:
        return sorted(self.terms, key=lambda term: -abs(term.contribution))

    @property
    def missing_texts(self) -> list[str]:
        return [str(reasons.TERMS[name]) for name in self.missing]


def explain(reader: User, note: int) -> Why | None:
    """Explain a note in the reader's home, or what it would be worth there.

    None for what cannot be recommended to this reader at all.
    """
    order = home.stored(reader)
    if order is None or note not in order.ids:
        order = _beside_others(reader, note)
    places = np.flatnonzero(order.ids == note).tolist()
    return _explained(order, places[0]) if places else None


def _beside_others(reader: User, note: int) -> Order:
    """A home of nothing but this note, measured beside what is in Explore."""
    taste = Taste.of(reader)
    topics = candidates.followed_topics(reader.pk) if taste.personal else {}
    facts = facts_of([note, *read_explore(Scope(), "", 0, COMPANY)[1]], reader)
    values, missing = home.terms_of(facts, reader, taste, topics, Found())
    version, weights = Weights.current()
    here = facts.ids == note
    return Order(
        0, version, scoring.exact_weights(weights), facts.ids[here], values[here],
        np.zeros(int(here.sum())), [""], [""], missing,
    )  # fmt: skip


def _explained(order: Order, place: int) -> Why:
    terms = [
        Term(name, float(value), float(weight))
        for name, value, weight in zip(TERMS, order.values[place], order.weights, strict=True)
        if value and weight
    ]
    if order.shift[place]:
        kind = f"{order.places[place]}_place" if order.places[place] else "variety"
        terms.append(Term(kind, float(order.shift[place]), 1.0))
    return Why(
        float(order.scores[place]), order.weights_version,
        _reason(order.places[place], order.sources[place], terms), terms, sorted(order.missing),
    )  # fmt: skip


def _reason(place: str, source: str, terms: list[Term]) -> str:
    if place:
        return str(reasons.PLACES[place])
    best = max(terms, key=lambda term: term.contribution, default=None)
    if source == "explore" and best and best.name in reasons.STRONG:
        return str(reasons.STRONG[best.name])
    return str(reasons.SOURCES[source])
