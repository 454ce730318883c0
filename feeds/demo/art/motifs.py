"""Things that appear in several scenes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from feeds.demo.art.canvas import Canvas, Point, arc, box, placed, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix


def ridge(c: Canvas, y: float, height: float, rough: float = 1.0) -> list[Point]:
    """The outline of a chain of hills down to the bottom of the picture."""
    waves = [
        (
            c.rng.uniform(0.6, 1.2) * f,
            c.rng.uniform(0, 7),
            height / f**0.9 * (1 if f < 3 else rough),
        )
        for f in (1.3, 2.4, 5, 11, 23)
    ]
    top = [
        (x / 80, y - sum(a * math.sin(6.28 * f * x / 80 + p) for f, p, a in waves) / 2)
        for x in range(-2, 83)
    ]
    return [*top, (1.03, c.h), (-0.03, c.h)]


def level(outline: Sequence[Point], x: float) -> float:
    """How high an outline of `ridge` lies at x."""
    return outline[min(len(outline) - 3, max(0, round(x * 80) + 2))][1]


def sky(c: Canvas, bottom: float = 0) -> None:
    """The sky of the mood, with stars when it is dark."""
    c.wash(c.mood.sky, 0, bottom)
    if c.mood.sky[0] == "#0f1a3a":
        stars(c, 90, (bottom or c.h) * 0.8)


def stars(c: Canvas, count: int, bottom: float) -> None:
    for _ in range(count):
        x, y, size = c.rng.random(), c.rng.uniform(0, bottom), c.rng.random() ** 4
        c.disc(x, y, 0.0009 + size * 0.0028, fade("#fff6da", c.rng.uniform(0.35, 1)))


def sun(c: Canvas, x: float, y: float, r: float) -> None:
    """Sun or moon, whichever the mood has."""
    c.glow(x, y, r * 4.2, c.mood.sun, 0.55)
    c.disc(x, y, r, c.mood.sun)
    c.shade(arc(x, y, r, 0, 360), mix(c.mood.sun, c.mood.accent, 0.35), "down", 0.45)


def cloud(c: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    """A flat cloud in bands, as on old prints."""
    for row, (shift, width) in enumerate(((0, 1.0), (0.16, 1.35), (-0.2, 0.9))):
        w = size * width * c.near(1, 0.2)
        c.rect(x - w / 2 + shift * size, y + row * size * 0.11, w, size * 0.1, paint, size * 0.05)


def birds(c: Canvas, x: float, y: float, count: int, paint: Paint) -> None:
    for i in range(count):
        bx, by = x + i * 0.035 + c.near(0, 0.01), y + abs(i - count / 2) * 0.012 + c.near(0, 0.006)
        s = c.near(0.015, 0.003)
        c.stroke(
            [(bx - s, by - s * 0.5), (bx - s * 0.4, by - s * 0.55), (bx, by)], [0.001, 0.003], paint
        )
        c.stroke(
            [(bx + s, by - s * 0.5), (bx + s * 0.4, by - s * 0.55), (bx, by)], [0.001, 0.003], paint
        )


def pine(c: Canvas, x: float, y: float, height: float, paint: Paint) -> None:
    """A conifer standing at (x, y)."""
    c.rect(x - height * 0.02, y - height * 0.2, height * 0.04, height * 0.22, darker(paint, 0.3))
    tiers = 5
    for i in range(tiers):
        top = y - height + i * height * 0.16
        wide = height * (0.1 + 0.055 * i) * c.near(1, 0.12)
        low = top + height * 0.3
        c.fill([(x, top), (x + wide, low), (x, low - height * 0.05), (x - wide, low)], paint)


def tree(c: Canvas, x: float, y: float, size: float, crown: Paint) -> None:
    """A round tree standing at (x, y)."""
    trunk = mix(crown, "#3a2420", 0.75)
    c.stroke([(x, y), (x + size * 0.02, y - size * 0.6)], [size * 0.1, size * 0.05], trunk)
    for dx, dy, r in (
        (-0.2, -0.75, 0.26),
        (0.22, -0.72, 0.24),
        (0.0, -0.98, 0.3),
        (0.02, -0.7, 0.27),
    ):
        blob = arc(x + dx * size, y + dy * size, r * size, 0, 360)
        c.fill(blob, crown)
        c.shade(blob, darker(crown, 0.35), "down", 0.55)


def lobe(length: float, wide: float, turn: float) -> list[Point]:
    """One finger of a maple leaf, pointing up before it is turned."""
    half = [(0.0, 0.0), (0.45, -0.3), (0.38, -0.5), (0.42, -0.56), (0.22, -0.78), (0.0, -1.0)]
    whole = [*half, *((-x, y) for x, y in reversed(half[1:-1]))]
    return placed([(x * wide, y * length) for x, y in whole], 0, 0, 1, turn)


def maple(c: Canvas, x: float, y: float, size: float, turn: float, paint: Paint) -> None:
    """A maple leaf whose stem joins at (x, y)."""
    fingers = (
        (-128, 0.45),
        (128, 0.45),
        (-84, 0.72),
        (84, 0.72),
        (-42, 0.93),
        (42, 0.93),
        (0, 1.0),
    )
    c.stroke(
        placed([(0, 0), (0.05, 0.3), (0, 0.62)], x, y, size, turn),
        [size * 0.035, size * 0.02],
        darker(paint, 0.25),
    )
    for angle, length in fingers:
        shape = placed(lobe(length, 0.5, angle), x, y, size, turn)
        c.fill(shape, paint)
        c.shade(shape, darker(paint, 0.4), "left" if angle < 0 else "down", 0.4)
    for angle, length in fingers:
        tip = placed([(0, 0), *placed([(0, -length * 0.85)], 0, 0, 1, angle)], x, y, size, turn)
        c.stroke(tip, [size * 0.02, size * 0.004], lighter(paint, 0.35))


def leaf(c: Canvas, x: float, y: float, length: float, turn: float, paint: Paint) -> None:
    """A simple pointed leaf growing from (x, y); 0 points up."""
    side = smooth([(0, 0), (0.2, -0.3), (0.17, -0.65), (0, -1)], steps=5)
    shape = placed([*side, *((-a, b) for a, b in reversed(side))], x, y, length, turn)
    c.fill(shape, paint)
    half = placed([*side, (0.0, 0.0)], x, y, length, turn)
    c.fill(half, fade(darker(paint, 0.5), 0.18))
    c.line(placed([(0, 0), (0, -0.85)], x, y, length, turn), length * 0.018, lighter(paint, 0.4))


def steam(c: Canvas, x: float, y: float, height: float) -> None:
    """Wisps rising from something hot."""
    for shift in (-0.05, 0.01, 0.07):
        sway = c.near(0.03, 0.012)
        path = [
            (x + shift * 1.2 + sway * math.sin(i * 1.5 + shift * 30), y - height * i / 5)
            for i in range(6)
        ]
        c.stroke(path, [0.004, 0.014, 0.018, 0.01, 0.002], fade("#fffaf0", 0.5))
        c.soft([*path, *((a + 0.02, b) for a, b in reversed(path))], fade("#fffaf0", 0.55), 0.012)


def shadow(c: Canvas, x: float, y: float, rx: float, ry: float, strength: float = 0.4) -> None:
    """The soft dark under a thing that stands on something."""
    c.soft(arc(x, y, rx, 0, 360, ry), fade(darker(c.mood.ink, 0.2), strength), 0.02)


def cup(c: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    """A tea bowl standing with its foot at (x, y), tea inside."""
    shadow(c, x + size * 0.12, y, size * 0.6, size * 0.12)
    c.fill(box(x - size * 0.2, y - size * 0.1, size * 0.4, size * 0.12), darker(paint, 0.25))
    top = y - size * 0.62
    side = smooth([(0.5, top), (0.46, y - size * 0.3), (0.2, y - size * 0.04)], steps=6)
    right = [(x + a * size, b) for a, b in side]
    body = [*right, *((2 * x - a, b) for a, b in reversed(right))]
    c.fill(body, paint)
    c.shade(body, darker(paint, 0.45), "right", 0.55)
    c.disc(x, top, size * 0.5, lighter(paint, 0.45), size * 0.13)
    c.disc(x, top + size * 0.015, size * 0.45, "#8c4a20", size * 0.105)
    c.disc(x - size * 0.1, top + size * 0.03, size * 0.26, fade("#e2a45c", 0.65), size * 0.05)


def pot(c: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    """A flower pot standing at (x, y)."""
    shadow(c, x + size * 0.08, y, size * 0.5, size * 0.09, 0.35)
    body = [(x - 0.42 * size, y - 0.75 * size), (x + 0.42 * size, y - 0.75 * size)]
    body += [(x + 0.3 * size, y), (x - 0.3 * size, y)]
    c.fill(body, paint)
    c.shade(body, darker(paint, 0.45), "right", 0.6)
    c.rect(
        x - 0.48 * size, y - 0.88 * size, 0.96 * size, 0.2 * size, lighter(paint, 0.12), 0.03 * size
    )
    c.rect(x - 0.42 * size, y - 0.7 * size, 0.84 * size, 0.05 * size, fade(darker(paint, 0.6), 0.3))


def plant(c: Canvas, x: float, y: float, size: float, kind: str) -> None:
    """Green that grows out of (x, y): "fern", "snake", "round" or "bloom"."""
    green = c.mood.leaf
    if kind == "snake":
        for i in range(7):
            turn = (i - 3) * 9 + c.near(0, 4)
            leaf(
                c,
                x + (i - 3) * size * 0.05,
                y,
                size * c.near(1.05, 0.25),
                turn,
                mix(green, "#d8d78a", i % 3 * 0.18),
            )
        return
    for i in range(11 if kind == "fern" else 8):
        turn = (i - (5 if kind == "fern" else 3.5)) * (15 if kind == "fern" else 22)
        reach = size * c.near(0.95, 0.15)
        tip = placed(
            [(0, 0), (0, -0.55), (0.12 if turn > 0 else -0.12, -1)], x, y, reach, turn * 0.75
        )
        c.stroke(tip, [size * 0.025, size * 0.012], darker(green, 0.25))
        if kind == "fern":
            _frond(c, tip, size, green)
        elif kind == "bloom":
            leaf(c, *tip[1], size * 0.4, turn, green)
            blossom(c, *tip[2], size * 0.17, c.mood.second if i % 2 else c.mood.accent)
        else:
            c.disc(*tip[2], size * c.near(0.19, 0.03), mix(green, "#dfe3a0", 0.12 * (i % 3)))


def _frond(c: Canvas, stem: Sequence[Point], size: float, green: Paint) -> None:
    for step, (x, y) in enumerate(smooth(stem, steps=5)[2:]):
        for side in (-1, 1):
            leaf(
                c, x, y, size * (0.26 - step * 0.012), side * 62, mix(green, "#c9d68f", step * 0.04)
            )


def blossom(c: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    """Five petals around a yellow heart."""
    for turn in range(0, 360, 72):
        ((px, py),) = placed([(0, -0.6)], x, y, size, turn)
        c.disc(px, py, size * 0.46, paint)
    c.disc(x, y, size * 0.6, fade(darker(paint, 0.35), 0.35))
    c.disc(x, y, size * 0.3, "#ffd77a")


def window_light(c: Canvas, x: float, y: float, size: float) -> None:
    """The light of a window falling on a wall or a table, aslant."""
    for column in range(2):
        for row in range(3):
            left, top = x + column * size * 0.5, y + row * size * 0.5
            pane = [(left, top), (left + size * 0.44, top - size * 0.12)]
            pane += [(left + size * 0.44, top + size * 0.3), (left, top + size * 0.42)]
            c.soft(pane, fade("#ffe9b0", 0.3 if c.mood.dark else 0.6), 0.006)
