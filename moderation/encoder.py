"""What a text means as a vector, in Chinese and in English alike.

The multilingual Universal Sentence Encoder (Yang and others 2020, version 3, Apache-2.0) without
TensorFlow: subwords by SentencePiece, three convolutions over 2, 3 and 5 of them, their average.
The network that follows there is made for comparing sentences; ours is made for rules. Only
subwords of Chinese and English are kept, six bits a number, and convolutions of low rank.
`moderation.training.encoding` makes the files; see models/README.md.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from sentencepiece import SentencePieceProcessor
from threadpoolctl import threadpool_limits

MODELS = Path(__file__).parent / "models"
WIDTHS = (2, 3, 5)  # neighbours of a convolution
LEFT = {2: 0, 3: 1, 5: 2}  # of which so many stand before
FEATURES = 256  # of each convolution
VECTOR = 512 + len(WIDTHS) * FEATURES
EPSILON = 1e-6
BEGIN, END = 1, 2
MOST = 96  # subwords of a passage; what follows says little new
MOST_KNOWN = 8_000  # subwords whose first layer is remembered, 3 KB each

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """`rows` finds the row of a subword in `table`; `parts` are the weights by name.

    `known` remembers what the first layer makes of a row: its neighbours are not asked there.
    """

    subwords: SentencePieceProcessor
    rows: npt.NDArray[np.uint16]
    table: npt.NDArray[np.uint8]
    parts: dict[str, Floats]
    known: dict[int, npt.NDArray[np.float16]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read `sentences.model` and `sentences.npz`.

        Raises one of `classifier.UNREADABLE` when one is missing or broken.
        """
        subwords = load_subwords(folder)
        with np.load(folder / "sentences.npz", allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        rows, table = parts.pop("rows"), parts.pop("table")
        return cls(subwords, rows, table, {n: p.astype(np.float32) for n, p in parts.items()})

    def encode(self, text: str, most: int = MOST) -> Floats:
        """VECTOR numbers; at most `most` subwords are read."""
        ids = [BEGIN, *self.subwords.encode(text)[:most], END]
        words = self._words(self.rows[ids])
        mean, square = words.mean(axis=1), np.einsum("ij,ij->i", words, words) / VECTOR
        spread = np.sqrt(square - mean * mean + EPSILON)
        total = (1 / spread) @ words - (mean / spread).sum()  # each with mean zero and variance one
        total = total * self.parts["gain"] + len(words) * self.parts["shift"]
        return np.asarray(total / np.sqrt(len(words)), np.float32)

    def _words(self, rows: npt.NDArray[np.uint16]) -> Floats:
        """(subwords, VECTOR): each subword by itself and among its neighbours."""
        parts = self.parts
        words = self.table[rows].astype(np.float32)
        words = words * parts["scale"][rows, None] + parts["low"][rows, None]
        first = np.stack([self._first(*each) for each in zip(rows.tolist(), words, strict=True)])
        inner, seen = np.split(first.astype(np.float32), [len(WIDTHS) * FEATURES], axis=1)
        features, begin = [words], 0
        for width, part in zip(WIDTHS, np.split(inner, len(WIDTHS), axis=1), strict=True):
            end = begin + parts[f"first{width}_in"].shape[1]
            part = np.maximum(self._convolved(seen[:, begin:end], width, "first"), 0) + part
            around = part @ parts[f"second{width}_in"]
            features.append(np.maximum(self._convolved(around, width, "second"), 0) + part)
            begin = end
        return np.concatenate(features, axis=1)

    def _first(self, row: int, word: Floats) -> npt.NDArray[np.float16]:
        """The first layer of a subword, and what its neighbours will see of it; always reckoned
        alone and rounded so that it is the same to the bit."""
        found = self.known.get(row)
        if found is None:
            parts = self.parts
            inner = word @ parts["inner"] + parts["inner_bias"]
            inner = (inner - inner.mean()) / np.sqrt(inner.var() + EPSILON)
            inner = inner * parts["inner_gain"] + parts["inner_shift"]
            split = zip(WIDTHS, np.split(inner, len(WIDTHS)), strict=True)
            around = (part @ parts[f"first{width}_in"] for width, part in split)
            found = np.concatenate([inner, *around]).astype(np.float16)
            if len(self.known) < MOST_KNOWN:
                self.known[row] = found
        return found

    def _convolved(self, seen: Floats, width: int, which: str) -> Floats:
        """Every subword's neighbourhood, zero beyond the ends, out of a narrow waist.

        `seen` is (subwords, width * waist): what each gives to a neighbour in each place.
        """
        seen = seen.reshape(len(seen), width, -1)
        waist = np.zeros((len(seen) + width - 1, seen.shape[2]), np.float32)
        for place in range(width):  # what stands `place - LEFT` further on
            begin = width - 1 - place
            waist[begin : begin + len(seen)] += seen[:, place]
        begin = width - 1 - LEFT[width]
        near = waist[begin : begin + len(seen)]
        name = f"{which}{width}"
        return np.asarray(near @ self.parts[f"{name}_out"] + self.parts[f"{name}_bias"])


@cache
def load_subwords(folder: Path) -> SentencePieceProcessor:
    """Raises OSError or RuntimeError when the file is missing or broken."""
    return SentencePieceProcessor(model_file=str(folder / "sentences.model"))


def is_word(word: str) -> bool:
    """Whether it is so common that it is one subword; nobody knows when the file is broken."""
    try:
        return len(load_subwords(MODELS).encode(word)) == 1
    except (OSError, RuntimeError):
        return True


@cache
def load_encoder() -> Encoder:
    """The encoder that Redleaf ships, read once.

    Numbers are multiplied on one core from then on: a sentence is too little for two, and every
    core has a process of its own.
    """
    threadpool_limits(1, "blas")
    return Encoder.load(MODELS)
