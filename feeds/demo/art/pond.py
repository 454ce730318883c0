"""A pond with koi, seen from above."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, Point, arc
from feeds.demo.art.colours import darker, fade, lighter, mix

COATS = (
    ("#fdf4e8", "#e5482d"),
    ("#ef7a2f", "#fff3df"),
    ("#fbf0e2", "#2a2a38"),
    ("#f3b63c", "#e5482d"),
    ("#e5482d", "#fdf4e8"),
)
GIRTH = (0.01, 0.035, 0.055, 0.08, 0.1, 0.115, 0.122, 0.12, 0.1, 0.07, 0.02)
SPOTS = ((0.33, 0.02, 0.08), (0.08, -0.03, 0.095), (-0.16, 0.02, 0.06), (-0.32, -0.01, 0.035))
PLACES = ((0.3, 0.25), (0.7, 0.42), (0.4, 0.62), (0.75, 0.82), (0.2, 0.85))


def koi(c: Canvas) -> None:
    """Koi between lily pads."""
    deep = mix("#2f6f73", c.mood.near, 0.2)
    c.wash((lighter(deep, 0.18), deep, darker(deep, 0.25)))
    for _ in range(14):
        x, y = c.rng.random(), c.rng.random() * c.h
        c.glow(x, y, c.near(0.16, 0.06), lighter(deep, 0.5), 0.25)
    coats = c.rng.sample(COATS, 5)
    for (x, y), coat in zip(PLACES[: c.rng.choice((3, 4, 5))], coats, strict=False):
        _Koi(c, x, y * c.h, c.near(0.3, 0.04), c.near(0, 180)).paint(*coat)
    for side in (0.06, 0.94, 0.06, 0.94, 0.5, 0.06, 0.94):
        _pad(c, c.near(side, 0.1), c.rng.random() * c.h)
    for _ in range(7):
        x, y = c.rng.random(), c.rng.random() * c.h
        for r in (0.02, 0.04, 0.062):
            c.ring(x, y, r, 0.0022, fade("#ffffff", 0.28))


class _Koi:
    """A fish in its own coordinates: along its back, and to its side."""

    def __init__(self, c: Canvas, x: float, y: float, size: float, turn: float) -> None:
        self.c, self.x, self.y, self.size = c, x, y, size
        self.cos, self.sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        self.bend = c.near(0, 2)

    def at(self, along: float, side: float) -> Point:
        side += math.sin(along * 4 + self.bend) * 0.05
        x, y = along * self.cos - side * self.sin, along * self.sin + side * self.cos
        return self.x + self.size * x, self.y + self.size * y

    def paint(self, coat: str, spot: str) -> None:
        c, at, fin = self.c, self.at, fade(lighter(coat, 0.2), 0.85)
        back = [at(i / 10 - 0.5, w) for i, w in enumerate(GIRTH)]
        body = [*back, *reversed([at(i / 10 - 0.5, -w) for i, w in enumerate(GIRTH)])]
        c.soft([(a + 0.02, b + 0.035) for a, b in body], fade("#06202a", 0.5), 0.012)
        for side in (1.0, -1.0):
            shape = ((0.22, 0.1), (0.05, 0.26), (-0.02, 0.2), (0.08, 0.1))
            c.fill([at(a, b * side) for a, b in shape], fin)
        c.fill([at(-0.46, 0), at(-0.72, 0.12), at(-0.62, 0), at(-0.7, -0.14)], fin)
        c.fill(body, coat)
        for along, aside, r in SPOTS:
            c.disc(*at(along, aside), r * self.size, spot)
        c.shade(body, darker(coat, 0.4), "down", 0.35)
        for aside in (0.05, -0.05):
            c.disc(*at(0.42, aside), self.size * 0.014, "#1d1a22")


def _pad(c: Canvas, x: float, y: float) -> None:
    r, start = c.near(0.075, 0.025), c.near(180, 180)
    green = mix("#5d9a5a", c.mood.leaf, c.rng.random())
    pad = [(x, y), *arc(x, y, r, start, start + 325, r * 0.92)]
    c.soft([(a + 0.012, b + 0.016) for a, b in pad], fade("#06202a", 0.45), 0.008)
    c.fill(pad, green)
    c.shade(pad, darker(green, 0.4), "down", 0.6)
    for i in range(8):
        vein = arc(x, y, r * 0.85, start + 20 + i * 40, start + 21 + i * 40)[0]
        c.line([(x, y), vein], 0.0022, fade(lighter(green, 0.4), 0.6))
    if c.rng.random() < 0.4:
        for petal in arc(x, y, r * 0.3, 0, 360)[::9]:
            c.disc(*petal, r * 0.22, "#f7c4cf")
        c.disc(x, y, r * 0.18, "#f9dd88")


SCENES = {"koi": koi}
