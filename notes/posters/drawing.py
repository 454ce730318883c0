"""Drawing a poster: 1200 x 630 pixels, the size that Open Graph (https://ogp.me) is shown at."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageOps

from notes.posters.lettering import Font, Length, drawable, fitted, font_of, lines_of

WIDTH, HEIGHT = 1200, 630
MARGIN = 56
# The tokens of static/css/tokens.css, as sRGB.
PAPER, INK, QUIET, MAPLE, BLUSH = "#fdfcfa", "#2a201c", "#665c57", "#b93a35", "#ffecea"
# Of drawn avatars, by the last digit of the id, as in static/css/card.css.
HUES = (30, 70, 130, 190, 250, 320, 70, 130, 190, 250)
NARROWEST, WIDEST = 440, 600
TITLE_SIZES = ((60, 4), (50, 5), (42, 6))
LEADING = 1.36
SMALL, SMALLER = 28, 24
FACE = 64
GAP = 6  # between the pictures of a mosaic
LEAF = 52


@dataclass(frozen=True, slots=True)
class Poster:
    """What is drawn. A name and a title that no font can draw are left out."""

    cover: Image.Image
    title: str
    name: str
    language: str = ""
    face: Image.Image | None = None
    # A second line at the foot: how much of what there is.
    facts: str = ""


def draw(poster: Poster) -> bytes:
    """Return the poster as a JPEG, which every reader of links knows."""
    title = drawable(poster.title, _font(SMALL))
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    if not title:
        sheet.paste(ImageOps.fit(poster.cover, (WIDTH, HEIGHT)))
        return _jpeg(sheet)
    aspect = poster.cover.width / poster.cover.height
    left = round(min(max(HEIGHT * aspect, NARROWEST), WIDEST))
    sheet.paste(ImageOps.fit(poster.cover, (left, HEIGHT)))
    _write(sheet, left + MARGIN, title, poster)
    return _jpeg(sheet)


def draw_site(title: str, words: str) -> bytes:
    """The poster of whatever has none of its own: the leaf, and what this place is."""
    return draw(Poster(mosaic(()), title, words))


def mosaic(pictures: Sequence[Image.Image]) -> Image.Image:
    """Up to four pictures as one cover; the leaf where there are none."""
    if not pictures:
        cover = Image.new("RGB", (NARROWEST, HEIGHT), BLUSH)
        leaf = _leaf(260)
        cover.paste(leaf, ((NARROWEST - 260) // 2, (HEIGHT - 260) // 2), leaf)
        return cover
    cover = Image.new("RGB", (WIDEST, HEIGHT), PAPER)
    rows = {1: (1,), 2: (1, 1), 3: (1, 2)}.get(len(pictures), (2, 2))
    tall, left = (HEIGHT - GAP * (len(rows) - 1)) // len(rows), list(pictures)
    for row, count in enumerate(rows):
        wide = (WIDEST - GAP * (count - 1)) // count
        for column in range(count):
            piece = ImageOps.fit(left.pop(0), (wide, tall))
            cover.paste(piece, (column * (wide + GAP), row * (tall + GAP)))
    return cover


def drawn_face(name: str, number: int) -> Image.Image:
    """The avatar of who has none: the first letter of the name on a colour."""
    hue = HUES[number % 10]
    face = Image.new("RGB", (FACE * 2, FACE * 2), f"hsl({hue}, 45%, 86%)")
    if letter := drawable(name[:1].upper(), _font(FACE)):
        pen = ImageDraw.Draw(face)
        pen.text((FACE, FACE), letter, f"hsl({hue}, 40%, 30%)", _font(FACE), "mm")
    return face


def _write(sheet: Image.Image, x: int, title: str, poster: Poster) -> None:
    """The mark on top, the title below it, who wrote it at the foot."""
    pen = ImageDraw.Draw(sheet)
    leaf = _leaf(LEAF)
    sheet.paste(leaf, (x, MARGIN - 6), leaf)
    pen.text((x + LEAF + 14, MARGIN + 22), "Redleaf 红叶", MAPLE, _font(SMALL), "lm")
    width = WIDTH - MARGIN - x
    size, lines = fitted(title, width, TITLE_SIZES, lambda size: _length(size, poster.language))
    y = MARGIN + LEAF + 44
    for line in lines:
        pen.text((x, y), line, INK, _font(size), language=_tag(poster.language))
        y += round(size * LEADING)
    foot = HEIGHT - MARGIN - FACE
    if poster.face:
        face = ImageOps.fit(poster.face, (FACE, FACE))
        sheet.paste(face, (x, foot), _disc(FACE))
        x += FACE + 18
    name = drawable(poster.name, _font(SMALL))
    half = FACE // 2
    heights = (foot + half - 17, foot + half + 19) if poster.facts else (foot + half, 0)
    for text, size, y in zip((name, poster.facts), (SMALL, SMALLER), heights, strict=True):
        line = lines_of(text, WIDTH - MARGIN - x, 1, _length(size, ""))[0]
        pen.text((x, y), line, QUIET, _font(size), "lm")


def _font(size: int) -> Font:
    return font_of(size, settings.POSTER_FONT)


def _length(size: int, language: str) -> Length:
    return lambda text: _font(size).getlength(text, language=_tag(language))


def _tag(language: str) -> str:
    """The font draws Han characters as in Japan unless it is told otherwise."""
    return "en" if language == "en" else "zh-Hans"


@cache
def _leaf(size: int) -> Image.Image:
    """The mark, out of the icon of the app."""
    icon = Image.open(settings.BASE_DIR / "static" / "img" / "app-512.png").convert("RGBA")
    return icon.resize((size, size), Image.Resampling.LANCZOS)


@cache
def _disc(size: int) -> Image.Image:
    mask = Image.new("L", (size * 4, size * 4))
    ImageDraw.Draw(mask).ellipse((0, 0, size * 4, size * 4), 255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _jpeg(sheet: Image.Image) -> bytes:
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=86, progressive=True, optimize=True)
    return out.getvalue()
