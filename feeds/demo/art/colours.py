"""Colours, and the moods that pictures are painted in."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageColor

Paint = str | tuple[int, ...]


def rgba(paint: Paint) -> tuple[int, int, int, int]:
    """Any paint as red, green, blue and opacity."""
    values = ImageColor.getrgb(paint) if isinstance(paint, str) else paint
    red, green, blue, *rest = values
    return red, green, blue, rest[0] if rest else 255


def mix(one: Paint, other: Paint, share: float) -> tuple[int, int, int]:
    """The colour between two, `share` of the way to the other."""
    pairs = zip(rgba(one)[:3], rgba(other)[:3], strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return red, green, blue


def fade(paint: Paint, opacity: float) -> tuple[int, int, int, int]:
    return (*rgba(paint)[:3], round(255 * opacity))


def lighter(paint: Paint, share: float = 0.2) -> tuple[int, int, int]:
    return mix(paint, "#fff8ea", share)


def darker(paint: Paint, share: float = 0.2) -> tuple[int, int, int]:
    return mix(paint, "#1c1830", share)


@dataclass(frozen=True, slots=True)
class Mood:
    """A time of day and a season as a handful of colours that go together."""

    sky: tuple[str, str, str]  # from the zenith to the horizon
    sun: str
    far: str
    near: str
    ground: str
    leaf: str
    accent: str
    second: str
    ink: str
    paper: str
    dark: bool = False


MOODS = {
    "dawn": Mood(
        ("#f3b6a2", "#f9d6bf", "#fdeedd"),
        *("#ee6c55", "#dcaaa6", "#574f72", "#a98d8f", "#7c916f", "#d9533f"),
        *("#f0b467", "#3b3149", "#fbf2e5"),
    ),
    "noon": Mood(
        ("#7fc2d8", "#bfe2e4", "#f1f4e3"),
        *("#ffd873", "#a3cbc4", "#2c6a63", "#83b07c", "#4b8f5c", "#e4572e"),
        *("#f3c14b", "#22413f", "#f7f5ea"),
    ),
    "dusk": Mood(
        ("#3d4679", "#b76a88", "#f7ab6c"),
        *("#ffe2a0", "#8f668d", "#2c2648", "#5a4668", "#4c5b68", "#f2694d"),
        *("#ffc46b", "#231d3b", "#f9e9d7"),
        True,
    ),
    "night": Mood(
        ("#0f1a3a", "#21376a", "#4d6d9b"),
        *("#f9efcf", "#32507f", "#0b1430", "#1d3054", "#2d5a62", "#ffb547"),
        *("#e9715b", "#0a1028", "#e8ecf2"),
        True,
    ),
    "autumn": Mood(
        ("#efd2a4", "#f5e1bd", "#fbf0db"),
        *("#d6452b", "#e0a868", "#7a2f27", "#c9823f", "#a8702f", "#c8321f"),
        *("#e9a13a", "#42211d", "#faf1e0"),
    ),
    "mist": Mood(
        ("#cfdcda", "#e4eae4", "#f6f3e9"),
        *("#e36a56", "#b3c6c3", "#355456", "#8fa8a0", "#6d8f7c", "#cf4a38"),
        *("#dcb36a", "#27393c", "#f6f4ec"),
    ),
    "spring": Mood(
        ("#c4e2da", "#e6eede", "#fce6e1"),
        *("#f5907f", "#aacfb5", "#467a61", "#9cc394", "#5fa06c", "#e56b86"),
        *("#f6c667", "#2f4a43", "#fbf6ec"),
    ),
    "rain": Mood(
        ("#566d80", "#8399a3", "#c2cbc8"),
        *("#f4e3b2", "#7b929d", "#2f4456", "#607885", "#4f7a6e", "#e8513d"),
        *("#f3b83d", "#22313f", "#eef0ea"),
    ),
}
