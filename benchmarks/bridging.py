"""python -m benchmarks.bridging VOTES: choose the constants of the bridging score.

Looks only at the votes it is given: some are kept back, and people of the same number with the same
diligence are made up whose opinions are known.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.conversations import error_of_kept_back, made_up, marks, read
from feeds.learning.bridging import Usual

SHRUGS, SIDES = (0.1, 0.2, 0.3, 0.4), (0.7, 1.0, 1.3)
USUALS = [Usual(*numbers) for numbers in product((0.02, 0.05, 0.1), (10.0, 20.0, 40.0))]
WORLDS, SPLITS = 12, 8


def main(path: Path) -> None:
    seen = read(path)
    worlds = [made_up(like, seed) for like in seen for seed in range(WORLDS)]
    print("slopes worth shrug side | kept back, error | made up: minapp, divisive, Spearman | sum")
    for usual, shrug in product(USUALS, SHRUGS):
        error = np.mean([
            error_of_kept_back(votes, shrug, usual, seed)
            for votes in seen for seed in range(SPLITS)
        ])  # fmt: skip
        found = [votes.bridged(shrug, usual) for votes, _ in worlds]
        for side in SIDES:
            pairs = zip(found, worlds, strict=True)
            each = [marks(bridging.asked_at(side), truth) for bridging, (_, truth) in pairs]
            low, divisive, spearman = np.mean(each, axis=0)
            total = low - 0.3 * divisive + 0.4 * spearman - error
            print(
                f"{usual.slopes:6} {usual.worth:5} {shrug:5} {side:4} | {error:.4f}"
                f" | {low:.3f} {divisive:.3f} {spearman:.3f} | {total:.4f}", flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
