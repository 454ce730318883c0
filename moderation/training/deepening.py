"""Fits the network: one hidden layer over what a text means and what its n-grams say of it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from moderation.classifier import MOST_LOGIT, Network
from moderation.encoder import VECTOR

UNITS, PASSES, BATCH = 512, 5, 256
RATE, DECAY = 1e-3, 0.03
FADING, FADING_SQUARES, TINY = 0.9, 0.999, 1e-8  # as Adam's authors advise
SEED = 1
FOLDS = 4
LOUD = 0.5  # what the logit of the n-grams weighs beside the vector, whose numbers are divided
QUIET = 2.0

Matrix = Any  # scipy's sparse matrices have no types
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float64]
Score = Callable[[Matrix, Flags, Weights], Callable[[Matrix], Floats]]


def unseen(
    matrix: Matrix, flags: Flags, weights: Weights, folds: npt.NDArray[np.int64], fitted: Score
) -> Floats:
    """The logit of each text by a head that was taught other folds: as new texts will meet it."""
    logits = np.empty(len(flags), np.float32)
    for number in range(FOLDS):
        theirs = folds == number
        logits[theirs] = fitted(matrix[~theirs], flags[~theirs], weights[~theirs])(matrix[theirs])
    return logits


def deepen(
    vectors: npt.NDArray[np.float16], logits: Floats, answers: Flags, weights: Weights
) -> Network:
    """The network of these texts, one output for each column of answers.

    What its inputs are scaled by is folded into its weights.
    """
    mean, spread = vectors.mean(axis=0, dtype=np.float32), vectors.std(axis=0, dtype=np.float32)
    scale = 1 / (QUIET * (spread + 1e-6))
    rows = np.empty((len(vectors), VECTOR + 1), np.float32)
    np.multiply(vectors - mean, scale, out=rows[:, :VECTOR])
    rows[:, VECTOR] = np.clip(logits, -MOST_LOGIT, MOST_LOGIT) * LOUD
    shares = (weights / weights.mean()).astype(np.float32)
    hidden, hidden_bias, out, out_bias = _learnt(rows, answers, shares)
    hidden *= np.append(scale, np.float32(LOUD))[:, None]
    return Network(hidden, hidden_bias - mean @ hidden[:VECTOR], out, out_bias)


def _learnt(rows: Floats, answers: Flags, weights: Floats) -> list[Floats]:
    """Weights and biases of both layers, by Adam (Kingma and Ba 2015) with decoupled decay.

    The rate falls to nothing, which finds better weights than stopping early.
    """
    chance = np.random.default_rng(SEED)
    sizes = (rows.shape[1], UNITS, answers.shape[1])
    parts = [
        part.astype(np.float32)
        for before, after in pairwise(sizes)
        for part in (chance.normal(0, before**-0.5, (before, after)), np.zeros(after))
    ]
    means, squares = ([np.zeros_like(part) for part in parts] for _ in range(2))
    starts = range(0, len(rows), BATCH)
    for step in range(PASSES * len(starts)):
        if step % len(starts) == 0:
            order = chance.permutation(len(rows))
        batch = order[starts[step % len(starts)] :][:BATCH]
        slopes = _slopes(parts, rows[batch], answers[batch], weights[batch])
        rate = RATE * (1 - step / (PASSES * len(starts)))
        for part, slope, mean, square in zip(parts, slopes, means, squares, strict=True):
            mean += (1 - FADING) * (slope - mean)
            square += (1 - FADING_SQUARES) * (np.square(slope) - square)
            size = np.sqrt(square / (1 - FADING_SQUARES ** (step + 1))) + TINY
            part -= rate * (mean / (1 - FADING ** (step + 1)) / size + DECAY * part)
    return parts


def _slopes(parts: list[Floats], rows: Floats, answers: Flags, weights: Floats) -> list[Floats]:
    """How the loss (cross entropy of every answer) grows with each weight and bias."""
    hidden, bias, out, out_bias = parts
    units = np.maximum(rows @ hidden + bias, 0)
    errors = 1 / (1 + np.exp(-(units @ out + out_bias))) - answers
    errors = np.asarray(errors * weights[:, None] / BATCH, np.float32)
    behind = (errors @ out.T) * (units > 0)
    return [rows.T @ behind, behind.sum(axis=0), units.T @ errors, errors.sum(axis=0)]
