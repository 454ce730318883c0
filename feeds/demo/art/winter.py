"""Scenes of clear nights: a tent under stars, a cabin in snow."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, Point, arc
from feeds.demo.art.colours import fade, mix
from feeds.demo.art.motifs import level, pine, ridge, stars


def starlight(c: Canvas) -> None:
    """A tent under the Milky Way."""
    c.wash(("#0b1030", "#1b2a5c", "#3d4f86", "#8d7aa0"))
    lean = c.near(0.25, 0.1)
    for i in range(7):
        x, y = 0.5 + (i - 3) * lean * 0.55, c.h * (0.1 + i * 0.1)
        c.glow(x, y, 0.3, "#8fa2d8" if i % 2 else "#c6a3cf", 0.28)
    stars(c, 420, c.h * 0.8)
    for _ in range(160):
        t = c.rng.random()
        x = 0.5 + (t * 6 - 3) * lean * 0.55 + c.rng.gauss(0, 0.06)
        c.disc(x, c.h * (0.1 + t * 0.6), 0.0014, fade("#ffffff", 0.8))
    far = ridge(c, c.h * 0.78, 0.16)
    c.fill(far, "#27305f")
    near = ridge(c, c.h * 0.88, 0.07)
    c.fill(near, "#0d1330")
    for i in range(14):
        x = i / 13 + c.near(0, 0.03)
        if abs(x - 0.5) > 0.16:
            pine(c, x, level(near, x) + 0.02, c.near(0.17, 0.07), "#0a0f28")
    _tent(c, 0.5, level(near, 0.5) + 0.03)


def _tent(c: Canvas, x: float, y: float) -> None:
    c.glow(x, y - 0.05, 0.24, "#ffb347", 0.6)
    c.fill([(x - 0.13, y), (x, y - 0.15), (x + 0.13, y)], "#ffb75e")
    c.shade([(x - 0.13, y), (x, y - 0.15), (x + 0.13, y)], "#c8452d", "down", 0.7)
    c.fill([(x - 0.035, y), (x, y - 0.15), (x + 0.035, y)], "#ffe6a8")
    c.line([(x, y - 0.16), (x - 0.17, y + 0.01)], 0.003, "#3b2330")
    c.line([(x, y - 0.16), (x + 0.17, y + 0.01)], 0.003, "#3b2330")


def snow(c: Canvas) -> None:
    """A lit cabin among pines in the snow."""
    c.wash(("#23345f", "#5d6f9c", "#d9a9a6"))
    c.fill(ridge(c, c.h * 0.5, 0.2), "#7f8fb3")
    c.fog(c.h * 0.4, c.h * 0.62, "#e4c7c4", 0.7)
    hill = ridge(c, c.h * 0.7, 0.08, 0.2)
    for i in range(13):
        x = i / 12 + c.near(0, 0.02)
        pine(
            c,
            x,
            level(hill, x) + 0.03,
            c.near(0.24, 0.08),
            mix("#23406a", "#12243f", c.rng.random()),
        )
    c.fill(hill, "#e7ecf5")
    c.shade(hill, "#93a6cc", "down", 0.6)
    _cabin(c, c.near(0.5, 0.14), c.h * 0.8)
    for _ in range(170):
        c.disc(c.rng.random(), c.rng.random() * c.h, c.near(0.0032, 0.002), fade("#ffffff", 0.85))


def _cabin(c: Canvas, x: float, y: float) -> None:
    c.glow(x, y, 0.32, "#ffbf66", 0.5)
    c.rect(x - 0.13, y - 0.13, 0.26, 0.15, "#6e3b2f")
    for i in range(5):
        c.line([(x - 0.13, y - 0.12 + i * 0.03), (x + 0.13, y - 0.12 + i * 0.03)], 0.003, "#4b2623")
    c.rect(x + 0.06, y - 0.28, 0.035, 0.1, "#4b2623")
    c.soft(arc(x + 0.11, y - 0.34, 0.05, 0, 360, 0.03), fade("#ffffff", 0.6), 0.02)
    roof: list[Point] = [
        (x - 0.17, y - 0.11),
        (x, y - 0.25),
        (x + 0.17, y - 0.11),
        (x + 0.13, y - 0.09),
        (x, y - 0.19),
        (x - 0.13, y - 0.09),
    ]
    c.fill(roof, "#f6f8fd")
    for dx in (-0.085, 0.04):
        c.rect(x + dx, y - 0.09, 0.05, 0.055, "#ffd27a")
        c.line([(x + dx + 0.025, y - 0.09), (x + dx + 0.025, y - 0.035)], 0.004, "#6e3b2f")
    c.rect(x - 0.025, y - 0.08, 0.045, 0.1, "#3c2020")


SCENES = {
    "starlight": starlight,
    "snow": snow,
}
