"""Cats: on a windowsill, and close up."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.demo.art.canvas import Canvas, Point, arc, box, placed, smooth
from feeds.demo.art.colours import darker, fade, lighter, mix
from feeds.demo.art.motifs import cloud, leaf, plant, pot, ridge, shadow, sky, stars, sun

HALF_FACE = [(0.0, -0.235), (0.16, -0.215), (0.27, -0.08), (0.305, 0.07), (0.2, 0.17), (0.0, 0.205)]
# A patch without a paint of its own has that of the coat's marks.
BLACK = "#3b3540"
Patches = tuple[tuple[list[Point], str], ...]
FACE_PATCHES: Patches = (
    ([(0.03, -0.23), (0.18, -0.2), (0.27, -0.06), (0.2, 0.03), (0.06, -0.05)], ""),
    ([(-0.16, -0.2), (-0.26, -0.06), (-0.22, -0.02), (-0.1, -0.12)], BLACK),
)
BACK_PATCHES: Patches = (
    ([(-0.3, -0.3), (-0.1, -0.55), (0.1, -0.3), (-0.1, -0.1)], ""),
    ([(0.02, -0.8), (0.2, -0.7), (0.2, -0.5)], BLACK),
)


@dataclass(frozen=True, slots=True)
class Coat:
    base: str
    mark: str
    belly: str
    eye: str
    striped: bool = False
    patched: bool = False


COATS = {
    "ginger": Coat("#e8954a", "#b9622a", "#fbe6cc", "#6f8f3e", striped=True),
    "black": Coat("#2f2c3a", "#201d29", "#45414f", "#e8b93c"),
    "white": Coat("#f4ece0", "#d9ccbc", "#fffaf2", "#4b93b8"),
    "tabby": Coat("#a08a78", "#5f5047", "#e9dccb", "#8fa046", striped=True),
    "calico": Coat("#f7efe3", "#e08a3f", "#fffaf2", "#7a9a4a", patched=True),
    "tuxedo": Coat("#33303e", "#24212d", "#faf5ec", "#d3c24a"),
    "grey": Coat("#8b93a1", "#6d7584", "#b9bfc9", "#e0a83c"),
}


def coat_of(c: Canvas) -> Coat:
    return COATS[c.detail] if c.detail in COATS else c.rng.choice(list(COATS.values()))


def windowsill(c: Canvas) -> None:
    """A cat on a sill looks out, plants beside it."""
    m = c.mood
    sky(c)
    sun(c, c.near(0.62, 0.1), c.h * 0.24, 0.085)
    if m.dark:
        stars(c, 60, c.h * 0.5)
    for i in range(3):
        cloud(c, 0.3 + 0.25 * i, c.h * (0.2 + 0.07 * i), 0.22, fade(m.paper, 0.5))
        outline = ridge(c, c.h * (0.5 + 0.08 * i), 0.16)
        c.fill(outline, mix(m.far, m.near, i * 0.3))
    _window(c)
    sill = c.h * 0.82
    kind = c.rng.choice(("fern", "bloom", "snake", "round"))
    pot(c, 0.8, sill + 0.015, 0.19, m.accent)
    plant(c, 0.8, sill - 0.15, 0.3, kind)
    sitting(c, c.near(0.38, 0.04), sill + 0.02, min(0.36, c.h * 0.31), coat_of(c))


def _window(c: Canvas) -> None:
    m = c.mood
    frame = darker(m.paper, 0.06) if not m.dark else mix(m.near, m.paper, 0.2)
    wall = mix(m.ground, m.paper, 0.45) if not m.dark else mix(m.near, m.ground, 0.4)
    for x, y, w, h in ((0.0, 0.0, 0.09, c.h), (0.91, 0.0, 0.09, c.h), (0.0, 0.0, 1.0, 0.08)):
        c.fill(box(x, y, w, h), wall)
        c.shade(box(x, y, w, h), darker(wall, 0.35), "down", 0.4)
    sill = c.h * 0.82
    for x in (0.08, 0.49, 0.895):
        c.rect(x, 0.07, 0.025, sill, frame)
    for y in (0.07, c.h * 0.3):
        c.rect(0.08, y, 0.84, 0.022, frame)
    for side in (0, 1):
        fold = smooth([(0.3, 0.02), (0.2, c.h * 0.3), (0.07, c.h * 0.62), (0.02, c.h * 0.82)])
        drape = [(-0.01, 0.02), *fold, (-0.01, c.h * 0.82)]
        drape = [(1 - x, y) for x, y in drape] if side else drape
        c.fill(drape, fade(lighter(m.accent, 0.45), 0.93))
        c.shade(drape, darker(m.accent, 0.1), "right" if side else "left", 0.4)
    c.fill(box(0, sill, 1, c.h), wall)
    c.rect(-0.02, sill, 1.04, 0.05, frame)
    c.shade(box(0, sill + 0.05, 1, 0.1), darker(wall, 0.6), "up", 0.6)


def sitting(c: Canvas, x: float, y: float, s: float, coat: Coat) -> None:
    """A cat seen from behind, its tail hanging over the edge."""
    shadow(c, x, y, s * 0.55, s * 0.06, 0.5)
    tail = [
        (x + s * 0.3, y - s * 0.06),
        (x + s * 0.62, y - s * 0.03),
        (x + s * 0.66, y + s * 0.2),
        (x + s * 0.5, y + s * 0.38),
    ]
    c.stroke(tail, [s * 0.14, s * 0.13, s * 0.11, s * 0.08], coat.base)
    if coat.striped:
        for a, b in smooth(tail, steps=3)[2:]:
            c.disc(a, b, s * 0.03, coat.mark)
    half = [(0.13, -1.02), (0.2, -0.85), (0.34, -0.5), (0.43, -0.18), (0.34, 0.0)]
    body = smooth(
        [(x + a * s, y + b * s) for a, b in [*half, *((-a, b) for a, b in reversed(half))]],
        closed=True,
    )
    c.fill(body, coat.base)
    c.shade(body, darker(coat.base, 0.5), "right", 0.55)
    head_y = y - s * 1.1
    for side in (-1, 1):
        ear = [
            (x + side * s * 0.07, head_y - s * 0.15),
            (x + side * s * 0.24, head_y - s * 0.38),
            (x + side * s * 0.27, head_y - s * 0.02),
        ]
        c.fill(ear, coat.base)
        c.shade(ear, darker(coat.base, 0.4), "down", 0.5)
    head = arc(x, head_y, s * 0.275, 0, 360, s * 0.23)
    c.fill(head, coat.base)
    c.shade(head, darker(coat.base, 0.5), "right", 0.5)
    _back_marks(c, x, y, s, coat)


def _back_marks(c: Canvas, x: float, y: float, s: float, coat: Coat) -> None:
    if coat.patched:
        for patch, paint in BACK_PATCHES:
            c.fill(placed(smooth(patch, closed=True), x, y, s), paint or coat.mark)
        c.disc(x - s * 0.12, y - s * 1.16, s * 0.11, coat.mark)
    if coat.striped:
        for i in range(5):
            low, wide = -0.85 + i * 0.15, 0.1 + i * 0.045
            for side in (-1, 1):
                band = [
                    (side * wide * 1.65, low + 0.02),
                    (side * wide, low + 0.05),
                    (side * 0.02, low),
                ]
                c.stroke(placed(band, x, y, s), [s * 0.035, s * 0.03, s * 0.006], coat.mark)
        for dx in (-0.08, 0, 0.08):
            band = placed([(dx, -1.32), (dx * 0.8, -1.18)], x, y, s)
            c.stroke(band, [s * 0.025, s * 0.008], coat.mark)


def portrait(c: Canvas) -> None:
    """A cat's face, close up, before leaves."""
    m = c.mood
    back = c.rng.choice((m.sky[0], m.far, lighter(m.second, 0.4), lighter(m.accent, 0.5)))
    c.fill(box(0, 0, 1, c.h), back)
    c.shade(box(0, 0, 1, c.h), darker(back, 0.3), "down", 0.5)
    c.disc(0.5, c.h * 0.45, 0.41, lighter(back, 0.35))
    for _ in range(16):
        side = c.rng.choice((0.0, 1.0))
        leaf(
            c,
            side,
            c.rng.random() * c.h,
            c.near(0.24, 0.06),
            (70 if side == 0 else -70) + c.near(0, 35),
            mix(m.leaf, m.near, c.rng.random() * 0.5),
        )
    coat, x, y = coat_of(c), 0.5, c.h * 0.52
    shoulders = smooth(
        [
            (x - 0.36, c.h + 0.05),
            (x - 0.3, c.h * 0.82),
            (x, c.h * 0.68),
            (x + 0.3, c.h * 0.82),
            (x + 0.36, c.h + 0.05),
        ]
    )
    c.fill(shoulders, coat.base)
    c.shade(shoulders, darker(coat.base, 0.5), "down", 0.6)
    bib = smooth(
        [
            (x - 0.12, c.h + 0.03),
            (x - 0.1, c.h * 0.8),
            (x, c.h * 0.73),
            (x + 0.1, c.h * 0.8),
            (x + 0.12, c.h + 0.03),
        ]
    )
    c.fill(bib, coat.belly)
    face(c, x, y, coat)


def face(c: Canvas, x: float, y: float, coat: Coat) -> None:
    """A cat's face around (x, y), 0.6 wide."""
    for side in (-1, 1):
        ear = placed([(side * 0.08, -0.2), (side * 0.25, -0.37), (side * 0.29, -0.06)], x, y)
        paint = coat.mark if coat.patched and side > 0 else coat.base
        c.fill(smooth(ear, closed=True, steps=4), paint)
        inner = [(side * 0.13, -0.2), (side * 0.235, -0.31), (side * 0.25, -0.12)]
        c.fill(placed(inner, x, y), "#e8a79a")
    whole = [*HALF_FACE, *((-a, b) for a, b in reversed(HALF_FACE[1:-1]))]
    head = smooth(placed(whole, x, y), closed=True)
    c.fill(head, coat.base)
    if coat.patched:
        for patch, paint in FACE_PATCHES:
            c.fill(smooth(placed(patch, x, y), closed=True), paint or coat.mark)
    c.shade(head, darker(coat.base, 0.45), "down", 0.45)
    if coat.striped:
        _face_stripes(c, x, y, coat)
    for side in (-1, 1):
        c.disc(x + side * 0.062, y + 0.105, 0.082, coat.belly, 0.062)
        _eye(c, x + side * 0.125, y - 0.01, coat.eye)
    _muzzle(c, x, y, "#fffaf0" if coat.base < "#9" else "#5a4a44")


def _face_stripes(c: Canvas, x: float, y: float, coat: Coat) -> None:
    for dx in (-0.07, 0, 0.07):
        c.stroke([(x + dx, y - 0.22), (x + dx * 0.7, y - 0.12)], [0.024, 0.006], coat.mark)
    for side in (-1, 1):
        for dy in (0.02, 0.07, 0.12):
            stripe = [(x + side * 0.29, y + dy), (x + side * 0.2, y + dy - 0.005)]
            c.stroke(stripe, [0.018, 0.004], coat.mark)


def _muzzle(c: Canvas, x: float, y: float, whiskers: str) -> None:
    c.fill([(x - 0.03, y + 0.06), (x + 0.03, y + 0.06), (x, y + 0.09)], "#d9807a")
    for side in (-1, 1):
        smile = arc(x + side * 0.028, y + 0.098, 0.03, 90 - side * 70, 90 + side * 75)
        c.line(smile, 0.005, "#4a3530")
        for dy in (-0.02, 0.01, 0.04):
            hair = [(x + side * 0.09, y + 0.1 + dy * 0.5), (x + side * 0.36, y + 0.09 + dy * 2)]
            c.stroke(hair, [0.004, 0.001], fade(whiskers, 0.8))


def _eye(c: Canvas, x: float, y: float, paint: str) -> None:
    c.disc(x, y, 0.058, "#2a2028", 0.05)
    c.disc(x, y, 0.05, paint, 0.043)
    c.disc(x, y, 0.017, "#17131b", 0.038)
    c.disc(x - 0.016, y - 0.018, 0.011, "#ffffff")


SCENES = {"windowsill": windowsill, "cat": portrait}
