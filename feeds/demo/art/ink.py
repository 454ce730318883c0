"""Works in ink: a circle in one breath, hills in washes."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, Point, arc, box, smooth
from feeds.demo.art.colours import Paint, darker, fade
from feeds.demo.art.motifs import maple

RED = "#c3281c"


def seal(c: Canvas, x: float, y: float, size: float) -> None:
    """A red seal with a leaf in it, as a signature."""
    c.rect(x, y, size, size, RED, size * 0.12)
    c.rect(x + size * 0.09, y + size * 0.09, size * 0.82, size * 0.82, "#f7efe2", size * 0.06)
    c.rect(x + size * 0.13, y + size * 0.13, size * 0.74, size * 0.74, RED, size * 0.05)
    maple(c, x + size * 0.5, y + size * 0.6, size * 0.34, 0, "#f7efe2")


def dry_brush(c: Canvas, path: list[Point], width: float, ink: Paint) -> None:
    """A stroke of many hairs that runs dry towards its end."""
    curve = smooth(path, steps=10)
    for _ in range(34):
        shift = c.rng.gauss(0, 0.3) * width
        end = max(6, int(len(curve) * (1 - abs(c.rng.gauss(0, 0.16)) - abs(shift) / width * 0.3)))
        hair = []
        for i, (x, y) in enumerate(curve[:end]):
            (ax, ay), (bx, by) = curve[max(0, i - 1)], curve[min(len(curve) - 1, i + 1)]
            long = math.hypot(bx - ax, by - ay) or 1
            press = 0.55 + 0.45 * math.sin(3.1 * (i + 4) / (len(curve) + 4))
            hair.append(
                (x + (ay - by) / long * shift * press, y + (bx - ax) / long * shift * press)
            )
        c.line(hair, width * c.near(0.1, 0.06), fade(ink, 0.75))


def circle(c: Canvas) -> None:
    """A circle in one breath, in ink."""
    c.fill(box(0, 0, 1, c.h), "#f6efe0")
    c.shade(box(0, 0, 1, c.h), "#d9c9a8", "down", 0.35)
    x, y, r, start = 0.5, c.h * 0.48, 0.31, c.near(95, 40)
    path = [
        (a + c.near(0, 0.006), b + c.near(0, 0.006))
        for a, b in arc(x, y, r, start, start + 338)[::5]
    ]
    c.soft(path, fade("#8a8578", 0.08), 0.03)
    dry_brush(c, path, 0.1, "#22202a")
    for _ in range(24):
        c.disc(x + c.near(0, 0.4), y + c.near(0, 0.4), abs(c.near(0, 0.0045)) + 0.001, "#22202a")
    seal(c, 0.8, c.h - 0.17, 0.075)


def ink(c: Canvas) -> None:
    """Mountains and a boat in washes of ink."""
    c.wash(("#f7f1e3", "#f2ead8", "#f6f0e2"))
    tones = ("#b9bcb8", "#8b9292", "#5d6669", "#3a4146")
    c.disc(c.near(0.68, 0.12), c.h * 0.17, 0.06, "#d4513c")
    for i, tone in enumerate(tones):
        y, peak = c.h * (0.42 + 0.11 * i), c.near(0.25 + 0.5 * (i % 2), 0.12)
        tall = c.h * c.near(0.3 - 0.05 * i, 0.04)
        knots = [
            (peak - 0.5, y),
            (peak - 0.24, y - tall * 0.4),
            (peak - 0.09, y - tall * 0.8),
            (peak, y - tall),
        ]
        knots += [(peak + 0.07, y - tall * 0.78), (peak + 0.22, y - tall * 0.5), (peak + 0.5, y)]
        hill = smooth([(a + c.near(0, 0.02), b + c.near(0, 0.012)) for a, b in knots])
        shape = [*hill, (hill[-1][0], y + 0.1), (hill[0][0], y + 0.1)]
        c.soft(shape, fade(tone, 0.65), 0.006)
        c.shade(shape, darker(tone, 0.4), "up", 0.55)
        c.fog(y - tall * 0.55, y + 0.02, "#f5eedf", 0.95)
        c.fill(box(0, y + 0.018, 1, c.h), "#f5eedf")
    _ink_boat(c, c.near(0.4, 0.15), c.h * 0.9)
    for i in range(4):
        path = [
            (-0.02, c.h * (0.86 + 0.035 * i)),
            (0.08, c.h * (0.8 + 0.035 * i)),
            (0.2 + 0.03 * i, c.h * (0.79 + 0.04 * i)),
        ]
        dry_brush(c, path, 0.028, "#2b2c33")
    seal(c, 0.84, c.h - 0.15, 0.07)


def _ink_boat(c: Canvas, x: float, y: float) -> None:
    c.stroke(
        [(x - 0.12, y - 0.01), (x, y + 0.012), (x + 0.14, y - 0.018)],
        [0.004, 0.02, 0.004],
        "#2b2c33",
    )
    c.stroke(
        [(x - 0.03, y - 0.005), (x + 0.01, y - 0.05), (x + 0.06, y - 0.005)],
        [0.01, 0.016, 0.01],
        "#4a4a50",
    )
    c.line([(x + 0.09, y - 0.12), (x + 0.1, y + 0.02)], 0.004, "#2b2c33")
    for i in range(3):
        c.line(
            [(x - 0.2 + i * 0.1, y + 0.035 + i * 0.012), (x + i * 0.1, y + 0.035 + i * 0.012)],
            0.0025,
            fade("#5d6669", 0.5),
        )


SCENES = {
    "circle": circle,
    "ink": ink,
}
