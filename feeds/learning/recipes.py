"""The models one may choose from, by name and numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from feeds.learning import ease, factors, transitions, walks
from feeds.learning.interactions import Interactions
from feeds.learning.models import Model, Neighbours, Popularity
from feeds.learning.walks import Damping

DENSE = 40  # likes of an item on average, from which least squares are worth their price


class Recipe(NamedTuple):
    """A kind of model and the numbers it is fitted with."""

    kind: str
    numbers: tuple[float, ...] = ()

    @property
    def is_cheap(self) -> bool:
        """Whether fitting it anew costs seconds at most."""
        return self.kind not in {"low_pass", "als"}


def fit(recipe: Recipe, known: Interactions) -> Model:
    """Fit a model to what is known."""
    numbers = recipe.numbers
    if recipe.kind == "walk":
        return walks.walk(known, Damping(*numbers[:3]), numbers[3])
    if recipe.kind == "next":
        return transitions.transitions(known, *numbers)
    if recipe.kind == "low_pass":
        return factors.low_pass(known, int(numbers[0]))
    if recipe.kind == "als":
        return factors.least_squares(known, int(numbers[0]), numbers[1], numbers[2])
    if recipe.kind == "ease":
        return ease.ease(known, numbers[0])
    counts = np.bincount(known.items, minlength=known.shape[1])
    return Popularity(np.log1p(counts).astype(np.float32))


def quick(model: Model) -> Model:
    """The same for very many readers."""
    return walks.shortened(model) if isinstance(model, Neighbours) else model


def work_of(known: Interactions) -> int:
    """Pairs of items with a reader in common: what a walk over all of them costs."""
    return int((known.lengths**2).sum())


def first_choices(known: Interactions) -> list[Recipe]:
    """One or a few of each kind that these data are neither too large nor too small for."""
    size = min(known.shape)
    choices = [Recipe("popularity"), Recipe("walk", (*Damping(), 0.0))]
    if known.is_ordered:
        choices.append(Recipe("next", (0.3, 1.5, 0.3)))
    if size > 40:
        choices.append(Recipe("low_pass", (min(128, size // 4),)))
    if size > 40 and len(known.items) > DENSE * known.shape[1]:
        choices.append(Recipe("als", (min(64, size // 4), 10.0, 3.0)))
    if known.shape[1] <= ease.MOST_ITEMS:
        choices.append(Recipe("ease", (200.0,)))
    return choices


STEPS: dict[str, tuple[tuple[float, ...], ...]] = {
    # Each number of a recipe with the values it may take.
    "walk": ((0.2, 0.4, 0.7, 1.0), (0.5, 0.8, 1.1), (0.1, 0.3, 0.5, 0.7), (0, 20, 5, 2)),
    "next": ((0.0, 0.3, 0.6), (0.7, 1.5, 4.0), (0.0, 0.3, 1.0)),
    "ease": ((30.0, 100.0, 200.0, 500.0, 1500.0, 5000.0),),
}
HALF_LIFE = 3  # the place of a walk's half-life


def places_of(recipe: Recipe, is_ordered: bool) -> list[int]:
    """The numbers one may change; without an order in time nothing fades."""
    places = range(len(STEPS.get(recipe.kind, ())))
    return [n for n in places if is_ordered or (recipe.kind, n) != ("walk", HALF_LIFE)]


def neighbours_of(recipe: Recipe, place: int) -> list[Recipe]:
    """The recipe with the value before and the value after in one place."""
    values = STEPS[recipe.kind][place]
    at = values.index(recipe.numbers[place])
    head, tail = recipe.numbers[:place], recipe.numbers[place + 1 :]
    near = values[max(at - 1, 0) : at] + values[at + 1 : at + 2]
    return [Recipe(recipe.kind, (*head, value, *tail)) for value in near]
