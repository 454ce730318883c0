"""Scenes of water, rain and boats."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, Point, arc, box, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import birds, cloud, leaf, ridge, sky, stars, sun


def lake(c: Canvas) -> None:
    """A low sun over a lake, its light on the water, a boat."""
    m = c.mood
    shore = c.h * c.near(0.56, 0.04)
    x = c.near(0.5, 0.16)
    sky(c, shore)
    sun(c, x, shore - c.near(0.08, 0.05), c.near(0.1, 0.02))
    for _ in range(3):
        cloud(c, c.rng.random(), c.h * c.near(0.18, 0.1), c.near(0.22, 0.06), fade(m.paper, 0.35))
    c.fill(_cut(ridge(c, shore - 0.06, 0.16), shore), mix(m.far, m.sky[1], 0.2))
    c.fill(_cut(ridge(c, shore - 0.015, 0.07), shore), mix(m.far, m.near, 0.5))
    c.wash(
        (mix(m.sky[2], m.near, 0.12), mix(m.sky[1], m.near, 0.3), mix(m.sky[0], m.near, 0.5)), shore
    )
    glitter(c, x, shore, m.sun)
    boat(c, c.near(0.35, 0.15), c.h * c.near(0.74, 0.04), 0.13)
    for side in (0.0, 1.0):
        for _ in range(16):
            reed(c, side + c.near(0, 0.13), c.h + 0.02, c.near(0.28, 0.12))
    birds(c, c.near(0.6, 0.2), c.h * 0.2, 4, m.ink)


def _cut(outline: list[Point], bottom: float) -> list[Point]:
    return [(x, min(y, bottom)) for x, y in outline]


def glitter(c: Canvas, x: float, top: float, paint: str) -> None:
    """The road of light below a sun or a moon."""
    y = top + 0.006
    while y < c.h:
        depth = (y - top) / (c.h - top)
        for _ in range(2):
            wide = c.near(0.12, 0.07) * (0.5 + depth * 0.9)
            left = x - wide / 2 + c.near(0, 0.05 + depth * 0.05)
            c.rect(left, y, wide, 0.0035 + depth * 0.006, fade(paint, 0.8 - 0.5 * depth), 0.003)
        y += 0.012 + depth * 0.022
    glint = fade(lighter(c.mood.sky[1], 0.3), 0.4)
    for _ in range(40):
        depth = c.rng.random()
        y = top + (c.h - top) * depth
        c.rect(c.rng.random(), y, 0.03 + 0.06 * depth, 0.003, glint, 0.0015)


def boat(c: Canvas, x: float, y: float, s: float) -> None:
    """A small boat with somebody in a straw hat."""
    m = c.mood
    hull = [(-1.0, -0.16), (-0.75, 0.1), (0.75, 0.1), (1.0, -0.2), (0.6, -0.06), (-0.6, -0.04)]
    coat = [(0.12, -0.05), (0.22, -0.48), (0.4, -0.48), (0.48, -0.05)]
    hat = [(0.08, -0.56), (0.31, -0.76), (0.54, -0.56)]
    c.soft(arc(x, y + s * 0.16, s * 0.9, 0, 360, s * 0.08), fade(m.ink, 0.5), 0.012)
    c.line([(x + s * 0.5, y - s * 0.9), (x + s * 0.85, y + s * 0.3)], 0.005, m.ink)
    c.fill([(x + a * s, y + b * s) for a, b in coat], darker(m.accent, 0.15))
    c.disc(x + s * 0.31, y - s * 0.55, s * 0.09, "#e8b78f")
    c.fill([(x + a * s, y + b * s) for a, b in hat], "#d9b36a")
    c.fill([(x + a * s, y + b * s) for a, b in hull], m.ink)


def reed(c: Canvas, x: float, y: float, height: float) -> None:
    lean = c.near(0, 0.06)
    path = [(x, y), (x + lean * 0.3, y - height * 0.6), (x + lean, y - height)]
    c.stroke(path, [0.007, 0.004, 0.001], c.mood.ink)
    if c.rng.random() < 0.4:
        head = [(x + lean * 0.9, y - height * 0.92), (x + lean, y - height * 1.05)]
        c.stroke(head, [0.013, 0.013], darker(c.mood.second, 0.45))


def moonsea(c: Canvas) -> None:
    """A great moon over patterned waves."""
    m = c.mood
    c.wash(m.sky, 0, c.h * 0.7)
    if m.dark:
        stars(c, 120, c.h * 0.6)
    x, y, r = c.near(0.5, 0.12), c.h * 0.36, c.near(0.25, 0.03)
    c.glow(x, y, r * 2.1, m.sun, 0.5)
    c.disc(x, y, r, m.sun)
    c.shade(arc(x, y, r, 0, 360), mix(m.sun, m.second, 0.5), "right", 0.4)
    for _ in range(4):
        cloud(c, c.near(0.5, 0.4), y + c.near(0.03, 0.14), c.near(0.26, 0.08), fade(m.sky[1], 0.75))
    birds(c, x - 0.05, y - r * 0.4, 5, m.ink)
    rows = 7
    for row in range(rows):
        share = row / (rows - 1)
        paint = mix(m.far, m.near, share)
        scales(c, c.h * (0.62 + 0.06 * row), 0.115 + 0.03 * share, row, paint)


def scales(c: Canvas, y: float, r: float, row: int, paint: tuple[int, ...]) -> None:
    """One row of seigaiha, waves like scales."""
    pale, bright = lighter(paint, 0.7), lighter(paint, 0.5)
    rings: tuple[Paint, ...] = (paint, pale, darker(paint, 0.1), bright, c.mood.second)
    x = -r if row % 2 else 0.0
    while x < 1 + 2 * r:
        for i, ring in enumerate(rings):
            c.disc(x, y + r, r * (1 - i * 0.2), ring)
        x += 2 * r


def seigaiha(c: Canvas) -> None:
    """The old pattern of waves, all over, a few of them in other colours."""
    m = c.mood
    r = c.near(0.12, 0.03)
    for row in range(-1, int(c.h / (r * 0.5)) + 2):
        x = -r if row % 2 else 0.0
        while x < 1 + r:
            base = mix(m.near, m.far, max(0.0, row * 0.5 * r / c.h) * 0.9)
            if c.rng.random() < 0.14:
                base = mix(c.rng.choice((m.accent, m.second)), base, 0.08)
            for i in range(5):
                paint = base if i % 2 == 0 else lighter(base, 0.78)
                c.disc(x, row * r * 0.5 + r, r * (1 - i * 0.19), paint)
            x += 2 * r
    c.shade(box(0, 0, 1, c.h), darker(m.near, 0.3), "down", 0.35)


def great_waves(c: Canvas) -> None:
    """Swells with foam under an open sky, a sail far away."""
    m = c.mood
    sky(c, c.h * 0.6)
    sun(c, c.near(0.7, 0.12), c.h * 0.2, 0.08)
    for _ in range(4):
        cloud(c, c.rng.random(), c.h * c.near(0.22, 0.12), c.near(0.24, 0.08), fade(m.paper, 0.6))
    x, y = c.near(0.3, 0.1), c.h * 0.49
    c.fill([(x, y - 0.15), (x, y), (x + 0.09, y)], m.paper)
    c.fill([(x - 0.01, y - 0.12), (x - 0.01, y), (x - 0.06, y)], lighter(m.accent, 0.2))
    hull = [
        (x - 0.08, y + 0.005),
        (x + 0.1, y + 0.005),
        (x + 0.07, y + 0.035),
        (x - 0.05, y + 0.035),
    ]
    c.fill(hull, m.ink)
    for i in range(6):
        swell(c, c.h * (0.53 + 0.085 * i), 0.03 + 0.012 * i, mix(m.far, m.near, i / 5))


def swell(c: Canvas, y: float, height: float, paint: tuple[int, ...]) -> None:
    """Water up to the height y, with cusps upwards as waves have them."""
    phase, pitch = c.near(0, 3), c.near(2.6, 0.6)
    turns = ((i / 80, i / 80 * 3.14 * pitch + phase) for i in range(-2, 83))
    top = [(x, y - height * (1 - abs(math.sin(turn))) ** 1.3 * 1.6) for x, turn in turns]
    c.fill([*top, (1.03, c.h), (-0.03, c.h)], paint)
    foam = [(a, b + 0.012 + (y - b) * 0.16) for a, b in reversed(top)]
    c.fill([*top, *foam], lighter(paint, 0.75))
    for step in (0.045, 0.075, 0.1):
        crest = [(a, b + step + (y - b) * 0.4) for a, b in top]
        c.line(crest, 0.0032, fade(lighter(paint, 0.6), 0.55))
    c.shade([*top, (1.03, y + 0.16), (-0.03, y + 0.16)], darker(paint, 0.35), "down", 0.5)


def umbrellas(c: Canvas) -> None:
    """Umbrellas in the rain, seen from above, on wet stones."""
    m = c.mood
    base = mix(m.near, m.far, 0.35)
    c.fill(box(0, 0, 1, c.h), base)
    for row in range(int(c.h / 0.07) + 1):
        for col in range(-1, 9):
            x, y = col * 0.13 + (row % 2) * 0.065, row * 0.07
            c.rect(x, y, 0.124, 0.064, mix(base, m.far, c.rng.random() * 0.35), 0.01)
    paints = [m.accent, m.second, "#f4efe2", "#4c9aa6", "#d98aa0", "#7aa267", "#e8853d"]
    places = [(0.27, 0.17), (0.76, 0.24), (0.47, 0.48), (0.1, 0.64), (0.85, 0.65), (0.5, 0.87)]
    c.rng.shuffle(paints)
    for (x, y), paint in zip(places, paints, strict=False):
        _umbrella(c, x + c.near(0, 0.04), y * c.h + c.near(0, 0.04), c.near(0.155, 0.03), paint)
    for _ in range(130):
        x, y, long = c.rng.random(), c.rng.random() * c.h, c.near(0.045, 0.02)
        c.line([(x, y), (x - long * 0.22, y + long)], 0.0022, fade("#ffffff", 0.5))
    for _ in range(12):
        x, y = c.rng.random(), c.rng.random() * c.h
        c.ring(x, y, c.near(0.016, 0.008), 0.002, fade("#ffffff", 0.45))


def _umbrella(c: Canvas, x: float, y: float, r: float, paint: str) -> None:
    c.soft(arc(x + 0.03, y + 0.05, r * 0.95, 0, 360), fade(c.mood.ink, 0.6), 0.02)
    start = c.near(0, 30)
    for i in range(8):
        mid = math.radians(start + (i + 0.5) * 45)
        (a, _), (b, _) = (
            arc(x, y, r, start + (i + k) * 45, start + (i + k) * 45 + 1)[:2] for k in (0, 1)
        )
        panel = [(x, y), a, (x + r * 0.93 * math.cos(mid), y + r * 0.93 * math.sin(mid)), b]
        c.fill(panel, darker(paint, 0.16) if i % 2 else paint)
        c.shade(panel, darker(paint, 0.5), "down" if math.sin(mid) > 0 else "left", 0.35)
        c.line([(x, y), a], 0.003, fade(darker(paint, 0.5), 0.6))
    c.disc(x, y, r * 0.06, darker(paint, 0.5))


def bridge(c: Canvas) -> None:
    """A stone arch, its reflection closing the circle, willows."""
    m = c.mood
    water = c.h * 0.64
    sky(c, water)
    sun(c, c.near(0.3, 0.15), c.h * 0.2, 0.07)
    c.fill(_cut(ridge(c, c.h * 0.5, 0.2), water), mix(m.far, m.sky[2], 0.25))
    near = _cut(ridge(c, c.h * 0.6, 0.06), water)
    c.fill(near, mix(m.leaf, m.far, 0.4))
    depths = ((m.sky[2], m.far, 0.35), (m.sky[1], m.near, 0.4), (m.sky[0], m.near, 0.55))
    c.wash([mix(*depth) for depth in depths], water)
    stone = mix(m.paper, m.far, 0.45)
    _arch(c, 0.5, water, -1, mix(stone, m.near, 0.45))
    _arch(c, 0.5, water, 1, stone)
    for _ in range(30):
        y = water + 0.012 + (c.h - water) * c.rng.random()
        glint = fade(lighter(m.sky[2], 0.3), 0.5)
        c.rect(c.rng.random() - 0.1, y, c.near(0.16, 0.1), 0.003, glint, 0.0015)
    for side in (1, -1):
        _willow(c, side)


def _arch(c: Canvas, x: float, y: float, flip: int, paint: tuple[int, ...]) -> None:
    def at(points: list[Point]) -> list[Point]:
        return [(x + a, y + b * flip) for a, b in points]

    deck = [(a / 20, -0.285 + 1.35 * (a / 20) ** 2) for a in range(-9, 10)]
    hole = arc(0, 0, 0.185, 0, -180)
    whole = at([(-0.46, 0.0), *deck, (0.46, 0.0), *hole])
    c.fill(whole, paint)
    if flip < 0:
        return
    for r in (0.2, 0.225):
        c.line(at(arc(0, 0, r, 190, 350)), 0.003, fade(c.mood.ink, 0.35))
    for a, b in deck[1:-1:2]:
        c.rect(x + a - 0.008, y + b - 0.045, 0.016, 0.05, darker(paint, 0.1))
    c.line(at([(a, b - 0.042) for a, b in deck[1:-1]]), 0.009, darker(paint, 0.12))
    c.shade(whole, darker(paint, 0.5), "down", 0.55)


def _willow(c: Canvas, side: int) -> None:
    """Branches hanging in from above, at the left (1) or the right (-1)."""
    x = 0.0 if side > 0 else 1.0
    for i in range(20):
        a, b = x + side * c.near(0.08, 0.14), c.near(-0.02, 0.05)
        drop = c.near(0.34, 0.2)
        path = [(a, b), (a + side * 0.02, b + drop * 0.5), (a + side * 0.03, b + drop)]
        green = mix(c.mood.leaf, c.mood.second, 0.1 + i % 4 * 0.12)
        c.line(smooth(path), 0.003, darker(green, 0.2))
        for step, (u, v) in enumerate(smooth(path, steps=9)[3:]):
            leaf(c, u, v, 0.045, 180 + (28 if step % 2 else -28), green)


SCENES = {
    "lake": lake,
    "moonsea": moonsea,
    "seigaiha": seigaiha,
    "waves": great_waves,
    "umbrellas": umbrellas,
    "bridge": bridge,
}
