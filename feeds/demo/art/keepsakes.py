"""A map of a walk, a bowl mended with gold."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, Point, arc, box, placed, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix

GLAZES = {"cream": "#e9dcc6", "celadon": "#8fb2a8", "blue": "#54708c", "pale": "#dfe7e2"}


def street_map(c: Canvas) -> None:
    """An illustrated map of a town: blocks, a river, parks, a route with pins."""
    m = c.mood
    c.fill(box(0, 0, 1, c.h), lighter(m.paper, 0.1))
    tilt, size = c.near(0, 18), 0.125
    for row in range(-6, 18):
        for column in range(-6, 15):
            w, h = size * c.near(0.86, 0.05), size * c.near(0.86, 0.05)
            _block(c, placed(box(column * size - 0.3, row * size - 0.3, w, h), 0.15, 0.1, 1, tilt))
    start = c.near(0.35, 0.15)
    bends = (0.13 * math.sin(i * 1.1 + start * 9) + i * 0.06 for i in range(7))
    river = [(start + bend, -0.08 + (c.h + 0.16) * i / 6) for i, bend in enumerate(bends)]
    c.stroke(river, [0.14, 0.14], m.paper)
    c.stroke(river, [0.12, 0.12], mix("#6fb3c9", m.sky[0], 0.35))
    c.stroke([(a + 0.015, b) for a, b in river], [0.012, 0.012], fade("#ffffff", 0.3))
    knots = ((0.12, 0.86), (0.28, 0.66), (0.42, 0.7), (0.56, 0.46), (0.72, 0.44), (0.84, 0.18))
    dots = smooth([(a + c.near(0, 0.03), b * c.h) for a, b in knots], steps=9)
    for i, dot in enumerate(dots):
        c.disc(*dot, 0.0075 if i % 2 else 0.005, m.accent)
    for i in (0, len(dots) // 2, len(dots) - 1):
        _pin(c, *dots[i], (m.accent, m.near, m.second)[i % 3])
    c.shade(box(0, 0, 1, c.h), darker(m.paper, 0.4), "down", 0.25)


def _block(c: Canvas, block: list[Point]) -> None:
    """Houses, a park, or a square."""
    m, chance = c.mood, c.rng.random()
    if chance < 0.72:
        c.fill(block, mix(m.paper, m.ground, 0.25))
    elif chance < 0.84:
        c.fill(block, m.leaf)
        for _ in range(5):
            a, b = block[0][0] + c.near(0.055, 0.04), block[0][1] + c.near(0.055, 0.03)
            c.disc(a, b, 0.012, darker(m.leaf, 0.3))
    else:
        c.fill(block, mix(m.second, m.paper, 0.55))


def _pin(c: Canvas, x: float, y: float, paint: Paint) -> None:
    c.soft(arc(x + 0.015, y, 0.03, 0, 360, 0.012), fade(c.mood.ink, 0.5), 0.008)
    c.fill([(x, y), *arc(x, y - 0.085, 0.045, 155, 385)], paint)
    c.shade(arc(x, y - 0.085, 0.045, 0, 360), darker(paint, 0.5), "right", 0.5)
    c.disc(x, y - 0.085, 0.018, c.mood.paper)


def mended(c: Canvas) -> None:
    """A bowl mended with gold."""
    m = c.mood
    c.wash((mix(m.near, m.far, 0.5), mix(m.near, m.ink, 0.3)))
    c.glow(0.35, c.h * 0.3, 0.6, lighter(m.second, 0.3), 0.4)
    table = c.h * 0.72
    c.fill(box(0, table, 1, c.h), darker(m.near, 0.35))
    c.shade(box(0, table, 1, c.h), m.far, "up", 0.4)
    x, top, base = 0.5, c.h * 0.4, c.h * 0.8
    shadow_at = arc(x + 0.05, base, 0.34, 0, 360, 0.04)
    c.soft(shadow_at, fade("#000000", 0.5), 0.03)
    side = smooth(
        [(x + 0.37, top), (x + 0.34, top + 0.15), (x + 0.22, base - 0.06), (x + 0.12, base)],
        steps=8,
    )
    body = [*side, *((2 * x - a, b) for a, b in reversed(side))]
    glaze = GLAZES.get(c.detail) or c.rng.choice(list(GLAZES.values()))
    c.fill(body, glaze)
    c.shade(body, darker(glaze, 0.6), "right", 0.6)
    c.disc(x, top, 0.37, lighter(glaze, 0.35), 0.075)
    c.disc(x, top + 0.008, 0.345, darker(glaze, 0.3), 0.064)
    for crack in ((0.5, 0.07, 0.62), (0.3, 0.07, 0.44), (0.72, 0.06, 0.6), (0.62, 0.4, 0.8)):
        _gold(c, crack, top, base)


def _gold(c: Canvas, crack: tuple[float, float, float], top: float, base: float) -> None:
    start, high, low = crack
    tall = base - top
    path = [(start, top + tall * high)]
    for i in range(1, 6):
        path.append(
            (
                0.5 + (path[-1][0] - 0.5) * 0.93 + c.near(0, 0.028),
                top + tall * (high + (low - high) * i / 5),
            )
        )
    branch = [
        path[2],
        (path[2][0] + 0.05, path[2][1] + 0.02),
        (path[2][0] + 0.09, path[2][1] + 0.06),
    ]
    for line in (path, branch):
        for width, paint in ((0.014, "#7a5518"), (0.01, "#e3b23c"), (0.004, "#fbe7a1")):
            c.line(line, width, paint)


SCENES = {
    "map": street_map,
    "mended": mended,
}
