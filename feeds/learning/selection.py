"""Which models, and how much of each: found by hiding from some readers what they liked last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from feeds.learning.blends import SHORTLIST, Blend, blocks, standard
from feeds.learning.interactions import Floats, Ids, Interactions
from feeds.learning.models import NOWHERE, Model, Popularity, highest
from feeds.learning.recipes import (
    Recipe,
    first_choices,
    fit,
    neighbours_of,
    places_of,
    quick,
    work_of,
)

ASKED = 1_200  # readers from whom something is hidden
HIDDEN_SHARE = 0.2
# What comes next is asked where there is an order in time, else what is missing.
MOST_NEXT, MOST_MISSING = 3, 30
WEIGHTS = (0.1, 0.2, 0.4, 0.8)
# Gains for which a model joins and a number changes: what is asked is but a sample.
WORTH_JOINING, WORTH_CHANGING = 1.004, 1.01
NEAR = 0.7  # of the best mark: worse ones are not worth tuning
MOST_TRIES, MUCH_WORK = 60, 10_000_000  # pairs of items with a reader in common
FEWEST = 10  # readers one can ask
FEW = 0.1  # with fewer readers asked than this share, costly models are not fitted again


@dataclass(frozen=True, slots=True)
class Question:
    """What some readers are known to like, what was hidden, and among what it is looked for."""

    readers: Interactions
    hidden: Ids
    candidates: Ids | None
    k: int

    def found(self, model: Model) -> tuple[Ids, Floats]:
        """Items (readers x n) as this model finds them, and its standardised scores."""
        if self.candidates is not None:
            return self.candidates, self.table(model, self.candidates)
        pages = [model.best(some, SHORTLIST) for _, some in blocks(self.readers)]
        items = np.concatenate([page for page, _ in pages])
        return items, standardised(np.concatenate([scores for _, scores in pages]), items)

    def table(self, model: Model, items: Ids) -> Floats:
        """Standardised scores (readers x n) of these items."""
        asked = np.maximum(items, 0)
        pages = [model.at(some, asked[span]) for span, some in blocks(self.readers)]
        return standardised(np.concatenate(pages), items)

    def mark(self, table: Floats, items: Ids) -> float:
        """NDCG@k of ranking these items by this table."""
        places, _ = highest(table, self.k)
        ranked = np.take_along_axis(items, np.maximum(places, 0), axis=1)
        return ndcg(np.where(places >= 0, ranked, -1), self.hidden)


def standardised(scores: Floats, items: Ids) -> Floats:
    return np.where(items >= 0, standard(scores, items >= 0), NOWHERE)


def ndcg(ranked: Ids, hidden: Ids) -> float:
    """Binary gains, ideal order of what is hidden; -1 is nothing on both sides."""
    there = (hidden >= 0).sum(axis=1)
    hits = ((ranked[:, :, None] == hidden[:, None, :]) & (hidden >= 0)[:, None, :]).any(axis=2)
    gains = 1 / np.log2(np.arange(2, ranked.shape[1] + 2))
    ideal = np.concatenate([[0], np.cumsum(gains)])[np.minimum(there, ranked.shape[1])]
    return float(((hits @ gains) / np.maximum(ideal, 1e-9)).mean())


def ask(known: Interactions, k: int, candidates: int) -> tuple[Interactions, Question]:
    """Hide the last likes of some readers; return what is left and the question.

    With `candidates` they are looked for among so many items, otherwise among all.
    """
    rng = np.random.default_rng(7)
    able = np.flatnonzero(known.lengths >= 3)
    rows = np.sort(rng.choice(able, min(ASKED, max(1, len(able) // 2)), replace=False))
    most = MOST_NEXT if known.is_ordered else MOST_MISSING
    order = known if known.is_ordered else known.shuffled(seed=7)
    held = np.zeros(known.shape[0], np.int64)
    held[rows] = np.minimum(np.ceil(known.lengths[rows] * HIDDEN_SHARE), most)
    left = order.without_last(held)
    hidden = np.full((len(rows), most), -1)
    for n in range(most):
        has = held[rows] > n
        hidden[has, n] = order.items[order.starts[rows[has] + 1] - 1 - n]
    sets = None
    if candidates:
        sets = rng.integers(0, known.shape[1], (len(rows), candidates + most))
        sets[:, :most] = hidden
    return left, Question(left.of(rows), hidden, sets, k)


class Trial:
    """Recipes fitted to what is left, each marked once."""

    def __init__(self, left: Interactions, question: Question, choices: list[Recipe]) -> None:
        self.left, self.question, self.choices = left, question, choices
        self.is_ordered = any(recipe.kind == "next" for recipe in choices)
        self.marks: dict[Recipe, float] = {}
        # Costly ones only: the others are large, and soon fitted again.
        self.kept: dict[Recipe, Model] = {}
        self.most = len(choices) + MOST_TRIES // (1 + work_of(left) // MUCH_WORK)

    def model(self, recipe: Recipe) -> Model:
        model = self.kept.get(recipe) or fit(recipe, self.left)
        if not recipe.is_cheap:
            self.kept[recipe] = model
        return model

    def mark(self, recipe: Recipe) -> float:
        if recipe not in self.marks:
            items, table = self.question.found(self.model(recipe))
            self.marks[recipe] = self.question.mark(table, items)
        return self.marks[recipe]

    def tuned(self, recipe: Recipe) -> Recipe:
        """Change one number after the other while that helps and the work allowed lasts."""
        for place in places_of(recipe, self.is_ordered):
            while len(self.marks) < self.most:
                near = max(neighbours_of(recipe, place), key=self.mark)
                if self.mark(near) <= self.mark(recipe) * WORTH_CHANGING:
                    break
                recipe = near
        return recipe

    def best_of_each_kind(self) -> list[Recipe]:
        """The best recipe of each kind that is not far behind, tuned, the best of all first."""
        best: dict[str, Recipe] = {}
        for recipe in self.choices:
            if recipe.kind not in best or self.mark(recipe) > self.mark(best[recipe.kind]):
                best[recipe.kind] = recipe
        top = max(map(self.mark, best.values()))
        tuned = [
            self.tuned(recipe) if self.mark(recipe) > NEAR * top else recipe
            for recipe in best.values()
        ]
        return sorted(tuned, key=self.mark, reverse=True)

    def weights(self) -> dict[Recipe, float]:
        """How much of each recipe; the first one finds."""
        first, *others = self.best_of_each_kind()
        items, table = self.question.found(self.model(first))
        weights, mark = {first: 1.0}, self.question.mark(table, items)
        for recipe in others:
            more = self.question.table(self.model(recipe), items)
            tried = {w: self.question.mark(table + w * more, items) for w in WEIGHTS}
            weight = max(tried, key=lambda w: tried[w])
            if tried[weight] > mark * WORTH_JOINING:
                weights[recipe], mark, table = weight, tried[weight], table + weight * more
        return weights


def choose(known: Interactions, k: int, candidates: int = 0) -> tuple[Blend, dict[Recipe, float]]:
    """Find the blend that answers best; return it fitted to all that is known, and what is in it.

    Of too little to ask about the most popular is chosen.
    """
    filler = Popularity(np.log1p(np.bincount(known.items, minlength=known.shape[1])))
    if (known.lengths >= 3).sum() < FEWEST:
        return Blend((filler,), (1.0,), filler), {Recipe("popularity"): 1.0}
    trial = Trial(*ask(known, k, candidates), first_choices(known))
    weights = trial.weights()
    again = trial.question.readers.shape[0] > FEW * known.shape[0]
    models = [
        quick(fit(recipe, known)) if again or recipe.is_cheap else trial.model(recipe)
        for recipe in weights
    ]
    return Blend(tuple(models), tuple(weights.values()), filler), weights
