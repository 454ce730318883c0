"""Scenes of streets, roofs and cities."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, arc, box, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter, mix
from feeds.demo.art.motifs import birds, cloud, ridge, sky, sun


def skyline(c: Canvas) -> None:
    """Towers with lit windows over a river."""
    m = c.mood
    water = c.h * 0.78
    sky(c, water)
    sun(c, c.near(0.5, 0.3), c.h * c.near(0.2, 0.05), 0.06)
    for _ in range(3):
        cloud(c, c.rng.random(), c.h * c.near(0.25, 0.1), 0.22, fade(m.paper, 0.22))
    for depth in range(3):
        paint = mix(m.far, m.near, 0.15 + depth * 0.42)
        x = -0.06
        while x < 1.02:
            wide = c.near(0.1, 0.035)
            _tower(c, x, water, wide - 0.006, c.near(0.5 - depth * 0.11, 0.16) * c.h / 1.2, paint)
            x += wide
    c.wash((mix(m.sky[2], m.near, 0.45), mix(m.sky[0], m.near, 0.75)), water)
    for _ in range(90):
        y = water + (c.h - water) * c.rng.random() ** 1.3
        light = fade(c.rng.choice((m.second, m.sun, m.accent)), 0.5)
        c.rect(c.rng.random(), y, c.near(0.04, 0.025), 0.0035, light, 0.002)


def _tower(c: Canvas, x: float, base: float, w: float, tall: float, paint: Paint) -> None:
    top = base - tall
    c.fill(box(x, top, w, tall), paint)
    kind = c.rng.random()
    if kind < 0.25:
        c.fill([(x, top), (x + w / 2, top - w * 0.6), (x + w, top)], paint)
    elif kind < 0.5:
        c.rect(x + w * 0.3, top - 0.03, w * 0.4, 0.04, paint)
        c.line([(x + w / 2, top - 0.09), (x + w / 2, top)], 0.004, paint)
    c.shade(box(x, top, w, tall), darker(paint, 0.5), "right", 0.4)
    lit = (c.mood.second, c.mood.sun, lighter(c.mood.second, 0.5))
    share = 0.5 if c.mood.dark else 0.2
    columns = max(2, int(w / 0.019))
    step = w / columns
    for row in range(int(tall / 0.026)):
        for column in range(columns):
            on = c.rng.random() < share
            glass = c.rng.choice(lit) if on else fade(darker(paint, 0.3), 0.4)
            left, up = x + step * (column + 0.22), top + 0.012 + row * 0.026
            c.fill(box(left, up, step * 0.56, 0.013), glass)


def roofs(c: Canvas) -> None:
    """White walls and dark tiled roofs, one behind the other."""
    m = c.mood
    sky(c, c.h)
    sun(c, c.near(0.65, 0.2), c.h * 0.17, 0.07)
    c.fill(ridge(c, c.h * 0.36, 0.2), mix(m.far, m.sky[1], 0.3))
    c.fog(c.h * 0.25, c.h * 0.5, m.sky[2], 0.8)
    for row in range(5):
        y = c.h * (0.34 + 0.155 * row)
        x = c.near(-0.12, 0.1)
        while x < 1:
            wide = c.near(0.36 + row * 0.06, 0.08)
            _house(c, x, y + c.near(0, 0.03), wide, 0.075 + 0.016 * row, row / 4)
            x += wide * 0.88
        if row < 3:
            c.fog(y, y + 0.2, m.sky[2], 0.4 - row * 0.12)
    birds(c, c.near(0.3, 0.15), c.h * 0.16, 4, m.ink)


def _house(c: Canvas, x: float, y: float, w: float, tall: float, near: float) -> None:
    m = c.mood
    tile = mix(m.far, m.ink, 0.4 + 0.5 * near)
    wall = mix(m.paper, m.far, 0.42 - 0.35 * near)
    c.fill(box(x + w * 0.06, y + tall * 0.6, w * 0.88, c.h), wall)
    c.shade(box(x + w * 0.06, y + tall * 0.6, w * 0.88, tall * 2.4), darker(wall, 0.4), "up", 0.45)
    eave = y + tall
    roof = [(x + w * 0.14, y), (x + w * 0.86, y), (x + w * 1.01, eave), (x - w * 0.01, eave)]
    curve = smooth(
        [(x + w * 0.14, y), (x + w * 0.09, y + tall * 0.6), (x - w * 0.03, eave - 0.008)]
    )
    other = [(2 * x + w - a, b) for a, b in curve]
    c.fill([*curve, *reversed(other)], tile)
    count = max(8, int(w / 0.017))
    for i in range(count + 1):
        s = i / count
        line = [(roof[0][0] + (roof[1][0] - roof[0][0]) * s, y), (x + w * s, eave - 0.004)]
        c.line(line, 0.0038, lighter(tile, 0.22))
        c.disc(x + w * s, eave - 0.003, 0.0065, darker(tile, 0.25))
    c.rect(x + w * 0.1, y - 0.012, w * 0.8, 0.018, darker(tile, 0.3), 0.006)
    c.shade([*curve, *reversed(other)], darker(tile, 0.6), "down", 0.4)
    if near > 0.2:
        pane = m.second if m.dark else darker(tile, 0.1)
        for spot in (0.26, 0.62):
            _pane(c, x + w * spot, eave + tall * 0.3, w * 0.12, pane)


def _pane(c: Canvas, x: float, y: float, w: float, paint: Paint) -> None:
    c.rect(x, y, w, w * 1.1, paint, 0.003)
    bar = darker(c.mood.accent, 0.45)
    for i in range(4):
        c.line([(x + w * i / 3, y), (x + w * i / 3, y + w * 1.1)], 0.003, bar)
        c.line([(x, y + w * 1.1 * i / 3), (x + w, y + w * 1.1 * i / 3)], 0.003, bar)


def lanterns(c: Canvas) -> None:
    """Strings of red lanterns across a lane at night."""
    c.wash(("#141a3c", "#3a2a58", "#8a4350"))
    for side in (0, 1):
        for i in range(4):
            near = 1 - i / 4
            w = 0.12 + 0.1 * near
            x = 0.34 * (1 - near) - 0.02 if side == 0 else 1.02 - 0.34 * (1 - near) - w
            shop = box(x, c.h * (0.2 + 0.12 * i), w, c.h)
            c.fill(shop, mix("#4a2f55", "#1d1633", near))
            for row in range(5):
                glass = c.rng.choice(("#ffc66b", "#ff9d52", "#51345f"))
                _pane(c, x + w * 0.2, c.h * (0.26 + 0.12 * i) + row * 0.15, w * 0.26, glass)
                _pane(c, x + w * 0.58, c.h * (0.26 + 0.12 * i) + row * 0.15, w * 0.26, glass)
    lane = [(0.36, c.h * 0.72), (0.64, c.h * 0.72), (1.1, c.h), (-0.1, c.h)]
    c.fill(lane, "#43304f")
    c.shade(lane, "#ff9d52", "up", 0.4)
    for row in range(5):
        y, size = c.h * (0.62 - 0.135 * row), 0.035 + row * 0.017
        rope = [(i / 8, y + 0.05 * (1 - (i / 4 - 1) ** 2)) for i in range(9)]
        c.line(smooth(rope), 0.003, "#241a30")
        for x, hang in rope[1:-1] if row < 3 else rope[1:-1:2]:
            _lantern(c, x, hang + size * 1.1, size * c.near(1, 0.08))


def _lantern(c: Canvas, x: float, y: float, r: float) -> None:
    c.glow(x, y, r * 3.2, "#ff7a3c", 0.5)
    c.disc(x, y, r, "#e0341f", r * 0.84)
    c.disc(x, y, r * 0.62, "#f2552c", r * 0.84)
    c.disc(x, y, r * 0.25, "#ff8a45", r * 0.84)
    c.shade(arc(x, y, r, 0, 360, r * 0.84), "#8c1420", "down", 0.5)
    for end in (-0.92, 0.78):
        c.rect(x - r * 0.4, y + r * end, r * 0.8, r * 0.16, "#f0b84c")
    c.line([(x, y + r * 0.9), (x, y + r * 1.7)], r * 0.12, "#f0b84c")


SCENES = {
    "skyline": skyline,
    "roofs": roofs,
    "lanterns": lanterns,
}
