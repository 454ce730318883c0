"""Works on paper and cloth: paper-cuts, quilts, ink, maps, a mended bowl."""

from __future__ import annotations

import math

from feeds.demo.art.canvas import Canvas, Point, arc, box, placed, smooth
from feeds.demo.art.colours import Paint, darker, fade, lighter
from feeds.demo.art.motifs import leaf, maple

Patch = tuple[Paint, Paint, Paint]


def papercut(c: Canvas) -> None:
    """A window flower: a round red paper-cut with many-fold symmetry."""
    m = c.mood
    red = {"red": "#c3281c", "deep": m.near}.get(c.detail, m.accent)
    sheet = lighter(m.paper, 0.4)
    c.fill(box(0, 0, 1, c.h), sheet)
    c.shade(box(0, 0, 1, c.h), darker(m.paper, 0.18), "down", 0.4)
    x, y, r, folds = 0.5, c.h * 0.5, min(0.43, c.h * 0.43), c.rng.choice((8, 10, 12))
    rim = [
        p
        for i in range(folds * 3)
        for p in _scallop(x, y, r, i * 360 / (folds * 3), 360 / (folds * 3))
    ]
    c.soft([(a + 0.008, b + 0.012) for a, b in rim], fade("#3a2a20", 0.35), 0.01)
    c.fill(rim, red)
    for ring in range(4):
        kind, reach = c.rng.randrange(5), r * (0.86 - ring * 0.205)
        for i in range(folds):
            turn = (i + (ring % 2) / 2) * 360 / folds
            _cut(c, (x, y), reach, turn, kind, sheet, r * 3.6 * (1 - ring * 0.19) / folds)
    c.disc(x, y, r * 0.13, sheet)
    for i in range(8):
        leaf(c, x, y, r * 0.12, i * 45, red)


def _scallop(x: float, y: float, r: float, turn: float, step: float) -> list[Point]:
    (a, b) = arc(x, y, r, turn + step / 2, turn + step / 2 + 1)[0]
    size = r * math.radians(step) * 0.52
    return arc(a, b, size, turn + step / 2 - 90, turn + step / 2 + 90)


def _cut(
    c: Canvas, at: Point, reach: float, turn: float, kind: int, paint: Paint, size: float
) -> None:
    """One hole of the pattern; kinds are petal, drop, eye, leaf pair and comb."""
    x, y = placed([(0, -reach)], *at, 1, turn)[0]
    if kind == 0:
        petal = smooth([(0, 0.3), (0.22, 0), (0, -0.34), (-0.22, 0)], closed=True)
        c.fill(placed(petal, x, y, size, turn), paint)
    elif kind == 1:
        drop = smooth([(0, -0.36), (0.17, 0.12), (0, 0.28), (-0.17, 0.12)], closed=True)
        c.fill(placed(drop, x, y, size, turn), paint)
        c.disc(*placed([(0, 0.42)], x, y, size, turn)[0], size * 0.07, paint)
    elif kind == 2:
        c.ring(x, y, size * 0.24, size * 0.07, paint)
        c.disc(x, y, size * 0.1, paint)
    elif kind == 3:
        for side in (-1, 1):
            moon = smooth([(0.05, 0.25), (0.3, 0.0), (0.26, -0.3), (0.14, -0.04)], closed=True)
            c.fill(placed([(a * side, b) for a, b in moon], x, y, size, turn), paint)
    else:
        for i in range(-2, 3):
            tooth = placed(
                [
                    (i * 0.13 - 0.035, 0.2),
                    (i * 0.13, -0.3 + abs(i) * 0.09),
                    (i * 0.13 + 0.035, 0.2),
                ],
                x,
                y,
                size,
                turn,
            )
            c.fill(tooth, paint)


def quilt(c: Canvas) -> None:
    """Patchwork with stitches."""
    m = c.mood
    count = c.rng.choice((4, 5))
    size = 1 / count
    paints: list[Paint] = [m.accent, m.second, m.near, m.leaf, m.far, m.paper, m.sky[0]]
    paints.append(lighter(m.accent, 0.5))
    kinds = c.rng.sample(range(5), 3)
    for row in range(math.ceil(c.h / size)):
        for column in range(count):
            one, other, third = c.rng.sample(paints, 3)
            _patch(
                c, column * size, row * size, size, (one, other, third), kinds[(row + column) % 3]
            )
    for i in range(1, max(count, math.ceil(c.h / size))):
        for line in ([(i * size, 0.0), (i * size, c.h)], [(0.0, i * size), (1.0, i * size)]):
            c.line(line, 0.006, fade(m.ink, 0.3))
            _stitch(c, line, m.paper)


def _patch(c: Canvas, x: float, y: float, s: float, paints: Patch, kind: int) -> None:
    c.fill(box(x, y, s, s), paints[0])
    PATCHES[kind](c, x + s / 2, y + s / 2, s, paints)
    side = c.rng.choice(("down", "right"))
    c.shade(box(x, y, s, s), darker(paints[0], 0.5), side, 0.35)


def _star(c: Canvas, x: float, y: float, s: float, paints: Patch) -> None:
    for i in range(8):
        point = placed([(0, 0), (0.17, -0.25), (0, -0.48), (-0.17, -0.25)], x, y, s, i * 45)
        c.fill(point, paints[1 + i % 2])


def _stripes(c: Canvas, x: float, y: float, s: float, paints: Patch) -> None:
    for i in range(4):
        a, b = i / 4 - 0.5, 0.5 - i / 4
        low = [(-0.5, a), (b, 0.5), (b - 0.12, 0.5), (-0.5, a + 0.12)]
        c.fill(placed(low, x, y, s), paints[1])
        c.fill(placed([(v, u) for u, v in low], x, y, s), paints[2])


def _squares(c: Canvas, x: float, y: float, s: float, paints: Patch) -> None:
    for i in range(4):
        edge = 0.46 - i * 0.115
        square = placed(box(-edge, -edge, edge * 2, edge * 2), x, y, s, 45 * (i % 2))
        c.fill(square, paints[(i + 1) % 3])


def _dots(c: Canvas, x: float, y: float, s: float, paints: Patch) -> None:
    for dot in placed(
        [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25), (0, 0)], x, y, s
    ):
        c.disc(*dot, s * 0.13, paints[1])
        c.disc(*dot, s * 0.06, paints[2])


def _leaf(c: Canvas, x: float, y: float, s: float, paints: Patch) -> None:
    maple(c, x, y + s * 0.12, s * 0.42, 0, paints[1])


PATCHES = (_star, _stripes, _squares, _dots, _leaf)


def _stitch(c: Canvas, line: list[Point], paint: Paint) -> None:
    (ax, ay), (bx, by) = line
    count = 46
    for i in range(count):
        for side in (-0.009, 0.009):
            s, e = i / count, (i + 0.55) / count
            dx, dy = (side, 0) if ax == bx else (0, side)
            c.line(
                [
                    (ax + (bx - ax) * s + dx, ay + (by - ay) * s + dy),
                    (ax + (bx - ax) * e + dx, ay + (by - ay) * e + dy),
                ],
                0.0026,
                fade(paint, 0.85),
            )


SCENES = {
    "papercut": papercut,
    "quilt": quilt,
}
