"""A passage of a reading as numbers: hashed n-grams of its characters, words and concepts."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from zlib import crc32

import numpy as np
import numpy.typing as npt

from moderation.lexicon import QUIET
from moderation.reading import Reading
from moderation.shape import WORD, load_alphabet
from moderation.text import HAN

BITS = 28
MOST_TELLING = 30  # concepts of a passage; a flooded text is no worse than a full one
FEW = 30  # a family of less does not count in full: one word alone says little
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
_SHIFT = np.uint64(64 - BITS)
_HAN = re.compile(f"[{HAN}]")

Codes = npt.NDArray[np.uint64]
Buckets = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float32]


def features(reading: Reading, first: int = 0, last: int | None = None) -> tuple[Buckets, Weights]:
    """The buckets that symbols [first, last) fall into, and how much each counts.

    Five families (characters, words, concepts with and without what lies between them, and how
    each telling concept stands in its sentence), each of Euclidean length one at most.
    """
    text, symbols = passage(reading, first, last)
    families = (
        _ngrams(_characters(f" {text} "), range(1, 5) if _HAN.search(text) else range(2, 6), 1),
        _ngrams(_names(text.split()), range(1, 3), 2),
        _ngrams(_concepts(symbols), range(1, 5), 3),
        _ngrams(_concepts(symbols.replace(WORD, "")), range(1, 5), 4),
        _ngrams(_names([*_standings(reading, first, first + len(symbols))]), range(1, 2), 5),
    )
    found = [_distinct(family) for family in families if family.size]
    if not found:
        return np.empty(0, np.uint32), np.empty(0, np.float32)
    weights = [np.full(each.size, max(each.size, FEW) ** -0.5, np.float32) for each in found]
    return np.concatenate(found), np.concatenate(weights)


def _distinct(buckets: Buckets) -> Buckets:
    """Sorted, each once; `np.unique` takes longer to ask what it was given."""
    buckets = np.sort(buckets)
    return np.asarray(buckets[np.append(True, buckets[1:] != buckets[:-1])])


def passage(reading: Reading, first: int, last: int | None) -> tuple[str, str]:
    """The folded text of symbols [first, last), and they themselves."""
    text, shape = reading.folded.text, reading.shape
    if last is not None:
        text = text[slice(*shape.span(first, last))]
    return " ".join(text.split()), shape.symbols[first:last]


def _ngrams(codes: Codes, lengths: range, family: int) -> Buckets:
    """The bucket of every run of codes of these lengths."""
    rolled, hashes = np.zeros(len(codes) + 1, np.uint64), [np.empty(0, np.uint64)]
    for length in range(1, min(lengths.stop, len(codes) + 1)):
        rolled = rolled[: len(codes) - length + 1] * _STEP + codes[length - 1 :] + np.uint64(family)
        if length in lengths:
            hashes.append(((rolled ^ (rolled >> _FOLD)) * _STEP) >> _SHIFT)
    return np.concatenate(hashes).astype(np.uint32)


def _characters(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _names(words: Sequence[str]) -> Codes:
    return np.array([crc32(word.encode()) for word in words], np.uint64)


def _concepts(symbols: str) -> Codes:
    names = _symbol_names()
    return np.array([names.get(symbol) or ord(symbol) for symbol in symbols], np.uint64)


@cache
def _symbol_names() -> dict[str, int]:
    """Symbols by what they stand for, so that a new word leaves the old ones alone."""
    sets = load_alphabet().symbols.items()
    return {symbol: crc32("+".join(sorted(concepts)).encode()) for concepts, symbol in sets}


def _standings(reading: Reading, first: int, last: int) -> Iterator[str]:
    """Every telling concept with how it stands: denied, quoted, reported, answered, plain."""
    telling, symbols = telling_symbols(), reading.shape.symbols
    places = (at for at in range(first, last) if symbols[at] in telling)
    for at in islice(places, MOST_TELLING):
        scopes = tuple(reading.stand.scopes(at, at + 1)) or ("plain",)
        yield from (f"{concept} {scope}" for concept in telling[symbols[at]] for scope in scopes)


@cache
def telling_symbols() -> dict[str, tuple[str, ...]]:
    """The symbols of words that say something by themselves, and which concepts they carry."""
    sets = load_alphabet().symbols.items()
    return {symbol: tuple(sorted(loud)) for concepts, symbol in sets if (loud := concepts - QUIET)}
