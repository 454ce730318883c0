"""Photos as a phone makes them: twelve megapixels, lying on their side, telling where one was."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image

WIDTH, HEIGHT = 4000, 3000
TURNED = 6  # the orientation of a phone held upright
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
MAPLE_RED = (190, 30, 45)
SECRET = "Redleaf Test Camera"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'.encode()


@cache
def phone_photo() -> bytes:
    """About 4 MB of JPEG: soft light, grain, a red corner, EXIF with GPS, XMP."""
    out = io.BytesIO()
    _scene(WIDTH, HEIGHT).save(out, "JPEG", quality=80, exif=_exif(), xmp=XMP)
    return out.getvalue()


@cache
def small_photo(shade: int = 0, width: int = 1200, height: int = 1600) -> bytes:
    """A quick one, in another hue for another `shade`."""
    out = io.BytesIO()
    _scene(width, height, shade).save(out, "JPEG", quality=80)
    return out.getvalue()


def _scene(width: int, height: int, shade: int = 0) -> Image.Image:
    light = Image.linear_gradient("L").resize((width, height))
    clouds = Image.effect_noise((width // 8, height // 8), 90).resize((width, height))
    grain = Image.effect_noise((width, height), 24)
    bands = [
        Image.blend(light, grain, 0.5),
        Image.blend(clouds, grain, 0.5),
        Image.blend(light.transpose(Image.Transpose.ROTATE_180), clouds, 0.5),
    ]
    bands = bands[shade % 3 :] + bands[: shade % 3]
    scene = Image.merge("RGB", bands)
    scene.paste(MAPLE_RED, (0, 0, width // 4, height // 4))
    return scene


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif[MAKE] = SECRET
    exif[GPS] = {1: "N", 2: (30.0, 15.0, 36.0), 3: "E", 4: (120.0, 9.0, 0.0)}  # Hangzhou
    return exif


def chunks_of(webp: bytes) -> set[bytes]:
    """The names of the parts of a WebP file: metadata would be EXIF, XMP or ICCP."""
    assert (webp[:4], webp[8:12]) == (b"RIFF", b"WEBP")
    names, at = set(), 12
    while at < len(webp):
        names.add(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return names
