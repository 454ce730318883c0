"""Scenes of rooms: plants, books, flowers, yarn, a lattice window."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, arc, box, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import (
    blossom,
    cup,
    leaf,
    plant,
    pot,
    ridge,
    shadow,
    sky,
    sun,
    tree,
    window_light,
)


def _wall(c: Canvas) -> Paint:
    m = c.mood
    return (
        mix(m.near, m.ground, 0.4)
        if m.dark
        else mix(m.paper, c.rng.choice((m.far, m.second, m.sky[0])), 0.35)
    )


def shelf(c: Canvas) -> None:
    """Potted plants on shelves."""
    m = c.mood
    wall = _wall(c)
    c.fill(box(0, 0, 1, c.h), wall)
    c.shade(box(0, 0, 1, c.h), darker(wall, 0.3), "down", 0.4)
    window_light(c, c.near(0.3, 0.2), c.h * 0.12, 0.5)
    kinds = ["fern", "snake", "bloom", "round"]
    rows = 2 if c.h < 1.2 else 3
    for row in range(rows):
        y = c.h * (row + 0.93) / rows
        c.soft(box(-0.02, y + 0.02, 1.04, 0.02), fade(m.ink, 0.5), 0.012)
        c.rect(-0.02, y - 0.005, 1.04, 0.028, "#a8714a")
        c.shade(box(0, y, 1, 0.022), "#5e3a26", "right", 0.6)
        c.rng.shuffle(kinds)
        for i in range(3):
            x, size = 0.19 + 0.31 * i + c.near(0, 0.03), c.near(0.15, 0.025)
            paint = c.rng.choice((m.accent, m.second, m.far, m.paper, mix(m.near, m.accent, 0.4)))
            pot(c, x, y, size, paint)
            plant(c, x, y - size * 0.82, c.h / rows * c.near(0.44, 0.06), kinds[i])


def books(c: Canvas) -> None:
    """A pile of books, a cup, a lamp."""
    m = c.mood
    wall = _wall(c)
    c.wash((darker(wall, 0.1), wall))
    floor = c.h * 0.8
    lamp_x = c.near(0.76, 0.03)
    c.glow(lamp_x, c.h * 0.3, 0.6, "#ffdf9a", 0.65)
    c.fill(box(0, floor, 1, c.h), "#8a5a3c")
    c.shade(box(0, floor, 1, c.h), "#4b2d20", "down", 0.6)
    spines = [m.accent, m.near, m.second, m.leaf, m.far, "#c7a27a", "#6f4a6a"]
    c.rng.shuffle(spines)
    y, x = floor + 0.03, 0.36
    for i in range(c.rng.choice((5, 6, 7))):
        tall, wide = c.near(0.062, 0.016), c.near(0.42, 0.06)
        _book(c, x + c.near(0, 0.03) - wide / 2, y - tall, wide, tall, spines[i])
        y -= tall
    cup(c, x + c.near(0, 0.05), y + 0.005, 0.19, m.paper)
    shadow(c, lamp_x, floor + 0.04, 0.14, 0.02)
    c.rect(lamp_x - 0.1, floor + 0.02, 0.2, 0.022, m.ink, 0.01)
    c.line([(lamp_x, floor + 0.02), (lamp_x, c.h * 0.3)], 0.014, m.ink)
    shade = [
        (lamp_x - 0.09, c.h * 0.18),
        (lamp_x + 0.09, c.h * 0.18),
        (lamp_x + 0.17, c.h * 0.34),
        (lamp_x - 0.17, c.h * 0.34),
    ]
    c.fill(shade, lighter(m.second, 0.3))
    c.shade(shade, m.accent, "up", 0.4)
    for i in range(3):
        leaf(c, 0.04, floor + 0.05, c.h * 0.3, 12 + i * 20, mix(m.leaf, m.near, 0.2 * i))


def _book(c: Canvas, x: float, y: float, w: float, tall: float, paint: Paint) -> None:
    c.rect(x, y, w, tall, paint, 0.008)
    c.rect(x + w * 0.93, y + tall * 0.12, w * 0.07, tall * 0.76, "#f6ead2")
    c.shade(box(x, y, w, tall), darker(paint, 0.55), "down", 0.55)
    for at in (0.08, 0.14, 0.78):
        c.rect(x + w * at, y, w * 0.018, tall, lighter(paint, 0.5))
    c.rect(
        x + w * 0.28, y + tall * 0.42, w * 0.34, tall * 0.16, fade(lighter(paint, 0.6), 0.9), 0.003
    )


def vase(c: Canvas) -> None:
    """Flowers in a vase."""
    m = c.mood
    wall = _wall(c)
    c.fill(box(0, 0, 1, c.h), wall)
    c.shade(box(0, 0, 1, c.h), darker(wall, 0.3), "right", 0.4)
    c.disc(0.5, c.h * 0.42, 0.37, lighter(wall, 0.35))
    table = c.h * 0.84
    c.fill(box(0, table, 1, c.h), mix(m.near, m.ground, 0.3))
    x, y = c.near(0.5, 0.04), table + 0.03
    neck = c.h * 0.58
    for i in range(15):
        tip = (x + c.near(0, 0.31), c.h * c.near(0.3, 0.17))
        c.stroke(
            [(x + c.near(0, 0.02), neck + 0.05), ((x * 2 + tip[0]) / 3, c.h * 0.5), tip],
            [0.008, 0.005],
            darker(m.leaf, 0.2),
        )
        if i % 3 == 2:
            leaf(c, *tip, c.near(0.15, 0.03), (tip[0] - x) * 170, m.leaf)
        else:
            paint = c.rng.choice((m.accent, m.second, lighter(m.accent, 0.45), m.paper))
            blossom(c, *tip, c.near(0.075, 0.018), paint)
    shadow(c, x + 0.05, y, 0.17, 0.028)
    side = smooth(
        [(x - 0.055, neck), (x - 0.06, neck + 0.06), (x - 0.17, c.h * 0.71), (x - 0.1, y)], steps=8
    )
    body = [*side, *((2 * x - a, b) for a, b in reversed(side))]
    c.fill(body, m.paper)
    glaze = mix("#2f5d9c", m.near, 0.3)
    for i in range(7):
        leaf(c, x - 0.09 + 0.03 * i, c.h * 0.76, 0.08, (i - 3) * 22, fade(glaze, 0.85))
    c.line([(x - 0.06, neck + 0.05), (x + 0.06, neck + 0.05)], 0.008, glaze)
    c.shade(body, darker(m.paper, 0.5), "right", 0.6)
    for _ in range(4):
        c.disc(c.near(0.5, 0.35), table + c.near(0.07, 0.03), 0.016, m.accent, 0.008)


def yarn(c: Canvas) -> None:
    """Balls of yarn in a basket."""
    m = c.mood
    wall = _wall(c)
    c.wash((wall, lighter(wall, 0.25)))
    floor = c.h * 0.72
    c.fill(box(0, floor, 1, c.h), mix("#b98a5e", m.ground, 0.2))
    c.shade(box(0, floor, 1, c.h), "#6b4329", "down", 0.6)
    paints: list[Paint] = [m.accent, m.second, m.leaf, m.far, m.paper]
    paints.append(lighter(m.accent, 0.45))
    c.rng.shuffle(paints)
    shadow(c, 0.5, c.h * 0.88, 0.36, 0.04, 0.5)
    for i, (x, y) in enumerate(
        ((0.36, 0.5), (0.64, 0.5), (0.5, 0.42), (0.28, 0.58), (0.72, 0.58), (0.5, 0.57))
    ):
        _ball(c, x, c.h * y, 0.125, paints[i])
    rim, base = c.h * 0.6, c.h * 0.88
    basket = [(0.17, rim), (0.83, rim), (0.74, base), (0.26, base)]
    c.fill(basket, "#c08d55")
    for row in range(8):
        y = rim + (base - rim) * row / 8
        for column in range(18):
            x = 0.18 + 0.09 * row / 8 + column * (0.64 - 0.18 * row / 8) / 17
            paint = ("#a8723e", "#d6a66c")[(row + column) % 2]
            c.rect(x - 0.018, y, 0.036, (base - rim) / 8.6, paint, 0.01)
    c.shade(basket, "#5b3518", "right", 0.55)
    c.rect(0.15, rim - 0.015, 0.7, 0.035, "#8a5a2e", 0.016)
    for a, b in ((0.3, 0.62), (0.36, 0.56)):
        c.stroke([(a, c.h * 0.5), (b, c.h * 0.14)], [0.014, 0.01], "#e8d3a8")
        c.disc(b, c.h * 0.14, 0.016, m.accent)
    _ball(c, 0.14, c.h * 0.9, 0.1, m.accent)
    c.stroke(
        [(0.2, c.h * 0.95), (0.4, c.h * 0.97), (0.6, c.h * 0.93), (0.95, c.h * 0.97)],
        [0.006, 0.006],
        m.accent,
    )


def _ball(c: Canvas, x: float, y: float, r: float, paint: Paint) -> None:
    ball = arc(x, y, r, 0, 360)
    c.fill(ball, paint)
    for turn in (20, 75, 140):
        for i in range(-3, 4):
            bow = arc(
                x, y, r * 0.93, turn - 62 + i * 7, turn + 62 + i * 7, r * (0.25 + 0.1 * abs(i))
            )
            c.line(bow, 0.0042, fade(darker(paint, 0.35) if i % 2 else lighter(paint, 0.35), 0.65))
    c.shade(ball, darker(paint, 0.55), "down", 0.6)


def lattice(c: Canvas) -> None:
    """A garden seen through the lattice of a round window."""
    m = c.mood
    sky(c)
    sun(c, c.near(0.4, 0.1), c.h * 0.34, 0.08)
    c.fill(ridge(c, c.h * 0.52, 0.18), m.far)
    c.fill(ridge(c, c.h * 0.64, 0.08), mix(m.far, m.leaf, 0.6))
    tree(c, c.near(0.66, 0.05), c.h * 0.72, 0.36, mix(m.accent, m.second, 0.3))
    for i in range(5):
        stalk = [(0.26 + i * 0.04, c.h * 0.9), (0.25 + i * 0.045, c.h * 0.3)]
        c.stroke(stalk, [0.014, 0.01], mix(m.leaf, m.near, 0.2))
        for step in range(5):
            turn = 120 if (i + step) % 2 else 240
            leaf(c, 0.255 + i * 0.043, c.h * (0.34 + 0.07 * step), 0.09, turn, m.leaf)
    r, bar = min(0.42, c.h * 0.42), darker("#5a2e22", 0.15)
    _bars(c, 0.5, c.h * 0.5, r, bar)
    wall = mix(m.paper, m.far, 0.2) if not m.dark else mix(m.near, m.ground, 0.5)
    _round_wall(c, 0.5, c.h * 0.5, r, wall)
    hole = arc(0.5, c.h * 0.5, r, 0, 365)
    c.line(hole, 0.035, bar)
    c.line(hole, 0.01, lighter(bar, 0.3))


def _bars(c: Canvas, x: float, y: float, r: float, bar: Paint) -> None:
    step = r / 2.6
    for i in (-3, -2, -1, 1, 2, 3):
        c.line([(x + i * step, y - r), (x + i * step, y + r)], 0.012, bar)
        c.line([(x - r, y + i * step), (x + r, y + i * step)], 0.012, bar)
    for a in (-1.01, 1.01):
        for b in (-1.01, 1.01):
            c.ring(x + a * step, y + b * step, step * 0.7, 0.012, bar)


def _round_wall(c: Canvas, x: float, y: float, r: float, wall: Paint) -> None:
    """All but a circle."""
    left, right, low = -0.01, 1.01, c.h + 0.01
    rim = [(left, y), (left, left), (right, left), (right, low), (left, low), (left, y)]
    whole = [*rim, *arc(x, y, r, 180, 540)]
    c.fill(whole, wall)
    c.shade(whole, darker(wall, 0.4), "right", 0.4)


SCENES = {"shelf": shelf, "books": books, "vase": vase, "yarn": yarn, "lattice": lattice}
