"""Files that strangers send: whatever they hold, the answer is a picture or a refusal in words."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from accounts.pictures import BAD_PICTURE, FORMATS, check_picture, decode, encode, is_truncated
from conftest import picture_bytes
from tests.properties import TRY

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
WHOLE = {kind: picture_bytes(48, 36, kind) for kind in KINDS}
# What Pillow would open, were it not told which formats to read.
FOREIGN = ("BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "ICNS", "JPEG2000", "DDS", "SGI")
FEW = settings(parent=TRY, max_examples=max(TRY.max_examples // 2, 10))


def sent(data: bytes, name: str = "leaf.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def code_of(data: bytes) -> str:
    """The code of the refusal, or "" for a picture."""
    try:
        width, height = check_picture(sent(data))
    except ValidationError as refused:
        return str(refused.code)
    assert width > 0
    assert height > 0
    return ""


def foreign(kind: str) -> bytes:
    out = io.BytesIO()
    try:
        Image.new("RGB", (32, 32)).save(out, kind)
    except (OSError, KeyError, ValueError):
        pytest.skip(f"this Pillow writes no {kind}")
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["leaf.jpg", "leaf.svg", "leaf", "红叶.png", "../../etc/passwd"])
def test_a_picture_is_known_by_what_it_is_and_not_by_its_name(kind: str, name: str) -> None:
    assert check_picture(sent(WHOLE[kind], name)) == (48, 36)


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_else_pillow_could_read_is_refused(kind: str) -> None:
    assert code_of(foreign(kind)) == "invalid_image"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"PK\x03\x04",
        b"<?php echo 1;",
    ],
)
def test_the_beginning_of_a_picture_is_no_picture(data: bytes) -> None:
    assert code_of(data) in ("invalid_image", "truncated")


def test_a_photo_that_ends_before_its_pixels_begin_is_cut_off() -> None:
    whole = WHOLE["JPEG"]
    assert code_of(whole[: whole.index(b"\xff\xda")]) == "truncated"


def test_an_avif_whose_pixels_are_damaged_is_a_bad_picture() -> None:
    data = bytearray(WHOLE["AVIF"])
    data[-20:] = bytes(20)
    with pytest.raises(BAD_PICTURE):
        decode(io.BytesIO(bytes(data)), 360)


@given(st.binary(max_size=200))
@TRY
def test_noise_is_refused(noise: bytes) -> None:
    assert code_of(noise) == "invalid_image"


@pytest.mark.parametrize("kind", KINDS)
@given(end=st.integers(0, 10_000))
@FEW
def test_what_is_cut_off_anywhere_is_refused(kind: str, end: int) -> None:
    whole = WHOLE[kind]
    part = whole[: end % len(whole)]
    if kind in ("GIF", "AVIF") and code_of(part) == "":
        return  # decoding finds out, below
    assert code_of(part) in ("invalid_image", "truncated")


@pytest.mark.parametrize("kind", KINDS)
@given(places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8))
@FEW
def test_a_damaged_picture_is_read_or_refused_and_never_breaks(
    kind: str, places: list[tuple[int, int]]
) -> None:
    data = bytearray(WHOLE[kind])
    for place, value in places:
        data[place % len(data)] = value
    code_of(bytes(data))
    try:
        picture = decode(io.BytesIO(bytes(data)), 360)
    except BAD_PICTURE:
        return
    assert picture.mode == "RGB"
    assert encode(picture)[8:12] == b"WEBP"


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_is_whole_with_something_behind_it(kind: str) -> None:
    """Cameras and editors leave words of their own behind the end."""
    assert not is_truncated(io.BytesIO(WHOLE[kind]), kind)
    assert code_of(WHOLE[kind] + b"maker's note") == ""


def bomb(width: int, height: int) -> bytes:
    """The header of a PNG of this size, and a file that ends as one does."""
    data = bytearray(picture_bytes(1, 1, "PNG"))
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [
        (8_000, 5_000, ""),
        (8_001, 5_000, "too_many_pixels"),
        (1, 40_000_000, ""),
        (12_000, 12_000, "too_many_pixels"),
        (2**31 - 1, 2**31 - 1, "too_many_pixels"),
        (0, 10, "invalid_image"),
    ],
)
def test_pixels_are_counted_before_one_is_read(width: int, height: int, code: str) -> None:
    assert code_of(bomb(width, height)) == code


def test_a_file_is_weighed_before_it_is_opened(settings: Any) -> None:
    settings.IMAGE_MAX_BYTES = len(WHOLE["PNG"])
    assert code_of(WHOLE["PNG"]) == ""
    assert code_of(WHOLE["PNG"] + b"x") == "too_large"
    assert code_of(b"x" * (len(WHOLE["PNG"]) + 1)) == "too_large"


def test_pillow_is_strict_about_what_is_missing() -> None:
    """Some library could have told it to fill in grey."""
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
    assert set(FORMATS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_can_be_read_again_after_it_was_checked(kind: str) -> None:
    file = sent(WHOLE[kind])
    check_picture(file)
    assert file.read() == WHOLE[kind]
