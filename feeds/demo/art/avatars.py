"""Avatars: faces, animals and leaves in a circle of colour."""

from __future__ import annotations

from feeds.demo.art.canvas import Canvas, arc, box, placed, smooth
from feeds.demo.art.cats import COATS, face
from feeds.demo.art.colours import darker, lighter, mix
from feeds.demo.art.food import egg
from feeds.demo.art.motifs import leaf, maple, pine, plant, pot, ridge, sky, sun

SKINS = ("#f3cfae", "#e8b78f", "#d9a077", "#b97d56", "#8a5a3c")
HAIRS = ("#2a2230", "#3a2a24", "#6b4329", "#a8652f", "#b9b3ae")
LONG_HAIR = [
    (0.24, 0.98),
    (0.2, 0.5),
    (0.3, 0.22),
    (0.5, 0.14),
    (0.7, 0.22),
    (0.8, 0.5),
    (0.76, 0.98),
]
SHOULDERS = [(0.08, 1.05), (0.16, 0.84), (0.36, 0.75), (0.64, 0.75), (0.84, 0.84), (0.92, 1.05)]
FRINGE = [
    (0.26, 0.5),
    (0.27, 0.28),
    (0.42, 0.17),
    (0.6, 0.17),
    (0.74, 0.3),
    (0.745, 0.5),
    (0.69, 0.36),
]


def _ground(c: Canvas) -> None:
    m = c.mood
    paint = c.rng.choice(
        (m.sky[0], m.sky[1], m.far, lighter(m.second, 0.35), lighter(m.accent, 0.55))
    )
    c.fill(box(0, 0, 1, c.h), paint)
    c.shade(box(0, 0, 1, c.h), darker(paint, 0.25), "down", 0.5)


def person(c: Canvas) -> None:
    """A friendly face without features of anybody."""
    _ground(c)
    skin, hair = c.rng.choice(SKINS), c.rng.choice(HAIRS)
    coat = c.rng.choice((c.mood.accent, c.mood.near, c.mood.leaf, c.mood.second))
    if c.rng.random() < 0.5:
        c.fill(smooth(LONG_HAIR), hair)
    body = smooth(SHOULDERS)
    c.fill(body, coat)
    c.shade(body, darker(coat, 0.5), "down", 0.6)
    c.fill(box(0.42, 0.62, 0.16, 0.18), darker(skin, 0.12))
    c.disc(0.5, 0.775, 0.08, darker(skin, 0.06), 0.05)
    c.disc(0.5, 0.48, 0.215, skin, 0.25)
    c.fill(smooth([*FRINGE, (c.near(0.5, 0.1), 0.31), (0.31, 0.37)], closed=True), hair)
    for side in (-1, 1):
        c.disc(0.5 + side * 0.085, 0.5, 0.021, "#2a2028", 0.026)
        c.disc(0.5 + side * 0.13, 0.57, 0.036, mix(skin, "#e8604a", 0.35), 0.024)
    c.line(arc(0.5, 0.575, 0.06, 25, 155), 0.014, mix(skin, "#7a2a24", 0.7))
    if c.rng.random() < 0.35:
        for side in (-1, 1):
            c.ring(0.5 + side * 0.092, 0.5, 0.07, 0.012, "#3a2f38")
        c.line([(0.478, 0.495), (0.522, 0.495)], 0.012, "#3a2f38")


def cat(c: Canvas) -> None:
    _ground(c)
    coat = COATS[c.detail] if c.detail in COATS else c.rng.choice(list(COATS.values()))
    face(c, 0.5, 0.56, coat)


def panda(c: Canvas) -> None:
    _ground(c)
    for side in (-1, 1):
        c.disc(0.5 + side * 0.24, 0.29, 0.11, "#2c2833")
    head = arc(0.5, 0.55, 0.34, 0, 360, 0.3)
    c.fill(head, "#fbf5ea")
    c.shade(head, "#b9a994", "down", 0.45)
    for side in (-1, 1):
        patch = placed(arc(0, 0, 0.085, 0, 360, 0.11), 0.5 + side * 0.135, 0.53, 1, side * 28)
        c.fill(patch, "#2c2833")
        c.disc(0.5 + side * 0.125, 0.52, 0.034, "#fffaf0")
        c.disc(0.5 + side * 0.12, 0.525, 0.022, "#17131b")
    c.disc(0.5, 0.64, 0.045, "#2c2833", 0.03)
    c.line(arc(0.5, 0.665, 0.06, 30, 150), 0.013, "#2c2833")


def bird(c: Canvas) -> None:
    _ground(c)
    coat = c.rng.choice((c.mood.accent, c.mood.near, "#4f8fb0", c.mood.second))
    c.fill([(0.2, 0.62), (0.02, 0.8), (0.12, 0.86), (0.3, 0.76)], darker(coat, 0.3))
    body = arc(0.5, 0.56, 0.3, 0, 360, 0.27)
    c.fill(body, coat)
    c.shade(body, darker(coat, 0.5), "down", 0.55)
    c.disc(0.58, 0.65, 0.2, lighter(coat, 0.65), 0.16)
    wing = placed(
        smooth([(-0.2, 0), (0, -0.12), (0.16, 0.02), (0, 0.13)], closed=True), 0.42, 0.58, 1, 20
    )
    c.fill(wing, darker(coat, 0.25))
    c.fill([(0.77, 0.45), (0.93, 0.5), (0.77, 0.55)], "#f2a53a")
    c.disc(0.66, 0.45, 0.035, "#201a22")
    c.disc(0.67, 0.44, 0.012, "#ffffff")
    c.line([(0.02, 0.9), (0.98, 0.86)], 0.03, "#6b4329")
    leaf(c, 0.85, 0.87, 0.16, 30, c.mood.leaf)


def red_leaf(c: Canvas) -> None:
    _ground(c)
    maple(c, 0.5, 0.62, 0.42, c.near(0, 18), c.rng.choice((c.mood.accent, "#c3301f", "#e0782b")))


def potted(c: Canvas) -> None:
    _ground(c)
    pot(c, 0.5, 0.92, 0.36, c.mood.accent)
    plant(c, 0.5, 0.64, 0.5, c.rng.choice(("snake", "bloom", "round")))


def hill(c: Canvas) -> None:
    sky(c)
    sun(c, 0.62, 0.36, 0.16)
    for i in range(3):
        c.fill(ridge(c, 0.62 + 0.13 * i, 0.3), mix(c.mood.far, c.mood.near, i / 2))
    pine(c, 0.26, 0.98, 0.42, darker(c.mood.near, 0.3))


def bowl(c: Canvas) -> None:
    _ground(c)
    body = [*arc(0.5, 0.52, 0.38, 0, 180, 0.36)]
    c.disc(0.5, 0.52, 0.38, "#f6dc9a", 0.13)
    for i in range(7):
        c.line(
            arc(0.3 + i * 0.065, 0.53, 0.09, 180, 360, 0.07), 0.02, ("#fbe9b8", "#e3b865")[i % 2]
        )
    egg(c, 0.62, 0.47, 0.11)
    leaf(c, 0.36, 0.52, 0.22, -20, "#5d9440")
    c.fill(body, c.mood.accent)
    c.shade(body, darker(c.mood.accent, 0.5), "down", 0.6)
    c.rect(0.38, 0.85, 0.24, 0.05, darker(c.mood.accent, 0.3), 0.01)


AVATARS = {
    "person": person,
    "cat": cat,
    "panda": panda,
    "bird": bird,
    "leaf": red_leaf,
    "plant": potted,
    "hill": hill,
    "bowl": bowl,
}
SCENES = AVATARS
