"""Fits the network: one hidden layer over what a text means and what its n-grams say of it."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from moderation.classifier import MOST_LOGIT, Network
from moderation.encoder import VECTOR

UNITS, PASSES, PENALTY, BATCH = 64, 4, 1e-3, 512
SEEDS = (1, 2)  # two networks side by side err less than one
FOLDS = 4
LOUD = 0.5  # what the logit of the n-grams weighs beside the vector, whose numbers are divided
QUIET = 4.0

Matrix = Any  # scipy's sparse matrices have no types
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float64]
Score = Callable[[Matrix, Flags, Weights], Callable[[Matrix], Floats]]


def unseen(matrix: Matrix, flags: Flags, weights: Weights, fitted: Score) -> Floats:
    """The logit of each text by a head that was taught the others: as new texts will meet it."""
    fold = np.random.default_rng(1).integers(0, FOLDS, len(flags))
    logits = np.empty(len(flags), np.float32)
    for number in range(FOLDS):
        theirs = fold == number
        logits[theirs] = fitted(matrix[~theirs], flags[~theirs], weights[~theirs])(matrix[theirs])
    return logits


def deepen(
    vectors: npt.NDArray[np.float16], logits: Floats, flags: Flags, weights: Weights
) -> Network:
    """The network of these texts; what its inputs are scaled by is folded into its weights."""
    mean, spread = vectors.mean(axis=0, dtype=np.float32), vectors.std(axis=0, dtype=np.float32)
    scale = 1 / (QUIET * (spread + 1e-6))
    rows = np.empty((len(vectors), VECTOR + 1), np.float32)
    np.multiply(vectors - mean, scale, out=rows[:, :VECTOR])
    rows[:, VECTOR] = np.clip(logits, -MOST_LOGIT, MOST_LOGIT) * LOUD
    learners = [_learnt(rows, flags, weights, seed) for seed in SEEDS]
    hidden = np.hstack([learner.coefs_[0] for learner in learners])
    hidden *= np.append(scale, np.float32(LOUD))[:, None]
    bias = np.hstack([learner.intercepts_[0] for learner in learners]) - mean @ hidden[:VECTOR]
    out = np.concatenate([learner.coefs_[1][:, 0] for learner in learners]) / len(SEEDS)
    out_bias = np.mean([learner.intercepts_[1] for learner in learners])
    return Network(*(np.asarray(part, np.float32) for part in (hidden, bias, out, out_bias)))


def _learnt(rows: Floats, flags: Flags, weights: Weights, seed: int) -> MLPClassifier:
    learner = MLPClassifier(
        (UNITS,), alpha=PENALTY, batch_size=BATCH, max_iter=PASSES, random_state=seed
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a few passes are meant
        return learner.fit(rows, flags, sample_weight=weights)
