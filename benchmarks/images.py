"""A twelve-megapixel photo to all renditions, beside decoding and resizing it naively."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from PIL import Image as Picture
from PIL import ImageFilter

from accounts.pictures import decode, encode, placeholder
from notes.models import Image
from notes.rendering import narrowed

ROUNDS = 7
GOAL = 300


def main() -> None:
    photo = _photo()
    print(f"photo: 4000 x 3000, {len(photo) / 1e6:.1f} MB")
    _report("all renditions", ours := _cost(lambda: _renditions(photo)), GOAL)
    _report("naive", naive := _cost(lambda: _naive(photo)), None)
    print(f"ratio to naive: {statistics.median(ours) / statistics.median(naive):.2f}")


def _photo() -> bytes:
    """Something as hard to code as a photo: soft shapes under fine grain."""
    soft = Picture.effect_noise((500, 375), 120).filter(ImageFilter.GaussianBlur(6))
    soft = soft.resize((4000, 3000), Picture.Resampling.BICUBIC)
    grain = Picture.effect_noise((4000, 3000), 14)
    layers = [Picture.blend(soft, grain, 0.35), soft, Picture.blend(soft, grain, 0.2)]
    out = io.BytesIO()
    Picture.merge("RGB", layers).save(out, "JPEG", quality=88)
    return out.getvalue()


def _renditions(photo: bytes) -> None:
    picture = decode(io.BytesIO(photo), max(Image.WIDTHS))
    for width in sorted(Image.WIDTHS, reverse=True):
        picture = narrowed(picture, width)
        encode(picture)
    placeholder(picture)


def _naive(photo: bytes) -> None:
    for width in Image.WIDTHS:
        picture = Picture.open(io.BytesIO(photo)).convert("RGB")
        picture = picture.resize((width, width * 3 // 4), Picture.Resampling.LANCZOS)
        picture.save(io.BytesIO(), "WEBP", quality=80)


def _cost(work: Callable[[], None]) -> list[float]:
    """Milliseconds of CPU in each round."""
    rounds = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        rounds.append((time.process_time() - before) * 1000)
    return rounds


def _report(name: str, rounds: list[float], goal: int | None) -> None:
    median = statistics.median(rounds)
    verdict = "" if goal is None else f"  goal {goal}: {'met' if median <= goal else 'MISSED'}"
    print(f"{name:34} {median:6.0f} ms CPU ({min(rounds):.0f} to {max(rounds):.0f}){verdict}")
