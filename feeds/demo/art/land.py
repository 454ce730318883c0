"""Scenes of hills, fields, woods and skies."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, box, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import (
    birds,
    cloud,
    leaf,
    level,
    maple,
    pine,
    ridge,
    sky,
    sun,
    tree,
)

REDS = ("#c3301f", "#e0522b", "#ee8434", "#a8231f", "#f0a63c")


def mountains(c: Canvas) -> None:
    """Ridges behind ridges in the mist."""
    m = c.mood
    sky(c)
    sun(c, c.near(0.5, 0.25), c.h * c.near(0.24, 0.05), c.near(0.085, 0.02))
    for _ in range(3):
        cloud(c, c.rng.random(), c.h * c.near(0.2, 0.1), c.near(0.2, 0.06), fade(m.paper, 0.4))
    layers = c.rng.choice((5, 6))
    for i in range(layers):
        share = i / (layers - 1)
        outline = ridge(c, c.h * (0.42 + 0.5 * share), 0.26 - 0.12 * share, 0.6 + share)
        paint = mix(m.far, m.near, share)
        c.fill(outline, paint)
        c.shade(outline, lighter(paint, 0.35), "up" if i % 2 else "left", 0.35)
        if i < layers - 1:
            c.fog(c.h * (0.46 + 0.5 * share), c.h * (0.64 + 0.5 * share), m.sky[2], 0.85)
    for i in range(16):
        x = c.rng.random() * 0.9 + (0.05 if i % 2 else 0)
        pine(c, x, level(outline, x) + 0.02, c.near(0.1, 0.05), darker(m.near, 0.25))
    birds(c, c.near(0.45, 0.25), c.h * 0.2, 5, m.ink)


def terraces(c: Canvas) -> None:
    """Rice terraces as bands that follow the slope."""
    m = c.mood
    sky(c, c.h * 0.4)
    sun(c, c.near(0.7, 0.15), c.h * 0.13, 0.06)
    c.fill(ridge(c, c.h * 0.24, 0.16), mix(m.far, m.sky[1], 0.35))
    back = ridge(c, c.h * 0.3, 0.14)
    c.fill(back, m.far)
    c.fog(c.h * 0.2, c.h * 0.42, m.sky[2], 0.8)
    phase, tilt = c.near(0, 3), c.near(0, 0.2)
    count = 15
    for i in range(count):
        y = c.h * (0.33 + 0.67 * (i / count) ** 1.35)
        _terrace(c, i, y, phase, tilt)
    for _ in range(5):
        x = c.near(0.5, 0.42)
        tree(c, x, c.h * c.near(0.5, 0.1), c.near(0.07, 0.02), darker(m.leaf, 0.15))


def _terrace(c: Canvas, i: int, y: float, phase: float, tilt: float) -> None:
    m = c.mood
    rise = 0.025 + 0.0045 * i
    edge = [
        (
            x / 30,
            y
            + math.sin(x / 30 * (5 - i * 0.12) + phase + i * 0.33) * rise
            + tilt * (x / 30 - 0.5) * 0.3,
        )
        for x in range(-1, 32)
    ]
    water = (
        mix(m.sky[i % 3], m.leaf, 0.15)
        if i % 4 == 1
        else mix(m.leaf, m.second, 0.12 + 0.5 * (i % 3 == 0))
    )
    band = [*edge, (1.05, c.h + 0.1), (-0.05, c.h + 0.1)]
    c.fill(band, water)
    lip = [*edge, *((x, b + 0.008 + 0.0012 * i) for x, b in reversed(edge))]
    c.fill(lip, darker(m.leaf, 0.35))
    below = [*edge, *((x, b + 0.16) for x, b in reversed(edge))]
    c.shade(below, darker(water, 0.3), "down", 0.45)


def fields(c: Canvas) -> None:
    """Fields seen from the air: strips of crops, hedges, a road, a river."""
    m = c.mood
    greens: list[Paint] = [m.leaf, m.ground, m.second]
    greens += [mix(m.leaf, m.second, 0.4), mix(m.ground, m.paper, 0.4)]
    c.fill(box(0, 0, 1, c.h), m.leaf)
    y, row = -0.06, 0
    while y < c.h + 0.05:
        tall = c.near(0.19, 0.05)
        x = -0.1 + c.near(0, 0.05)
        while x < 1.05:
            wide = c.near(0.26, 0.1)
            _field(c, (x, y, wide - 0.008, tall - 0.008), c.rng.choice(greens))
            x += wide
        y, row = y + tall, row + 1
    _ribbon(c, 0.06, lighter(m.sky[0], 0.1), 0.13)
    _ribbon(c, 0.016, m.paper, 0.3)
    for _ in range(26):
        x, y = c.rng.random(), c.rng.random() * c.h
        c.disc(x + 0.006, y + 0.007, 0.014, fade(m.ink, 0.35))
        c.disc(x, y, c.near(0.012, 0.004), darker(m.leaf, 0.35))


def _field(c: Canvas, place: tuple[float, float, float, float], paint: Paint) -> None:
    x, y, w, h = place
    lean = 0.06
    shape = [
        (x + lean * y, y),
        (x + w + lean * y, y + 0.02),
        (x + w + lean * (y + h), y + h + 0.02),
    ]
    shape.append((x + lean * (y + h), y + h))
    c.fill(shape, paint)
    across = c.rng.random() < 0.5
    for i in range(1, 12):
        s = i / 12
        if across:
            line = [(shape[0][0] + w * s, y + 0.02 * s), (shape[3][0] + w * s, y + h + 0.02 * s)]
        else:
            line = [(shape[0][0], y + h * s), (shape[1][0], y + 0.02 + h * s)]
        c.line(line, 0.003, fade(darker(paint, 0.4), 0.32))
    c.shade(shape, darker(paint, 0.35), c.rng.choice(("down", "left", "right")), 0.4)


def _ribbon(c: Canvas, width: float, paint: Paint, bend: float) -> None:
    start, sway = c.near(0.5, 0.3), c.near(0, 3)
    path = [
        (start + bend * math.sin(i * 0.9 + sway), -0.05 + (c.h + 0.1) * i / 7) for i in range(8)
    ]
    c.stroke(path, [width * 1.5, width * 1.5], darker(c.mood.leaf, 0.2))
    c.stroke(path, [width, width * 1.1, width], paint)


def bamboo(c: Canvas) -> None:
    """A grove with a pale sun."""
    m = c.mood
    c.wash((m.sky[1], m.sky[2], mix(m.sky[2], m.leaf, 0.25)))
    c.disc(c.near(0.5, 0.2), c.h * 0.3, 0.16, fade(m.sun, 0.85))
    for depth in range(3):
        paint = mix(m.leaf, m.sky[2], 0.62 - depth * 0.3)
        for i in range(6 - depth):
            _stalk(c, (i + c.near(0.5, 0.3)) / (6 - depth), 0.02 + depth * 0.014, paint)
        c.fog(c.h * 0.55, c.h, m.sky[2], 0.5 - depth * 0.16)
    for _ in range(26):
        x, y = c.rng.random(), c.rng.random() * c.h * 0.75
        for turn in (-35, 5, 40):
            leaf(
                c,
                x,
                y,
                c.near(0.13, 0.04),
                180 + turn + c.near(0, 18),
                mix(m.leaf, m.near, c.rng.random() * 0.7),
            )


def _stalk(c: Canvas, x: float, width: float, paint: tuple[int, ...]) -> None:
    lean, y = c.near(0, 0.05), c.h + 0.05
    while y > -0.2:
        tall = c.near(0.19, 0.04)
        x2 = x + lean * tall
        shape = [(x - width / 2, y), (x2 - width / 2, y - tall + 0.006)]
        shape += [(x2 + width / 2, y - tall + 0.006), (x + width / 2, y)]
        c.fill(shape, paint)
        c.shade(shape, darker(paint, 0.4), "right", 0.6)
        c.line(
            [(x2 - width * 0.6, y - tall), (x2 + width * 0.6, y - tall)], 0.006, darker(paint, 0.3)
        )
        x, y = x2, y - tall


def maples(c: Canvas) -> None:
    """A branch of maple leaves against the light."""
    m = c.mood
    c.wash((m.sky[0], m.sky[1], m.sky[2]))
    for i in range(9):
        light = m.paper if i % 3 else m.sun
        c.glow(c.rng.random(), c.rng.random() * c.h, c.near(0.14, 0.08), light, 0.35)
    for i in range(15):
        far = i < 10
        y = c.h * (c.rng.random() if far else c.near(0.8, 0.15))
        paint = mix(c.rng.choice(REDS), m.sky[1], 0.6 if far else 0)
        maple(c, c.rng.random(), y, c.near(0.11, 0.035), c.near(0, 180), paint)
    tip = (1.05, c.h * c.near(0.5, 0.1))
    branch = [(-0.05, c.h * 0.1), (0.3, c.h * c.near(0.22, 0.04)), (0.65, c.h * 0.3), tip]
    c.stroke(branch, [0.035, 0.02, 0.01], "#4a2a24")
    for i, (x, y) in enumerate(smooth(branch, steps=6)[1:]):
        if i % 3 != 1:
            a, b = x + c.near(0, 0.06), y + c.near(0.07, 0.07)
            maple(c, a, b, c.near(0.17, 0.07), 180 + c.near(0, 70), REDS[i % 5])


def orchard(c: Canvas) -> None:
    """A path between trees in blossom or in their autumn colours."""
    m = c.mood
    sky(c, c.h * 0.6)
    sun(c, c.near(0.3, 0.1), c.h * 0.18, 0.055)
    back = ridge(c, c.h * 0.48, 0.12)
    c.fill(back, m.far)
    ground = [(0, c.h * 0.55), (1, c.h * 0.53), (1, c.h), (0, c.h)]
    c.fill(ground, m.ground)
    c.shade(ground, darker(m.ground, 0.3), "down", 0.6)
    middle = c.near(0.5, 0.06)
    path = [(middle - 0.015, c.h * 0.55), (middle + 0.015, c.h * 0.55), (0.78, c.h), (0.22, c.h)]
    c.fill(path, lighter(m.second, 0.55))
    c.shade(path, darker(m.second, 0.1), "down", 0.4)
    for i in range(6):
        s = (i + 1) / 6
        for side in (-1, 1):
            crown = mix((m.accent, m.second, m.leaf)[(i + (side > 0)) % 3], m.paper, 0.25 - 0.2 * s)
            tree(
                c,
                middle + side * (0.05 + 0.4 * s**1.6),
                c.h * (0.555 + 0.36 * s**1.8),
                0.09 + 0.34 * s**1.5,
                crown,
            )
    for _ in range(70):
        x, y = c.rng.random(), c.h * c.near(0.82, 0.18)
        c.disc(x, y, 0.005, c.rng.choice((m.accent, m.second, m.paper)), 0.003)


SCENES = {
    "mountains": mountains,
    "terraces": terraces,
    "fields": fields,
    "bamboo": bamboo,
    "maples": maples,
    "orchard": orchard,
}
