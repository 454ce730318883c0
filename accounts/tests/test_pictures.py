"""Pictures of strangers: upright, in sRGB, on paper, without metadata, and never half of one."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image, ImageCms

from accounts.pictures import BAD_PICTURE, check_picture, decode, encode, placeholder

Colour = tuple[int, int, int]
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
QUARTERS = [RED, GREEN, BLUE, WHITE]
FINE: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "PNG": {},
    "WEBP": {"lossless": True},
    "AVIF": {"quality": 100, "subsampling": "4:4:4"},
}
# What a camera held like this writes: the turn that orientation n makes good again.
HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(colour: Any, mode: str = "RGB", size: tuple[int, int] = (16, 16)) -> Image.Image:
    return Image.new(mode, size, colour)


def four_quarters() -> Image.Image:
    image = plain(WHITE, size=(64, 48))
    for colour, place in zip(QUARTERS, [(0, 0), (32, 0), (0, 24), (32, 24)], strict=True):
        image.paste(colour, (*place, place[0] + 32, place[1] + 24))
    return image


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("leaf", data)


def decoded(data: bytes, edge: int = 2000) -> Image.Image:
    return decode(io.BytesIO(data), edge)


def colour_at(image: Image.Image, x: int, y: int) -> Colour:
    """Each channel full, half or empty, so that what a codec rounds does not matter."""
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    red, green, blue = (round(channel / 127.5) * 255 // 2 for channel in pixel)
    return red, green, blue


@pytest.mark.parametrize("kind", FINE)
@pytest.mark.parametrize("orientation", HELD)
def test_a_picture_is_upright_however_the_camera_was_held(orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = HELD[orientation]
    held = four_quarters() if turn is None else four_quarters().transpose(turn)
    data = saved(held, kind, exif=exif, **FINE[kind])
    assert check_picture(upload(data)) == (64, 48)
    upright = decoded(data)
    assert upright.size == (64, 48)
    corners = [colour_at(upright, x, y) for y in (8, 40) for x in (8, 56)]
    assert corners == QUARTERS


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none_turns_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = decoded(saved(four_quarters(), "PNG", exif=exif))
    assert [colour_at(upright, x, y) for y in (8, 40) for x in (8, 56)] == QUARTERS


def profile_with_red_and_blue_exchanged() -> bytes:
    """sRGB, but whoever ignores it sees blue for red."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = struct.unpack(">I", made[128:132])[0]
    entries = [made[132 + 12 * n : 144 + 12 * n] for n in range(count)]
    other = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    table = b"".join(other.get(entry[:4], entry[:4]) + entry[4:] for entry in entries)
    return made[:132] + table + made[132 + len(table) :]


def lab_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


@pytest.mark.parametrize(
    ("profile", "seen"),
    [
        (lambda: ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), RED),
        (profile_with_red_and_blue_exchanged, BLUE),
        (lab_profile, RED),
        (lambda: b"nonsense", RED),
        (lambda: profile_with_red_and_blue_exchanged()[:200], RED),
    ],
    ids=["sRGB", "exchanged", "of another space", "nonsense", "cut off"],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_those_of_the_profile(
    profile: Callable[[], bytes], seen: Colour, kind: str
) -> None:
    picture = decoded(saved(plain(RED), kind, icc_profile=profile(), **FINE[kind]))
    assert colour_at(picture, 8, 8) == seen


def test_what_is_served_holds_pixels_and_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Ann's garden in Ohio"
    data = saved(
        four_quarters(),
        "JPEG",
        exif=exif,
        icc_profile=profile_with_red_and_blue_exchanged(),
        comment=b"Ann's garden in Ohio",
    )
    assert data.count(b"Ann's garden in Ohio") == 2
    served = encode(decoded(data))
    assert (served.count(b"Ohio"), served.count(b"EXIF"), served.count(b"ICCP")) == (0, 0, 0)
    assert Image.open(io.BytesIO(served)).format == "WEBP"


GREY = (127, 127, 127)


@pytest.mark.parametrize(
    ("image", "kind", "seen"),
    [
        (plain((0, 255, 255, 0), "CMYK"), "JPEG", RED),
        (plain(128, "L"), "JPEG", GREY),
        (plain(128, "L"), "PNG", GREY),
        (plain(0x8000, "I;16"), "PNG", GREY),
        (plain(0, "I;16"), "PNG", (0, 0, 0)),
        (plain(1, "1"), "PNG", WHITE),
        (plain((128, 0), "LA"), "PNG", WHITE),
        (plain((128, 255), "LA"), "PNG", GREY),
        (plain((255, 0, 0, 0), "RGBA"), "PNG", WHITE),
        (plain((255, 0, 0, 255), "RGBA"), "WEBP", RED),
        (plain((0, 0, 0, 128), "RGBA"), "WEBP", GREY),
        (plain((0, 0, 255, 0), "RGBA"), "AVIF", WHITE),
    ],
)
def test_every_kind_of_pixel_becomes_a_colour_on_white_paper(
    image: Image.Image, kind: str, seen: Colour
) -> None:
    picture = decoded(saved(image, kind))
    assert (picture.mode, colour_at(picture, 8, 8)) == ("RGB", seen)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
@pytest.mark.parametrize(("transparent", "seen"), [(0, WHITE), (1, RED)])
def test_a_transparent_place_of_a_palette_is_paper(
    kind: str, transparent: int, seen: Colour
) -> None:
    image = plain(0, "P")
    image.putpalette([*RED, *GREEN])
    image.putpixel((0, 0), 1)
    data = saved(image, kind, transparency=transparent)
    assert colour_at(decoded(data), 8, 8) == seen


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_a_moving_picture_the_first_moment_stays(kind: str) -> None:
    moments = [plain(colour) for colour in (BLUE, RED, GREEN)]
    data = saved(moments[0], kind, save_all=True, append_images=moments[1:], duration=100)
    assert getattr(Image.open(io.BytesIO(data)), "n_frames", 1) == 3
    assert check_picture(upload(data)) == (16, 16)
    assert colour_at(decoded(data), 8, 8) == BLUE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (17, 4001)])
def test_a_picture_of_any_shape_is_read_whole(kind: str, size: tuple[int, int]) -> None:
    data = saved(plain(WHITE, size=size), kind)
    assert check_picture(upload(data)) == size
    picture = decoded(data, 4001)
    assert (picture.size, Image.open(io.BytesIO(encode(picture))).size) == (size, size)


@pytest.mark.parametrize(("orientation", "shown"), [(1, (400, 300)), (6, (300, 400))])
def test_a_large_jpeg_is_decoded_no_larger_than_needed(
    orientation: int, shown: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(plain(WHITE, size=(1600, 1200)), "JPEG", exif=exif)
    assert decoded(data, 300).size == shown


def is_taken(data: bytes) -> bool:
    """Whether a picture passes both doors: the one at the upload and the one in the worker."""
    try:
        check_picture(upload(data))
        decoded(data)
    except (ValidationError, *BAD_PICTURE):
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("GIF", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {}),
    ],
)
def test_a_picture_without_its_end_is_never_taken_for_a_whole_one(
    kind: str, options: dict[str, Any]
) -> None:
    picture = Image.effect_mandelbrot((90, 70), (-2, -1, 1, 1), 60).convert("RGB")
    data = saved(picture, kind, **options)
    assert is_taken(data)
    cuts = {*range(0, len(data), max(1, len(data) // 60)), len(data) - 2, len(data) - 1}
    assert [cut for cut in sorted(cuts) if is_taken(data[:cut])] == []


WORDS = {
    "too_large": ("The picture is larger than 20 MB.", "图片超过了 20 MB。"),
    "too_many_pixels": ("The picture has more than 40 million pixels.", "图片超过了 4000 万像素。"),
    "invalid_image": (
        "This is not a picture we can read. Use JPEG, PNG, WebP, AVIF or GIF.",
        "无法识别这张图片，请使用 JPEG、PNG、WebP、AVIF 或 GIF。",
    ),
    "truncated": ("The picture is incomplete. Please upload it again.", "图片不完整，请重新上传。"),
}


@pytest.mark.parametrize("position", [0, 1], ids=["en", "zh"])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(plain(RED, size=(60, 60)), "BMP"), "too_large"),
        (saved(plain(RED, size=(200, 51))), "too_many_pixels"),
        (saved(plain(RED), "BMP"), "invalid_image"),
        (saved(plain(RED), "TIFF"), "invalid_image"),
        (b"", "invalid_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "invalid_image"),
        (b"\x89PNG\r\n\x1a\n", "invalid_image"),
        (saved(plain(RED), "JPEG")[:-2], "truncated"),
        (saved(plain(RED), "PNG")[:-1], "truncated"),
    ],
)
def test_a_refusal_says_why_in_the_readers_language(
    settings: LazySettings, data: bytes, code: str, position: int
) -> None:
    settings.IMAGE_MAX_BYTES, settings.IMAGE_MAX_PIXELS = 10_000, 10_000
    with override(("en", "zh-hans")[position]), pytest.raises(ValidationError) as refused:
        check_picture(upload(data))
    assert (refused.value.code, refused.value.message) == (code, WORDS[code][position])


def test_a_placeholder_is_a_tiny_picture_in_the_same_colours() -> None:
    uri = placeholder(four_quarters())
    kind, data = uri.split(",", 1)
    tiny = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (kind, tiny.size) == ("data:image/webp;base64", (16, 12))
    assert len(uri) < 500
