"""Scenes of tables: tea, bowls, fruit, baking, a desk."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, arc, box, placed, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import blossom, cup, leaf, maple, plant, shadow, steam, window_light

BASKETS = {
    "persimmon": ("persimmon",),
    "orange": ("orange", "lemon"),
    "pear": ("pear", "plum"),
}


def wood(c: Canvas, paint: Paint, top: float = 0) -> None:
    """Planks of a table from `top` to the bottom."""
    y, i = top, 0
    while y < c.h:
        tall = c.near(0.17, 0.02)
        tone = mix(paint, ("#fff0d8", "#3a2018")[i % 2], 0.07 + 0.05 * c.rng.random())
        c.fill(box(0, y, 1, tall + 0.01), tone)
        for _ in range(6):
            grain = y + c.rng.random() * tall
            path = [(s / 6, grain + 0.006 * math.sin(s * 1.7 + i)) for s in range(7)]
            c.line(smooth(path, steps=4), 0.0016, fade(darker(tone, 0.4), 0.3))
        c.line([(0, y), (1, y)], 0.0035, fade(darker(paint, 0.6), 0.6))
        y, i = y + tall, i + 1


def cloth(c: Canvas, one: Paint, other: Paint, size: float = 0.11) -> None:
    """A gingham table cloth."""
    c.fill(box(0, 0, 1, c.h), one)
    steps = int(max(1, c.h) / size) + 2
    for i in range(0, steps, 2):
        c.rect(i * size, 0, size, c.h, fade(other, 0.3))
        c.rect(0, i * size, 1, size, fade(other, 0.3))
    c.shade(box(0, 0, 1, c.h), darker(one, 0.35), "down", 0.25)


def cover(c: Canvas, light: Paint, dark: Paint) -> None:
    """A table of one of two woods, or a table cloth."""
    kind = {"cloth": 2, "wood": 1}.get(c.detail, c.rng.randrange(3))
    if kind == 2:
        cloth(c, c.mood.paper, c.rng.choice((c.mood.accent, c.mood.leaf)))
    else:
        wood(c, (light, dark)[kind])


def plate(c: Canvas, x: float, y: float, r: float, paint: Paint, rim: Paint) -> None:
    """A plate from above."""
    c.soft(arc(x + 0.02, y + 0.03, r, 0, 360), fade(c.mood.ink, 0.5), 0.022)
    c.disc(x, y, r, paint)
    c.ring(x, y, r * 0.95, r * 0.03, rim)
    c.shade(arc(x, y, r, 0, 360), darker(paint, 0.3), "down", 0.3)
    c.disc(x, y, r * 0.76, lighter(paint, 0.25))


def tea(c: Canvas) -> None:
    """A cup of tea with steam by a bright wall."""
    m = c.mood
    wall = mix(m.sky[1], m.paper, 0.35) if not m.dark else mix(m.sky[0], m.sky[1], 0.4)
    edge = c.h * 0.66
    c.wash((darker(wall, 0.06), wall, lighter(wall, 0.2)), 0, edge)
    window_light(c, c.near(0.16, 0.06), c.h * 0.08, 0.42)
    wood(c, "#b98255", edge)
    c.fog(edge, edge + 0.05, "#6b4329", 0.25)
    x = c.near(0.36, 0.05)
    _teapot(c, x + 0.36, edge + 0.09, c.near(0.2, 0.02), m.near)
    cup(c, x, edge + 0.2, c.near(0.36, 0.03), c.rng.choice((m.accent, m.leaf, m.far, m.paper)))
    steam(c, x, edge - 0.06, c.h * 0.34)
    for _ in range(3):
        leaf(c, c.near(0.6, 0.2), c.h - 0.07, 0.08, c.near(70, 50), m.leaf)


def _teapot(c: Canvas, x: float, y: float, s: float, paint: Paint) -> None:
    shadow(c, x + 0.03, y, s * 1.1, 0.03)
    c.stroke(
        [(x - s * 0.7, y - s * 0.45), (x - s * 1.1, y - s * 0.8), (x - s * 1.35, y - s * 1.25)],
        [s * 0.4, s * 0.22, s * 0.14],
        paint,
    )
    c.stroke(
        [(x + s * 0.8, y - s * 1.0), (x + s * 1.35, y - s * 0.9), (x + s * 0.85, y - s * 0.25)],
        [s * 0.13, s * 0.15, s * 0.11],
        darker(paint, 0.1),
    )
    body = smooth(
        [
            (x - s * 0.55, y),
            (x - s, y - s * 0.5),
            (x - s * 0.6, y - s * 1.15),
            (x, y - s * 1.25),
            (x + s * 0.6, y - s * 1.15),
            (x + s, y - s * 0.5),
            (x + s * 0.55, y),
        ],
        closed=True,
    )
    c.fill(body, paint)
    c.shade(body, darker(paint, 0.55), "right", 0.6)
    c.disc(x, y - s * 1.2, s * 0.55, lighter(paint, 0.12), s * 0.11)
    c.disc(x, y - s * 1.38, s * 0.13, lighter(paint, 0.2))
    for i, turn in enumerate((-25, 0, 25)):
        leaf(c, x - s * 0.3 + i * s * 0.13, y - s * 0.35, s * 0.42, turn, fade(c.mood.second, 1))


def fruit(c: Canvas) -> None:
    """Persimmons, pears or oranges in a bowl on a cloth."""
    m = c.mood
    wall = mix(m.sky[0], m.paper, 0.3)
    edge = c.h * 0.62
    c.wash((wall, mix(m.sky[2], wall, 0.3)), 0, edge)
    window_light(c, 0.5, c.h * 0.06, 0.4)
    c.fill(box(0, edge, 1, c.h), mix(m.near, m.paper, 0.12))
    for i in range(-2, 14):
        c.line([(i * 0.12 - 0.2, edge), (i * 0.17 - 0.45, c.h)], 0.004, fade(m.paper, 0.35))
    kinds = BASKETS.get(c.detail) or c.rng.choice(list(BASKETS.values()))
    for i in range(5):
        _fruit(c, 0.3 + 0.1 * i, edge - 0.07 + 0.03 * abs(i - 2), 0.1, kinds[i % len(kinds)])
    x, y = 0.5, edge + 0.17
    shadow(c, x + 0.04, y, 0.3, 0.04)
    side = smooth([(x - 0.34, edge - 0.05), (x - 0.28, edge + 0.1), (x - 0.12, y)], steps=6)
    bowl = [*side, *((2 * x - a, b) for a, b in reversed(side))]
    c.fill(bowl, m.far)
    c.shade(bowl, darker(m.far, 0.5), "right", 0.6)
    for i in range(9):
        c.disc(x - 0.26 + i * 0.065, edge + 0.01, 0.012, lighter(m.far, 0.6))
    for dx, dy in ((-0.34, 0.25), (0.3, 0.3), (0.1, 0.36)):
        _fruit(c, x + dx, edge + dy, 0.095, kinds[-1])


def _fruit(c: Canvas, x: float, y: float, r: float, kind: str) -> None:
    shadow(c, x + 0.02, y + r * 0.85, r, r * 0.2, 0.3)
    paint = {
        "persimmon": "#e8632a",
        "orange": "#f29a2e",
        "lemon": "#f4cf45",
        "pear": "#b9b64a",
        "plum": "#6d3355",
    }[kind]
    tall = {"persimmon": 0.86, "lemon": 0.8}.get(kind, 0.97)
    body = arc(x, y, r, 0, 360, r * tall)
    if kind == "pear":
        body = smooth(
            [
                (x - r * 0.85, y + r * 0.5),
                (x - r * 0.5, y - r * 0.6),
                (x - r * 0.2, y - r * 1.35),
                (x + r * 0.2, y - r * 1.35),
                (x + r * 0.5, y - r * 0.6),
                (x + r * 0.85, y + r * 0.5),
                (x, y + r),
            ],
            closed=True,
        )
    c.fill(body, paint)
    c.shade(body, darker(paint, 0.45), "right", 0.6)
    c.disc(x - r * 0.38, y - r * 0.35, r * 0.16, fade("#fff8ea", 0.5), r * 0.1)
    top = y - r * (1.3 if kind == "pear" else tall * 0.85)
    if kind == "persimmon":
        for turn in (-75, -25, 25, 75):
            leaf(c, x, top + r * 0.06, r * 0.5, turn, "#6d7a38")
        return
    c.line([(x, top), (x + r * 0.08, top - r * 0.32)], r * 0.09, "#5a3d24")
    leaf(c, x + r * 0.05, top - r * 0.18, r * 0.6, 62, c.mood.leaf)


def desk(c: Canvas) -> None:
    """A desk from above: notebook, pen, coffee, a maple leaf."""
    m = c.mood
    wood(c, c.rng.choice(("#c09468", "#7a5441")))
    _notebook(c, 0.46, c.h * 0.5, c.near(0, 6))
    pen = placed([(0, -0.25), (0, 0.2), (0, 0.26)], 0.74, c.h * 0.56, 1, 28)
    across = [(a + 0.02 * i, b + 0.03) for i, (a, b) in enumerate([*pen[:2], *pen[1::-1]])]
    c.soft(across, fade(m.ink, 0.4), 0.012)
    c.stroke(pen[:2], [0.026, 0.024], m.near)
    c.stroke(pen[1:], [0.022, 0.003], m.second)
    _coffee(c, 0.83, c.h * 0.18)
    maple(c, 0.16, c.h * 0.87, 0.13, c.near(0, 60), m.accent)
    petals = mix(m.second, m.paper, 0.3)
    for i in range(5):
        blossom(c, 0.1 + 0.05 * (i % 2), c.h * (0.05 + 0.035 * i), 0.03, petals)
    plant(c, 0.97, c.h * 1.02, 0.28, "fern")


def _notebook(c: Canvas, x: float, y: float, tilt: float) -> None:
    m = c.mood
    page = box(-0.36, -0.27, 0.72, 0.54)
    c.soft(placed(page, x + 0.02, y + 0.028, 1, tilt), fade(m.ink, 0.5), 0.02)
    c.fill(placed(page, x, y, 1.045, tilt), m.accent)
    c.fill(placed(page, x, y, 1, tilt), m.paper)
    c.shade(placed(page, x, y, 1, tilt), darker(m.paper, 0.25), "right", 0.3)
    for i in range(9):
        for side in (-0.33, 0.03):
            words = [(side, -0.21 + i * 0.05), (side + c.near(0.24, 0.05), -0.21 + i * 0.05)]
            paint = fade(m.ink, 0.35) if i else fade(m.accent, 1)
            c.line(placed(words, x, y, 1, tilt), 0.006 if i else 0.012, paint)
    c.line(placed([(0, -0.27), (0, 0.27)], x, y, 1, tilt), 0.006, fade(m.ink, 0.35))


def _coffee(c: Canvas, x: float, y: float) -> None:
    plate(c, x, y, 0.145, c.mood.paper, c.mood.far)
    c.disc(x + 0.13, y + 0.03, 0.035, lighter(c.mood.far, 0.5))
    c.disc(x, y, 0.1, lighter(c.mood.far, 0.5))
    c.disc(x, y, 0.085, "#6b3d20")
    c.disc(x, y, 0.062, "#d9a468")
    for turn in (-50, 0, 50, 180):
        leaf(c, x, y + 0.012, 0.055, turn, "#f6e3c0")


SCENES = {
    "tea": tea,
    "fruit": fruit,
    "desk": desk,
}
