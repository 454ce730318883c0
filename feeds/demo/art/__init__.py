"""Pictures drawn by the project's own code: flat landscapes, tables, cats, paper-cuts."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from feeds.demo.art import (
    cats,
    food,
    home,
    ink,
    keepsakes,
    land,
    pond,
    table,
    town,
    water,
    wheels,
    winter,
)
from feeds.demo.art import paper as paper_works
from feeds.demo.art.avatars import AVATARS
from feeds.demo.art.canvas import Canvas, jpeg
from feeds.demo.art.colours import MOODS

Painter = Callable[[Canvas], None]

MODULES = (
    *(land, water, pond, winter, town, wheels, table, food),
    *(cats, home, paper_works, ink, keepsakes),
)
SCENES: dict[str, Painter] = {
    name: painter for module in MODULES for name, painter in module.SCENES.items()
}
RATIOS = (4 / 3, 4 / 3, 4 / 3, 5 / 4, 5 / 4, 1.0, 3 / 4)
COVER_WIDTH, LATER_WIDTH = 800, 600
AVATAR_WIDTH = 512


@dataclass(frozen=True, slots=True)
class Sketch:
    """What to paint; the same sketch is the same picture, to the byte."""

    scene: str
    mood: str
    detail: str
    seed: str
    in_set: bool = False  # one of many, all square
    width: int = COVER_WIDTH


def paint(sketch: Sketch) -> bytes:
    """A picture as JPEG."""
    ratio = 1.0 if sketch.in_set else random.Random(f"ratio {sketch.seed}").choice(RATIOS)  # noqa: S311
    canvas = Canvas(sketch.width, ratio, sketch.seed, MOODS[sketch.mood], sketch.detail)
    SCENES[sketch.scene](canvas)
    return jpeg(canvas.printed())


def paint_avatar(sketch: Sketch) -> bytes:
    """A square avatar as JPEG."""
    canvas = Canvas(AVATAR_WIDTH, 1.0, sketch.seed, MOODS[sketch.mood], sketch.detail)
    AVATARS[sketch.scene](canvas)
    return jpeg(canvas.printed())
