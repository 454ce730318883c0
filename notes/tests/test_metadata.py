"""No picture that is served tells where, when, by whom or with what it was taken."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from PIL import ImageCms, PngImagePlugin

from accounts.actions import change_avatar
from accounts.models import User
from accounts.rendering import render_avatar_of
from conftest import picture_bytes
from notes.actions import create_board, save_note, upload_image
from notes.models import Image
from notes.rendering import render_image
from notes.tests.rows import note_of

pytestmark = pytest.mark.django_db
CANARY = b"canary-where-Mei-lives"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>' + CANARY + b"</rdf></x:xmpmeta>"


def exif() -> Picture.Exif:
    """The place, the camera, a comment, a thumbnail's worth of text."""
    data = Picture.Exif()
    data[0x010E] = data[0x010F] = data[0x9286] = CANARY.decode()
    gps = data.get_ifd(0x8825)
    gps[1], gps[2], gps[29] = "N", (30.0, 15.0, 0.0), CANARY.decode()
    return data


def profile() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + CANARY


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def jpeg() -> bytes:
    plain = picture_bytes(
        2000, 1500, "JPEG", exif=exif(), xmp=XMP, comment=CANARY, icc_profile=profile()
    )
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0" + bytes([len(CANARY) + 5])
    iptc += b"\x1c\x02\x78\0" + bytes([len(CANARY)]) + CANARY
    return plain[:2] + segment(0xED, iptc) + plain[2:] + CANARY


def png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", CANARY.decode())
    texts.add_text("Zipped", CANARY.decode() * 9, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return (
        picture_bytes(2000, 1500, "PNG", pnginfo=texts, exif=exif(), icc_profile=profile()) + CANARY
    )


def webp() -> bytes:
    return picture_bytes(2000, 1500, "WEBP", exif=exif(), xmp=XMP, icc_profile=profile())


def avif() -> bytes:
    return picture_bytes(2000, 1500, "AVIF", exif=exif(), xmp=XMP, icc_profile=profile(), speed=10)


def gif() -> bytes:
    return picture_bytes(2000, 1500, "GIF", comment=CANARY) + CANARY


KINDS: dict[str, Callable[[], bytes]] = {
    "jpg": jpeg, "png": png, "webp": webp, "avif": avif, "gif": gif,
}  # fmt: skip


def holds_the_canary(data: bytes) -> bool:
    return CANARY in data or CANARY in _unzipped(data)


def _unzipped(data: bytes) -> bytes:
    at = data.find(b"zTXt")
    return zlib.decompress(data[data.index(b"\0", at) + 2 :]) if at > 0 else b""


def check(data: bytes) -> None:
    """Nothing but the pixels: only the chunks that draw them, and nothing planted."""
    assert not holds_the_canary(data)
    shown = Picture.open(io.BytesIO(data))
    assert set(shown.info) <= {"loop", "background", "timestamp", "duration"}
    assert dict(shown.getexif()) == {}
    for chunk in (b"EXIF", b"XMP ", b"ICCP"):
        assert chunk not in data[:64]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_there(kind: str) -> None:
    """A test that nothing leaks holds something that could leak."""
    assert holds_the_canary(KINDS[kind]())


@pytest.mark.parametrize("kind", KINDS)
def test_no_rendition_holds_what_was_planted(ann: User, kind: str) -> None:
    image = upload_image(ann, SimpleUploadedFile(f"leaf.{kind}", KINDS[kind]()))
    original = image.incoming
    render_image(image.pk)
    image.refresh_from_db()
    assert image.status == "ready"
    for width in image.WIDTHS:
        with default_storage.open(image.file_name(width)) as file:
            check(file.read())
    assert CANARY.decode() not in image.placeholder
    assert not default_storage.exists(original)


def test_neither_the_poster_nor_the_cover_of_a_board_holds_what_was_planted(
    client: Client, ann: User
) -> None:
    client.force_login(ann)
    image = upload_image(ann, SimpleUploadedFile("leaf.jpg", jpeg()))
    render_image(image.pk)
    note = note_of(ann, "Leaves")
    Image.objects.update(note=note)
    save_note(ann, note, create_board(ann, "Walks"))
    page = client.get("/@ann/boards/").content.decode()
    covers = re.findall(r'src="(/media/images/[^"]+)"', page)
    assert covers
    for address in covers:
        check(b"".join(client.get(address)))
    poster = b"".join(client.get(f"/notes/{note.pk}/poster.jpg"))
    assert not holds_the_canary(poster)
    drawn = Picture.open(io.BytesIO(poster))
    assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                               "progression"}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_avatar_holds_what_was_planted(ann: User, kind: str) -> None:
    change_avatar(ann, SimpleUploadedFile(f"me.{kind}", KINDS[kind]()))
    render_avatar_of(ann.pk)
    ann.refresh_from_db()
    with default_storage.open(f"avatars/{ann.avatar}") as file:
        check(file.read())
