"""Scenes of food from above: noodles, dumplings."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, arc, placed, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter
from feeds.demo.art.motifs import leaf, steam
from feeds.demo.art.table import cover, plate

GREENS = ("#7fb04a", "#b6d47b", "#5d9440")


def noodles(c: Canvas) -> None:
    """A bowl of noodles from above, with an egg and greens."""
    m = c.mood
    cover(c, "#a8744a", "#6f4a3a")
    x, y, r = c.near(0.47, 0.03), c.h * 0.52, c.near(0.36, 0.02)
    _bowl(c, x, y, r, c.rng.choice((m.accent, "#2f5d7c", m.near, "#f4ead6")))
    broth = c.rng.choice(("#c9762c", "#e0b061", "#b8471f"))
    c.disc(x, y, r * 0.86, broth)
    c.shade(arc(x, y, r * 0.86, 0, 360), darker(broth, 0.4), "up", 0.5)
    for i in range(44):
        _noodle(c, x + c.near(0, r * 0.3), y + c.near(0.03, r * 0.3), r, i)
    for turn in (0, 14, 28):
        a, b = placed([(-r * 0.48, -r * 0.35)], x, y, 1, turn)[0]
        leaf(c, a, b, r * 0.5, turn * 2 - 60, "#4f8a42")
    for side in (0, 1):
        egg(c, x + r * (0.28 + side * 0.2), y - r * (0.32 - side * 0.38), r * 0.23)
    for _ in range(26):
        ring = x + c.near(-0.02, r * 0.42), y + c.near(0.05, r * 0.35)
        c.ring(*ring, 0.011, 0.004, c.rng.choice(GREENS))
    for _ in range(34):
        spice = c.rng.choice(("#fbf0cf", "#d9341f"))
        c.disc(x + c.near(0, r * 0.6), y + c.near(0, r * 0.6), 0.0035, spice)
    for shift, paint in ((0.0, "#74382a"), (0.045, "#5b2a20")):
        _chopstick(c, 0.7 + shift, 0.94 + shift * 0.4, paint)
    steam(c, x - 0.1, y - 0.1, c.h * 0.3)


def _chopstick(c: Canvas, top: float, tip: float, paint: Paint) -> None:
    low = c.h * 0.75
    shape = [(top + 0.02, 0.06), (top + 0.05, 0.06), (tip + 0.05, low), (tip + 0.01, low)]
    c.soft(shape, fade(c.mood.ink, 0.35), 0.01)
    c.stroke([(top, 0.02), (tip, low)], [0.018, 0.01], paint)


def _bowl(c: Canvas, x: float, y: float, r: float, paint: Paint) -> None:
    c.soft(arc(x + 0.03, y + 0.05, r, 0, 360), fade(c.mood.ink, 0.6), 0.03)
    c.disc(x, y, r, paint)
    c.shade(arc(x, y, r, 0, 360), darker(paint, 0.5), "down", 0.5)
    c.ring(x, y, r * 0.99, r * 0.035, lighter(paint, 0.45))
    for spot in arc(x, y, r * 0.925, 0, 360)[::3]:
        c.disc(*spot, r * 0.018, lighter(paint, 0.65))


def _noodle(c: Canvas, x: float, y: float, r: float, i: int) -> None:
    wide, start = c.near(0.34, 0.13) * r, c.near(180, 180)
    strand = arc(x, y, wide, start, start + c.near(150, 60), wide * 0.75)
    tone = ("#f6dc9a", "#efcb7c", "#fbe9b8")[i % 3]
    c.line([(a, b + 0.004) for a, b in strand], 0.012, fade("#8a4a18", 0.45))
    c.line(strand, 0.0105, tone)


def egg(c: Canvas, x: float, y: float, r: float) -> None:
    c.disc(x + 0.005, y + 0.01, r, fade("#5a2a10", 0.5), r * 0.84)
    c.disc(x, y, r, "#fff8ea", r * 0.84)
    c.disc(x, y, r * 0.55, "#f29a2e", r * 0.5)
    c.disc(x - r * 0.1, y - r * 0.1, r * 0.36, "#f9b94c", r * 0.3)


def baking(c: Canvas) -> None:
    """Dumplings, buns or biscuits on plates, from above."""
    m = c.mood
    cover(c, "#b48a63", "#8a6246")
    x, y = c.near(0.42, 0.04), c.h * 0.44
    plate(c, x, y, 0.34, "#f3ead9", m.near)
    for ring, count in ((0.19, 9), (0.06, 3)):
        for i in range(count):
            turn = i * 360 / count + ring * 90
            a, b = placed([(0, -ring)], x, y, 1, turn)[0]
            _dumpling(c, a, b, 0.088, turn)
    plate(c, 0.84, c.h * 0.8, 0.12, m.accent, m.paper)
    c.disc(0.84, c.h * 0.8, 0.085, "#4a1f14")
    c.disc(0.815, c.h * 0.785, 0.03, fade("#d98b4a", 0.6), 0.018)
    c.disc(0.15, c.h * 0.86, 0.1, lighter(m.far, 0.3))
    for _ in range(40):
        c.ring(
            0.15 + c.near(0, 0.05),
            c.h * 0.86 + c.near(0, 0.05),
            0.01,
            0.004,
            c.rng.choice(("#7fb04a", "#4f8a42")),
        )
    for _ in range(50):
        c.disc(
            c.near(0.75, 0.22), c.h * c.near(0.2, 0.15), c.near(0.004, 0.002), fade("#ffffff", 0.75)
        )
    c.stroke([(0.66, 0.03), (0.96, c.h * 0.52)], [0.014, 0.01], "#6b3325")
    c.stroke([(0.71, 0.01), (0.99, c.h * 0.49)], [0.014, 0.01], "#7d4030")


def _dumpling(c: Canvas, x: float, y: float, s: float, turn: float) -> None:
    moon = [
        (-1, 0.25),
        (-0.75, -0.32),
        (0, -0.55),
        (0.75, -0.32),
        (1, 0.25),
        (0.4, 0.42),
        (0, 0.46),
        (-0.4, 0.42),
    ]
    shape = placed(smooth(moon, closed=True, steps=5), x, y, s, turn)
    c.soft([(a + 0.008, b + 0.012) for a, b in shape], fade("#5b3a20", 0.5), 0.006)
    c.fill(shape, "#f8e7c6")
    c.shade(shape, "#c98f4a", "down", 0.55)
    for i in range(7):
        fold = placed(
            [(-0.72 + i * 0.24, -0.36 + abs(i - 3) * 0.05), (-0.6 + i * 0.2, -0.02)], x, y, s, turn
        )
        c.line(fold, 0.0042, fade("#b5803f", 0.75))


SCENES = {
    "noodles": noodles,
    "baking": baking,
}
