"""A canvas measured in widths of the picture, painted at twice its size, printed on paper."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PIL.Image import Resampling

from feeds.demo.art.colours import Mood, Paint, rgba

SUPER = 2
QUALITY = 88
NOISE = (1_200, 1_600)
EDGE = 178
Point = tuple[float, float]
_UPRIGHT = {
    "left": Image.Transpose.ROTATE_270,
    "right": Image.Transpose.ROTATE_90,
    "up": Image.Transpose.ROTATE_180,
}


@cache
def noise() -> Image.Image:
    """Grain in dots of one pixel of the finished picture, the same on every machine."""
    edge = 400
    dots = random.Random(8).randbytes(edge * edge)  # noqa: S311 - paint, not secrets
    tile = Image.frombytes("L", (edge, edge), dots)
    sheet = Image.new("L", NOISE)
    for left in range(0, NOISE[0], tile.width):
        for top in range(0, NOISE[1], tile.height):
            sheet.paste(tile, (left, top))
    return sheet


@cache
def paper(size: tuple[int, int]) -> Image.Image:
    """The light and dark of paper, to multiply a picture with."""
    fine = noise().crop((0, 0, *size))
    fibres = fine.reduce(3).filter(ImageFilter.GaussianBlur(1.2))
    fibres = fibres.resize(size, Resampling.BICUBIC).point(
        [max(0, min(255, 128 + (v - 128) * 3)) for v in range(256)]
    )
    sheet = Image.blend(fine, fibres, 0.65).point([243 + v * 12 // 255 for v in range(256)])
    return Image.merge("RGB", (sheet, sheet, sheet))


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 8) -> list[Point]:
    """A curve through the points (Catmull-Rom)."""
    knots = [points[-1], *points, points[0], points[1]] if closed else list(points)
    knots = knots if closed else [knots[0], *knots, knots[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        curve += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    weights = (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (-(t**2) + t**3) / 2,
    )
    four = list(zip(weights, (a, b, c, d), strict=True))
    return sum(w * p[0] for w, p in four), sum(w * p[1] for w, p in four)


def arc(x: float, y: float, r: float, start: float, end: float, ry: float = 0) -> list[Point]:
    """Points of an arc; degrees, clockwise, 0 is to the right."""
    count = max(6, round(abs(end - start) / 5))
    turns = (math.radians(start + (end - start) * i / count) for i in range(count + 1))
    return [(x + r * math.cos(turn), y + (ry or r) * math.sin(turn)) for turn in turns]


def box(x: float, y: float, w: float, h: float) -> list[Point]:
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def placed(
    shape: Iterable[Point], x: float, y: float, size: float = 1, turn: float = 0
) -> list[Point]:
    """A shape moved to (x, y), enlarged, and turned by degrees."""
    cos, sin = math.cos(math.radians(turn)) * size, math.sin(math.radians(turn)) * size
    return [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in shape]


@cache
def _ramp(strength: float) -> Image.Image:
    """From nothing at the top to `strength` at the bottom."""
    return Image.linear_gradient("L").point([round(v * strength) for v in range(256)])


class Canvas:
    """x runs from 0 to 1, y from 0 to `h`; so a circle is a circle."""

    def __init__(self, width: int, ratio: float, seed: str, mood: Mood, detail: str = "") -> None:
        self.rng = random.Random(seed)  # noqa: S311 - paint, not secrets
        self.h, self.mood, self.detail = ratio, mood, detail
        self._k = width * SUPER
        self.image = Image.new("RGB", (self._k, round(width * ratio) * SUPER), mood.paper)
        self._veil = ImageDraw.Draw(self.image, "RGBA")
        self._cover = ImageDraw.Draw(self.image)

    def near(self, middle: float, spread: float) -> float:
        """A number that differs from picture to picture."""
        return middle + self.rng.uniform(-spread, spread)

    def _draw(self, paint: Paint) -> ImageDraw.ImageDraw:
        """The brush for a paint; one that cannot be seen through is much faster."""
        return self._cover if rgba(paint)[3] == 255 else self._veil

    def _px(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self._k, y * self._k) for x, y in points]

    def fill(self, points: Sequence[Point], paint: Paint) -> None:
        self._draw(paint).polygon(self._px(points), fill=rgba(paint))

    def disc(self, x: float, y: float, r: float, paint: Paint, ry: float = 0) -> None:
        (left, top), (right, bottom) = self._px([(x - r, y - (ry or r)), (x + r, y + (ry or r))])
        self._draw(paint).ellipse((left, top, right, bottom), fill=rgba(paint))

    def ring(self, x: float, y: float, r: float, width: float, paint: Paint) -> None:
        (left, top), (right, bottom) = self._px([(x - r, y - r), (x + r, y + r)])
        line = max(1, round(width * self._k))
        self._draw(paint).ellipse((left, top, right, bottom), outline=rgba(paint), width=line)

    def rect(
        self, x: float, y: float, w: float, h: float, paint: Paint, round_by: float = 0
    ) -> None:
        (left, top), (right, bottom) = self._px([(x, y), (x + w, y + h)])
        self._draw(paint).rounded_rectangle(
            (left, top, max(left, right), max(top, bottom)), round_by * self._k, fill=rgba(paint)
        )

    def line(self, points: Sequence[Point], width: float, paint: Paint) -> None:
        self._draw(paint).line(
            self._px(points), fill=rgba(paint), width=max(1, round(width * self._k)), joint="curve"
        )

    def stroke(self, points: Sequence[Point], widths: Sequence[float], paint: Paint) -> None:
        """A brush stroke along a smooth curve whose width changes on the way."""
        curve = smooth(points)
        left: list[Point] = []
        right: list[Point] = []
        for i, (x, y) in enumerate(curve):
            (ax, ay), (bx, by) = curve[max(0, i - 1)], curve[min(len(curve) - 1, i + 1)]
            long = math.hypot(bx - ax, by - ay) or 1
            half = _along(widths, i / (len(curve) - 1)) / 2
            nx, ny = (ay - by) / long * half, (bx - ax) / long * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.fill([*left, *reversed(right)], paint)
        if rgba(paint)[3] == 255:
            for (x, y), width in ((curve[0], widths[0]), (curve[-1], widths[-1])):
                self.disc(x, y, width / 2, paint)

    def wash(self, paints: Sequence[Paint], top: float = 0, bottom: float = 0) -> None:
        """Colours flowing into each other from top to bottom."""
        column = Image.new("RGB", (1, len(paints)))
        for i, paint in enumerate(paints):
            column.putpixel((0, i), rgba(paint)[:3])
        first, last = round(top * self._k), round((bottom or self.h) * self._k)
        whole = (0.0, 0.5, 1.0, len(paints) - 0.5)
        tall = column.resize((1, max(1, last - first)), Resampling.BILINEAR, box=whole)
        self.image.paste(tall.resize((self._k, tall.height), Resampling.NEAREST), (0, first))

    def glow(self, x: float, y: float, r: float, paint: Paint, strength: float = 0.6) -> None:
        """Light that fades towards the edge of a circle."""
        # The gradient of Pillow is as bright as EDGE where the circle ends.
        shares = [max(0.0, 1 - v / EDGE) for v in range(256)]
        level = [round(255 * strength * share**1.5) for share in shares]
        edge = max(2, round(r * 2 * self._k))
        disc = Image.radial_gradient("L").point(level)
        mask = disc.resize((edge, edge), Resampling.BILINEAR)
        self._paste(paint, round((x - r) * self._k), round((y - r) * self._k), mask)

    def fog(self, top: float, bottom: float, paint: Paint, strength: float = 0.8) -> None:
        """A veil that thickens downwards."""
        size = (self._k, max(1, round((bottom - top) * self._k)))
        column = _ramp(strength).resize((1, size[1]), Resampling.BILINEAR)
        self._paste(paint, 0, round(top * self._k), column.resize(size, Resampling.NEAREST))

    def soft(self, points: Sequence[Point], paint: Paint, blur: float) -> None:
        """A shape without an edge: shadow, steam, cloud. Opacity comes from the paint."""
        small = 8
        reach = blur * 2.5
        left, top = min(p[0] for p in points) - reach, min(p[1] for p in points) - reach
        right, bottom = max(p[0] for p in points) + reach, max(p[1] for p in points) + reach
        scale = self._k / small
        size = (max(2, int((right - left) * scale)), max(2, int((bottom - top) * scale)))
        mask = Image.new("L", size)
        shape = [((x - left) * scale, (y - top) * scale) for x, y in points]
        ImageDraw.Draw(mask).polygon(shape, fill=rgba(paint)[3])
        mask = mask.filter(ImageFilter.GaussianBlur(blur * scale))
        big = mask.resize((size[0] * small, size[1] * small), Resampling.BILINEAR)
        self._paste(paint, round(left * self._k), round(top * self._k), big)

    def shade(
        self, points: Sequence[Point], paint: Paint, side: str = "down", strength: float = 0.6
    ) -> None:
        """Stipple a shape with grain that thickens towards one side."""
        # Worked out at the size of the finished picture: a quarter of the dots.
        pixels = [(x / SUPER, y / SUPER) for x, y in self._px(points)]
        xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
        left, top = max(0, int(min(xs))), max(0, int(min(ys)))
        right = min(self.image.width // SUPER, int(max(xs)) + 1)
        bottom = min(self.image.height // SUPER, int(max(ys)) + 1)
        if right - left < 2 or bottom - top < 2:
            return
        size = (right - left, bottom - top)
        ramp = _ramp(strength)
        ramp = ramp.transpose(_UPRIGHT[side]) if side in _UPRIGHT else ramp
        grain = noise().crop((left, top, right, bottom))
        thick = ImageChops.add(ramp.resize(size, Resampling.BILINEAR), grain, 1, -255)
        mask = Image.new("1", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=1)
        dots = ImageChops.logical_and(mask, thick.point([0] + [255] * 255, "1"))
        fine = dots.resize((size[0] * SUPER, size[1] * SUPER), Resampling.NEAREST)
        self._paste(paint, left * SUPER, top * SUPER, fine)

    def _paste(self, paint: Paint, left: int, top: int, mask: Image.Image) -> None:
        self.image.paste(rgba(paint)[:3], (left, top), mask)

    def printed(self) -> Image.Image:
        """The picture at its own size, on paper."""
        picture = self.image.reduce(SUPER)
        return ImageChops.multiply(picture, paper(picture.size))


def _along(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    first = min(int(place), len(values) - 2)
    return values[first] + (values[first + 1] - values[first]) * (place - first)


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
