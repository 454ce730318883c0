"""Scenes of bicycles and trains."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, Point, arc, box, placed
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import cloud, leaf, plant, pot, ridge, shadow, sky, sun


def bicycle(c: Canvas) -> None:
    """A bicycle leaning against a wall, flowers in its basket."""
    m = c.mood
    wall = mix(m.paper, m.second, 0.35)
    floor = c.h * 0.82
    c.fill(box(0, 0, 1, floor), wall)
    c.shade(box(0, 0, 1, floor), darker(wall, 0.3), "right", 0.35)
    for _ in range(26):
        x, y = c.rng.random(), c.rng.random() * floor
        c.rect(x, y, 0.07, 0.026, fade(darker(wall, 0.25), 0.3), 0.004)
    _shutter(c, c.near(0.62, 0.08), c.h * 0.08)
    c.fill(box(0, floor, 1, c.h), mix(m.ground, m.ink, 0.25))
    c.shade(box(0, floor, 1, c.h - floor), darker(m.ground, 0.6), "up", 0.5)
    pot(c, 0.1, floor + 0.06, 0.16, m.accent)
    plant(c, 0.1, floor - 0.07, 0.24, c.rng.choice(("fern", "bloom", "round")))
    _frame(c, 0.53, floor - 0.1, 0.15, darker(m.accent, 0.05))


def _shutter(c: Canvas, x: float, y: float) -> None:
    m = c.mood
    w, tall = 0.26, c.h * 0.34
    c.rect(x - 0.015, y - 0.015, w + 0.03, tall + 0.03, darker(m.second, 0.4), 0.006)
    c.wash((m.sky[0], m.sky[2]), 0, 0.002)
    c.fill(box(x, y, w, tall), m.sky[1])
    c.shade(box(x, y, w, tall), m.sky[0], "up", 0.8)
    for i in (0.0, 0.5):
        c.line(box(x + w * i, y, w * 0.5, tall), 0.008, m.paper)
    c.line([(x, y + tall / 2), (x + w, y + tall / 2)], 0.008, m.paper)
    for side in (-0.13, w + 0.01):
        c.rect(x + side, y - 0.01, 0.12, tall + 0.02, m.leaf, 0.004)
        for slat in range(14):
            c.rect(
                x + side + 0.012, y + 0.01 + slat * tall / 14, 0.096, 0.008, darker(m.leaf, 0.25)
            )
    for i in range(7):
        plant(c, x + w * (i + 0.5) / 7, y + tall + 0.01, 0.07, "bloom")
    c.rect(x - 0.02, y + tall, w + 0.04, 0.05, darker(m.accent, 0.2), 0.006)


def _frame(c: Canvas, x: float, y: float, r: float, paint: Paint) -> None:
    left, right = (x - 0.25, y), (x + 0.25, y)
    _wheel(c, left, r)
    _wheel(c, right, r)
    crank, seat, head = placed([(-0.03, 0.02), (-0.1, -0.2), (0.17, -0.19)], x, y)
    tubes = ((left, crank), (left, seat), (seat, crank), (seat, head), (crank, head), (head, right))
    for tube in tubes:
        c.line(tube, 0.014, paint)
    c.line([seat, (x - 0.115, y - 0.25)], 0.01, c.mood.ink)
    saddle = placed([(-0.18, -0.255), (-0.11, -0.262), (-0.05, -0.255)], x, y)
    c.stroke(saddle, [0.03, 0.026, 0.012], "#6b3d2a")
    c.line([head, (x + 0.15, y - 0.27)], 0.012, c.mood.ink)
    bar = placed([(0.1, -0.25), (0.15, -0.285), (0.21, -0.27)], x, y)
    c.stroke(bar, [0.012, 0.012], c.mood.ink)
    c.ring(*crank, 0.035, 0.007, c.mood.ink)
    _basket(c, x + 0.27, y - 0.28)


def _wheel(c: Canvas, hub: Point, r: float) -> None:
    shadow(c, hub[0] + 0.02, hub[1] + r + 0.004, r, 0.016, 0.45)
    for spoke in arc(*hub, r * 0.96, 0, 360)[::4]:
        c.line([hub, spoke], 0.0018, fade(c.mood.ink, 0.55))
    c.ring(*hub, r, 0.014, c.mood.ink)
    c.ring(*hub, r - 0.013, 0.004, c.mood.paper)
    c.disc(*hub, 0.013, c.mood.ink)


def _basket(c: Canvas, x: float, y: float) -> None:
    """A basket full of flowers whose rim is at (x, y)."""
    for i in range(7):
        plant(c, x - 0.07 + i * 0.023, y + 0.03, 0.12, "bloom" if i % 2 else "fern")
    basket = placed([(-0.09, 0), (0.09, 0), (0.06, 0.13), (-0.06, 0.13)], x, y)
    c.fill(basket, "#b98247")
    c.shade(basket, "#5e3a20", "right", 0.6)
    for i in range(1, 5):
        c.line([(x - 0.08, y + i * 0.027), (x + 0.08, y + i * 0.027)], 0.003, "#8a5a2e")


def train(c: Canvas) -> None:
    """A train crossing a viaduct in a wide landscape."""
    m = c.mood
    sky(c)
    sun(c, c.near(0.7, 0.15), c.h * 0.2, 0.08)
    for i in range(3):
        cloud(c, c.rng.random(), c.h * (0.12 + 0.06 * i), 0.24, fade(m.paper, 0.5))
        layer = ridge(c, c.h * (0.42 + 0.1 * i), 0.18)
        c.fill(layer, mix(m.far, m.near, i * 0.2))
        c.fog(c.h * (0.4 + 0.1 * i), c.h * (0.6 + 0.1 * i), m.sky[2], 0.7)
    deck = c.h * 0.62
    _viaduct(c, deck, mix(m.paper, m.near, 0.42))
    front = ridge(c, c.h * 0.86, 0.08)
    c.fill(front, darker(m.leaf, 0.2))
    c.shade(front, m.near, "down", 0.7)
    start = c.near(0.1, 0.06)
    for i in range(4):
        _wagon(c, start + i * 0.2, deck, i == 3)
    for _ in range(24):
        green = mix(m.leaf, m.second, c.rng.random() * 0.5)
        leaf(c, c.rng.random(), c.h * 0.97, c.near(0.1, 0.04), c.near(0, 30), green)


def _viaduct(c: Canvas, deck: float, stone: Paint) -> None:
    c.rect(-0.02, deck, 1.04, 0.045, stone)
    c.fill(box(0, deck, 1, c.h), stone)
    for i in range(-1, 6):
        x = i * 0.2 + 0.15
        hole = [(x + 0.075, c.h), *arc(x, deck + 0.15, 0.075, 0, -180), (x - 0.075, c.h)]
        c.fill(hole, mix(c.mood.far, c.mood.sky[2], 0.3))
    c.shade(box(0, deck, 1, c.h - deck), darker(stone, 0.5), "down", 0.45)


def _wagon(c: Canvas, x: float, y: float, first: bool) -> None:
    m = c.mood
    c.rect(x, y - 0.095, 0.192, 0.08, m.accent, 0.014)
    if first:
        c.fill(
            [
                (x + 0.18, y - 0.09),
                (x + 0.235, y - 0.03),
                (x + 0.235, y - 0.015),
                (x + 0.18, y - 0.015),
            ],
            m.accent,
        )
    c.rect(x, y - 0.04, 0.192, 0.01, m.paper)
    c.rect(x + 0.006, y - 0.1, 0.18, 0.012, darker(m.accent, 0.35), 0.006)
    for i in range(5):
        c.rect(
            x + 0.014 + i * 0.035,
            y - 0.078,
            0.026,
            0.03,
            m.second if m.dark else lighter(m.sky[0], 0.5),
            0.005,
        )
    for wheel in (0.035, 0.07, 0.13, 0.165):
        c.disc(x + wheel, y - 0.008, 0.011, m.ink)


SCENES = {
    "bicycle": bicycle,
    "train": train,
}
