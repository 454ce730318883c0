"""Text as a picture: what a font can draw of it, and where its lines break. Knows no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from noto_cjk_sans_jp_bold import FONT_PATH
from PIL import ImageFont

# Noto Sans CJK: Latin, Greek, Cyrillic, Han, kana, Hangul. Of a Han character it has the shape of
# every region, and takes the one that the language of the text asks for.
NOTO = str(FONT_PATH)
# Scripts whose lines break between any two characters, and what stands at no end of a line.
HAN = r"\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
OPENING = r"(\[{“‘《〈「『（【"
CLOSING = r")\]}”’》〉」』）】、。，．！？；：…—～·!?,.;:%"
PIECE = re.compile(rf"[{OPENING}]*(?:[{HAN}]|[^\s{HAN}{OPENING}{CLOSING}]+)[{CLOSING}]*\s*|\S\s*")

Length = Callable[[str], float]
Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=32)
def font_of(size: int, file: str = "") -> Font:
    return ImageFont.truetype(file or NOTO, size)


def drawable(text: str, font: Font) -> str:
    """The text in one line, without the ornaments that the font lacks; "" if it lacks a letter."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    lacking = {char for char in text if not _has(font, char)}
    if any(unicodedata.category(char)[0] in "LMN" for char in lacking):
        return ""
    return " ".join("".join(char for char in text if char not in lacking).split())


def _has(font: Font, char: str) -> bool:
    """Whether the font draws it: what it lacks looks like what no font has."""
    return char.isspace() or _shape(font, char) != _shape(font, "\uffff")


@lru_cache(maxsize=4096)
def _shape(font: Font, char: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(char)
    return mask.size, bytes(mask)


def lines_of(text: str, width: float, most: int, length: Length) -> list[str]:
    """Return at most so many lines, none longer than the width; what is cut off ends in "…"."""
    lines = [""]
    for piece in PIECE.findall(text):
        for part in [piece] if length(piece.rstrip()) <= width else piece:
            if lines[-1] and length((lines[-1] + part).rstrip()) > width:
                lines.append("")
            lines[-1] += part
    shown = [line.rstrip() for line in lines[:most]]
    if len(lines) > most:
        while shown[-1] and length(shown[-1] + "…") > width:
            shown[-1] = shown[-1][:-1].rstrip()
        shown[-1] += "…"
    return shown


def fitted(
    text: str, width: float, sizes: tuple[tuple[int, int], ...], length_at: Callable[[int], Length]
) -> tuple[int, list[str]]:
    """Return the first size of (size, most lines) that holds the text, or the last; and lines."""
    for size, most in sizes:
        lines = lines_of(text, width, most, length_at(size))
        if not lines[-1].endswith("…") or text.endswith("…"):
            break
    return size, lines
