"""Fingerprints of pictures that survive another size, compression and greys: PDQ, 256 bits."""

from __future__ import annotations

import numpy as np
import pdqhash
from PIL import Image as Picture

# Below it a picture is too plain to be told from others (PDQ's own measure, 0 to 100).
GOOD_ENOUGH = 50
EDGE = 512


def fingerprint(picture: Picture.Image) -> str:
    """64 hexadecimal digits; empty for a picture that is too plain."""
    bits, quality = pdqhash.compute(_pixels(picture))
    return _hexadecimal(bits) if quality >= GOOD_ENOUGH else ""


def every_turn(picture: Picture.Image) -> list[str]:
    """The fingerprints of a picture turned and mirrored in all eight ways."""
    turns, quality = pdqhash.compute_dihedral(_pixels(picture))
    if quality < GOOD_ENOUGH:
        return []
    return list(dict.fromkeys(_hexadecimal(bits) for bits in turns))


def _pixels(picture: Picture.Image) -> np.ndarray:
    small = picture.convert("RGB")
    small.thumbnail((EDGE, EDGE))
    return np.asarray(small)


def _hexadecimal(bits: np.ndarray) -> str:
    return np.packbits(np.asarray(bits, dtype=np.uint8)).tobytes().hex()
