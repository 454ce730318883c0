"""Ranking from file to file, for measuring against published figures. No database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from feeds.learning.blends import READERS, Blend
from feeds.learning.interactions import Ids, Interactions, interactions, rows_of
from feeds.learning.models import NOWHERE, highest
from feeds.learning.selection import choose

Asked = tuple[int, list[int] | None]  # a user, and among which items


class BadLineError(ValueError):
    """A line is not as it should be; the message names file and line."""


def read_pairs(path: Path) -> Interactions:
    """`user<TAB>item` a line. Raises BadLineError."""
    if not path.stat().st_size:
        return interactions(np.array([], np.int64), np.array([], np.int64))
    try:
        table = np.loadtxt(path, np.int64, usecols=(0, 1), ndmin=2, comments=None)
    except ValueError as error:
        raise BadLineError(f"{path}: {error}") from None
    return interactions(table[:, 0], table[:, 1])


def read_asked(path: Path) -> list[Asked]:
    """`user[<TAB>candidate candidate ...]` a line. Raises BadLineError."""
    asked: list[Asked] = []
    for number, line in _lines(path):
        user, tab, candidates = line.partition("\t")
        numbers = _numbers(path, number, f"{user} {candidates}")
        asked.append((numbers[0], list(dict.fromkeys(numbers[1:])) if tab else None))
    return asked


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line.rstrip("\r\n")


def _numbers(path: Path, number: int, line: str) -> list[int]:
    try:
        return [int(word) for word in line.split()]
    except ValueError:
        raise BadLineError(f"{path}:{number}: whole numbers only") from None


def rank(known: Interactions, asked: Sequence[Asked], k: int) -> tuple[list[list[int]], str]:
    """Return the k best items for each asked user, and what ranked them, in words."""
    sets = [len(items) for _, items in asked if items is not None]
    blend, recipe = choose(known, k, int(np.median(sets)) if sets else 0)
    ranked: list[list[int]] = []
    for start in range(0, len(asked), READERS):
        ranked += _ranked(known, blend, asked[start : start + READERS], k)
    words = [f"{weight:g} x {part.kind}{part.numbers}" for part, weight in recipe.items()]
    return ranked, " + ".join(words)


def _ranked(known: Interactions, blend: Blend, asked: Sequence[Asked], k: int) -> list[list[int]]:
    rows = rows_of(known.user_ids, np.array([user for user, _ in asked]))
    readers = readers_of(known, rows)
    free = blend.best(readers, k) if any(items is None for _, items in asked) else None
    given = _best_given(known, blend, readers, [items or [] for _, items in asked], k)
    return [
        given[n] if items is not None or free is None
        else [int(known.item_ids[item]) for item in free[n] if item >= 0]
        for n, (_, items) in enumerate(asked)
    ]  # fmt: skip


def readers_of(known: Interactions, rows: Ids) -> Interactions:
    """The readers of these rows; -1 is somebody of whom nothing is known."""
    lengths = np.zeros(len(rows), np.int64)
    lengths[rows >= 0] = known.lengths[rows[rows >= 0]]
    found = known.of(rows[rows >= 0])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return Interactions(np.arange(len(rows)), known.item_ids, starts, found.items)


def _best_given(
    known: Interactions, blend: Blend, readers: Interactions, sets: list[list[int]], k: int
) -> list[list[int]]:
    """The best of the candidates of each reader; those that nobody ever liked come last."""
    width = max(map(len, sets), default=0)
    if not width:
        return [[] for _ in sets]
    ids = np.array([items + [-1] * (width - len(items)) for items in sets], np.int64)
    columns = rows_of(known.item_ids, ids.ravel()).reshape(ids.shape)
    scores = blend.at(readers, columns)
    for row, liked in enumerate(np.split(readers.items, readers.starts[1:-1])):
        scores[row, np.isin(columns[row], liked)] = -np.inf
    scores = np.where((ids >= 0) & (columns < 0), NOWHERE / 2, scores)
    best, _ = highest(scores, min(k, width))
    return [[int(ids[row, place]) for place in line if place >= 0] for row, line in enumerate(best)]
