"""Bridging: what people like who usually disagree.

A reaction is explained by how well a note is liked, how generous a reader is, and one axis on
which readers differ: value = level(note) + generosity(reader) + slope(note) * place(reader). It is
the form of Community Notes (Wojcik et al., arXiv 2210.15723), fitted here by variational Bayes: how
far everything is drawn to the mean is learned from the reactions, so that a small quiet place and a
large divided one need no constants of their own. A note is worth what the less pleased side of the
axis is expected to say: its level less the size of its slope, one deviation from the middle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

# Both chosen by benchmarks.bridging, on votes kept back and on made-up conversations.
SHRUG = 0.2  # what it is worth to have read something and said neither yes nor no
SIDE = 1.2  # times as far out as the centres of both sides
ROUNDS = 20  # of finding the centres
SWEEPS, SETTLING, ENOUGH = 80, 4, 1e-4


class Usual(NamedTuple):
    """What is known beforehand: with few reactions there would seem to be no sides at all."""

    slopes: float = 0.05  # their variance
    worth: float = 20.0  # notes


@dataclass(frozen=True, slots=True)
class Reactions:
    """Who reacted how to what: readers and notes counted from 0; 1 is yes, 0 no."""

    readers: Ids
    notes: Ids
    values: Floats
    weights: Floats
    shape: tuple[int, int]
    groups: Ids | None = None  # of each reader, counted from 0: those with something in common


@dataclass(frozen=True, slots=True)
class Lines:
    """A line for each row: its height and slope, and how uncertain both are (variances)."""

    height: Floats
    slope: Floats
    height_variance: Floats
    slope_variance: Floats

    @property
    def slope_squared(self) -> Floats:
        return self.slope**2 + self.slope_variance


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean of the levels; variances of levels, slopes, generosity, places and noise."""

    mean: float
    levels: float = 0.04
    slopes: float = 0.04
    generosity: float = 0.02
    noise: float = 0.15
    places: float = 1.0  # of readers about the middle of their group


@dataclass(frozen=True, slots=True)
class Bridging:
    """What was found out about notes and readers. A reader's slope is a place on the axis."""

    notes: Lines
    readers: Lines
    spread: Spread

    @property
    def score(self) -> Floats:
        """Expected approval on the less pleased side, whichever it is; about 0 to 1."""
        return self.asked_at(SIDE)

    def asked_at(self, side: float) -> Floats:
        """E[min] of both sides' approval, `side` times as far out as the sides' centres."""
        low, high = (side * centre for centre in self.centres)
        notes = self.notes
        middle, half = (low + high) / 2, (high - low) / 2
        size = mean_size(notes.slope, notes.slope_variance)
        return notes.height + middle * notes.slope - half * size

    @property
    def centres(self) -> tuple[float, float]:
        """Where both sides stand: means of two groups of readers, by how well they are known.

        A minority stands further out than a half does, and is heard there.
        """
        places, known = self.readers.slope, 1 - self.readers.slope_variance
        known = np.clip(known, 0, 1)
        low, high = -1.0, 1.0
        for _ in range(ROUNDS):
            left = places < (low + high) / 2
            if not known[left].sum() > 0 or not known[~left].sum() > 0:
                return -1.0, 1.0
            low = float(np.average(places[left], weights=known[left]))
            high = float(np.average(places[~left], weights=known[~left]))
        return low, high

    @property
    def sides(self) -> tuple[Floats, Floats]:
        """Expected approval on both sides, each in 0..1."""
        notes = self.notes
        return (
            np.clip(notes.height + self.centres[0] * notes.slope, 0.0, 1.0),
            np.clip(notes.height + self.centres[1] * notes.slope, 0.0, 1.0),
        )


def mean_size(mean: Floats, variance: Floats) -> Floats:
    """The mean of |x| for a normal x: what is unsure is large on average."""
    deviation = np.sqrt(variance)
    ratio = mean / deviation
    bell = np.exp(-(ratio**2) / 2) * np.sqrt(2 / np.pi)
    size: Floats = deviation * bell + mean * (2 * ndtr(ratio) - 1)
    return size


def reactions(readers: Ids, notes: Ids, values: Floats, shape: tuple[int, int]) -> Reactions:
    """All of the same weight."""
    return Reactions(readers, notes, values, np.ones(len(values)), shape)


def bridge(
    known: Reactions,
    start: Floats | None = None,
    usual: Usual = Usual(),  # noqa: B008 - a tuple
) -> Bridging:
    """Fit, O(reactions) a sweep; `start` are places of the readers that were found earlier."""
    places = np.random.default_rng(7).normal(0, 1, known.shape[0]) if start is None else start
    nothing = np.zeros(known.shape[0])
    readers = Lines(nothing, places, nothing, np.ones(known.shape[0]))
    mean = float(np.average(known.values, weights=known.weights)) if len(known.values) else 0.0
    spread, before = Spread(mean), nothing
    for sweep in range(SWEEPS):
        notes = _lines_of_notes(known, readers, spread)
        readers = _lines_of_readers(known, notes, spread, _middles(known, readers.slope))
        if sweep >= SETTLING and len(known.values):
            notes, readers, spread = _relearned(known, notes, readers, usual)
        if sweep > SETTLING and np.abs(notes.height - before).max(initial=0) < ENOUGH:
            break
        before = notes.height
    return Bridging(notes, readers, spread)


def _lines_of_notes(known: Reactions, readers: Lines, spread: Spread) -> Lines:
    rest = known.values - readers.height[known.readers] - spread.mean
    by, squares = readers.slope[known.readers], readers.slope_squared[known.readers]
    ridge = (spread.noise / spread.levels, spread.noise / spread.slopes)
    lines = _fit_lines(known.notes, known.shape[1], known.weights, rest, by, squares, ridge, spread)
    return replace(lines, height=lines.height + spread.mean)


def _lines_of_readers(known: Reactions, notes: Lines, spread: Spread, middle: Floats) -> Lines:
    rest = known.values - notes.height[known.notes]
    by, squares = notes.slope[known.notes], notes.slope_squared[known.notes]
    ridge = (spread.noise / spread.generosity, spread.noise / spread.places)
    return _fit_lines(
        known.readers, known.shape[0], known.weights, rest, by, squares, ridge, spread, middle
    )


def _middles(known: Reactions, places: Floats) -> Floats:
    """For each reader the mean place of their group: what is supposed of who said little."""
    if known.groups is None:
        return np.zeros(len(places))
    here = np.bincount(known.readers, minlength=known.shape[0]) > 0
    members = np.bincount(known.groups, here)
    means: Floats = np.bincount(known.groups, here * places) / np.maximum(members, 1)
    return means[known.groups]


def _fit_lines(
    rows: Ids, count: int, weights: Floats, rest: Floats, by: Floats, squares: Floats,
    ridge: tuple[float, float], spread: Spread, supposed: Floats | float = 0.0,
) -> Lines:  # fmt: skip
    """Posterior of height and slope of each row, two unknowns in closed form; `supposed` are the
    slopes before anything is known."""

    def total(values: Floats) -> Floats:
        # As floats even where there is no row at all.
        return np.bincount(rows, weights * values, count).astype(np.float64)

    ones, cross = total(np.ones(len(rows))) + ridge[0], total(by)
    steep = total(squares) + ridge[1]
    level, tilt = total(rest), total(rest * by) + ridge[1] * supposed
    determinant = ones * steep - cross**2
    return Lines(
        (level * steep - tilt * cross) / determinant,
        (ones * tilt - cross * level) / determinant,
        spread.noise * steep / determinant,
        spread.noise * ones / determinant,
    )


def _relearned(
    known: Reactions, notes: Lines, readers: Lines, usual: Usual
) -> tuple[Lines, Lines, Spread]:
    """Learn the spread from what was found, and bring the places of readers to variance 1."""
    there = np.bincount(known.notes, minlength=known.shape[1]) > 0
    here = np.bincount(known.readers, minlength=known.shape[0]) > 0
    unit = float(np.sqrt(readers.slope_squared[here].mean()))
    readers = replace(
        readers, slope=readers.slope / unit, slope_variance=readers.slope_variance / unit**2
    )
    slopes = float(notes.slope_squared[there].sum()) * unit**2 + usual.worth * usual.slopes
    notes = replace(notes, slope=notes.slope * unit)
    mean = float(notes.height[there].mean())
    levels = (notes.height - mean) ** 2 + notes.height_variance
    generosity = readers.height**2 + readers.height_variance
    return notes, readers, Spread(
        mean,
        float(levels[there].mean()),
        slopes / float(there.sum() + usual.worth),
        float(generosity[here].mean()),
        _noise(known, notes, readers),
        float((readers.slope_squared - _middles(known, readers.slope) ** 2)[here].mean()),
    )  # fmt: skip


def _noise(known: Reactions, notes: Lines, readers: Lines) -> float:
    """Expected square of what is not explained."""
    note, reader = known.notes, known.readers
    product = readers.slope[reader] * notes.slope[note]
    error = known.values - readers.height[reader] - notes.height[note] - product
    unsure = notes.height_variance[note] + readers.height_variance[reader]
    unsure += readers.slope_squared[reader] * notes.slope_squared[note] - product**2
    return max(float(np.average(error**2 + unsure, weights=known.weights)), 1e-3)


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes of one conversation with the names of its comments, in the order of their numbers."""

    known: Reactions
    comments: list[str]


def votes_of(rows: Iterable[tuple[str, str, int]]) -> Votes:
    """Make them of (participant, comment, vote), the vote 1, 0 or -1."""
    people, comments, votes = zip(*rows, strict=True)
    who, readers = np.unique(people, return_inverse=True)
    what, notes = np.unique(comments, return_inverse=True)
    values = np.choose(np.array(votes) + 1, [0.0, SHRUG, 1.0])
    return Votes(reactions(readers, notes, values, (len(who), len(what))), list(map(str, what)))
