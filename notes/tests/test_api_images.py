"""Uploading pictures over the API, good ones and bad ones."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageOps
from rest_framework.test import APIClient

from accounts.models import User
from conftest import picture_bytes
from notes.models import Image
from notes.rendering import render_image, render_overdue

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


def upload(client: APIClient, data: bytes, name: str = "leaf.jpg", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/api/v1/images/", {"file": file, **fields}, format="multipart")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_an_upload_is_processing_and_then_ready_in_three_widths(api: Api, ann: User) -> None:
    client = api(ann)
    uploaded = upload(client, picture_bytes(2000, 3000), alt="A leaf")
    assert uploaded.status_code == 201
    shape = uploaded.json()
    assert (shape["status"], shape["alt"], shape["urls"]) == ("processing", "A leaf", {})
    render_image(shape["id"])
    ready = client.get(f"/api/v1/images/{shape['id']}/").json()
    assert (ready["status"], ready["width"], ready["height"]) == ("ready", 2000, 3000)
    assert ready["placeholder"].startswith("data:image/webp;base64,")
    sizes = {width: _served(client, url).size for width, url in ready["urls"].items()}
    assert sizes == {"360": (360, 540), "720": (720, 1080), "1440": (1440, 2160)}
    assert default_storage.listdir("incoming")[1] == []


def _served(client: Any, url: str) -> Picture.Image:
    return Picture.open(io.BytesIO(b"".join(client.get(url).streaming_content)))


def test_orientation_is_applied_and_all_metadata_is_gone(api: Api, ann: User) -> None:
    exif = Picture.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a secret place"
    gps = exif.get_ifd(0x8825)
    gps[2] = (30.0, 15.0, 0.0)
    data = picture_bytes(1600, 1200, exif=exif, comment=b"a secret word")
    shape = upload(api(ann), data).json()
    assert (shape["width"], shape["height"]) == (1200, 1600)
    render_image(shape["id"])
    image = Image.objects.get(pk=shape["id"])
    for width in Image.WIDTHS:
        with default_storage.open(image.file_name(width)) as file:
            stored = file.read()
        assert b"secret" not in stored
        assert b"EXIF" not in stored
        picture = Picture.open(io.BytesIO(stored))
        assert (len(picture.getexif()), picture.width < picture.height) == (0, True)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "AVIF"])
def test_other_formats_are_read(api: Api, ann: User, kind: str) -> None:
    shape = upload(api(ann), picture_bytes(400, 300, kind)).json()
    render_image(shape["id"])
    assert Image.objects.get(pk=shape["id"]).status == Image.Status.READY


def test_what_was_transparent_becomes_paper(api: Api, ann: User) -> None:
    out = io.BytesIO()
    Picture.new("RGBA", (300, 300), (255, 0, 0, 0)).save(out, "PNG")
    shape = upload(api(ann), out.getvalue()).json()
    render_image(shape["id"])
    with default_storage.open(Image.objects.get(pk=shape["id"]).file_name(360)) as file:
        assert Picture.open(file).convert("RGB").getpixel((150, 150)) == (255, 255, 255)


PHOTO = picture_bytes(900, 700)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"not a picture at all", "invalid_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "invalid_image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "invalid_image"),
        (PHOTO[: len(PHOTO) // 2], "truncated"),
        (picture_bytes(900, 700, "PNG")[:-40], "truncated"),
        (picture_bytes(900, 700, "WEBP")[:-40], "invalid_image"),
        (PHOTO[:3], "invalid_image"),
        (bomb(12_000, 12_000), "too_many_pixels"),
        (bomb(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_stays(
    api: Api, ann: User, data: bytes, code: str
) -> None:
    refused = upload(api(ann), data)
    assert refused.status_code == 400
    assert [(e["field"], e["code"]) for e in refused.json()["errors"]] == [("file", code)]
    assert not Image.objects.exists()
    assert not default_storage.exists("incoming")


def test_a_file_over_the_limit_is_refused(api: Api, ann: User, settings: LazySettings) -> None:
    settings.IMAGE_MAX_BYTES = 1000
    assert upload(api(ann), PHOTO).json()["errors"][0]["code"] == "too_large"


def test_a_file_that_breaks_while_decoding_is_rejected_by_the_worker(api: Api, ann: User) -> None:
    shape = upload(api(ann), bomb(300, 300)).json()
    render_image(shape["id"])
    assert Image.objects.get(pk=shape["id"]).status == Image.Status.REJECTED
    assert default_storage.listdir("incoming")[1] == []


def test_a_picture_that_kills_its_worker_is_given_up_after_five_tries(api: Api, ann: User) -> None:
    shape = upload(api(ann), PHOTO).json()
    Image.objects.update(attempts=5)
    render_image(shape["id"])
    assert Image.objects.get(pk=shape["id"]).status == Image.Status.REJECTED


def test_rendering_twice_is_rendering_once(api: Api, ann: User) -> None:
    shape = upload(api(ann), PHOTO).json()
    render_image(shape["id"])
    first = Image.objects.values().get(pk=shape["id"])
    render_image(shape["id"])
    assert Image.objects.values().get(pk=shape["id"]) == first


def test_the_sweep_renders_what_a_lost_message_left(api: Api, ann: User) -> None:
    shape = upload(api(ann), PHOTO).json()
    render_overdue()
    assert Image.objects.get(pk=shape["id"]).status == Image.Status.PROCESSING
    Image.objects.update(created_at="2026-01-01T00:00:00Z")
    render_overdue()
    assert Image.objects.get(pk=shape["id"]).status == Image.Status.READY


def test_only_the_owner_sees_and_changes_a_loose_image(api: Api, ann: User, mei: User) -> None:
    shape = upload(api(ann), PHOTO).json()
    render_image(shape["id"])
    url = f"/api/v1/images/{shape['id']}/"
    file = Image.objects.get(pk=shape["id"]).urls["720"]
    for stranger in (api(mei), api()):
        assert stranger.get(file).status_code == 404
        assert stranger.delete(url).status_code in {401, 404}
    assert api(ann).patch(url, {"alt": "Red"}).json()["alt"] == "Red"
    assert api(ann).patch(url, {"alt": "x" * 501}).status_code == 400
    assert api(ann).delete(url).status_code == 204
    assert not Image.objects.exists()


def test_an_upload_needs_a_token(api: Api) -> None:
    assert upload(api(), PHOTO).status_code == 401


def test_a_body_that_is_no_form_is_a_415(api: Api, ann: User) -> None:
    assert api(ann).post("/api/v1/images/", {"file": "x"}).status_code == 415


def test_the_upright_picture_looks_like_the_original(api: Api, ann: User) -> None:
    original = Picture.open(io.BytesIO(PHOTO))
    shape = upload(api(ann), PHOTO).json()
    render_image(shape["id"])
    with default_storage.open(Image.objects.get(pk=shape["id"]).file_name(360)) as file:
        shown = Picture.open(file).convert("L")
    expected = ImageOps.grayscale(original).resize(shown.size)
    pairs = zip(shown.tobytes(), expected.tobytes(), strict=True)
    assert max(abs(a - b) for a, b in pairs) < 12
