"""Renditions: as wide as they are called, never wider than the picture, always its shape."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture

from accounts.models import User
from conftest import PostNote, bring_to, picture_bytes
from notes.actions import submit_note, upload_image
from notes.models import Image
from notes.rendering import render_image
from notes.templatetags.notes import cover_height, srcset

pytestmark = pytest.mark.django_db


def rendered(owner: User, width: int, height: int, kind: str = "JPEG", alt: str = "") -> Image:
    data = picture_bytes(width, height, kind)
    image = upload_image(owner, SimpleUploadedFile("leaf", data), alt)
    render_image(image.pk)
    image.refresh_from_db()
    return image


def sizes_of(image: Image) -> list[tuple[int, int]]:
    found = []
    for width in image.WIDTHS:
        with default_storage.open(image.file_name(width)) as file:
            picture = Picture.open(io.BytesIO(file.read()))
        assert (picture.format, picture.mode) == ("WEBP", "RGB")
        found.append(picture.size)
    return found


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((1, 1), [(1, 1)] * 3),
        ((60, 80), [(60, 80)] * 3),
        ((360, 480), [(360, 480)] * 3),
        ((361, 361), [(360, 360), (361, 361), (361, 361)]),
        ((720, 540), [(360, 270), (720, 540), (720, 540)]),
        ((1000, 500), [(360, 180), (720, 360), (1000, 500)]),
        ((1440, 1920), [(360, 480), (720, 960), (1440, 1920)]),
        ((2880, 1440), [(360, 180), (720, 360), (1440, 720)]),
        ((2000, 1), [(360, 1), (720, 1), (1440, 1)]),
        ((2, 2000), [(2, 2000)] * 3),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_made_smaller_and_never_larger(
    ann: User, size: tuple[int, int], sizes: list[tuple[int, int]], kind: str
) -> None:
    image = rendered(ann, *size, kind)
    assert ((image.width, image.height), sizes_of(image)) == (size, sizes)


def test_the_page_names_the_width_each_file_really_has(ann: User) -> None:
    image = rendered(ann, 500, 400)
    widths = [part.split(" ")[1] for part in srcset(image).split(", ")]
    assert widths == [f"{width}w" for width, _ in sizes_of(image)] == ["360w", "500w", "500w"]


@pytest.mark.parametrize(
    ("width", "height", "cover"),
    [
        (300, 300, 360),
        (300, 400, 480),
        (300, 900, 480),
        (400, 300, 270),
        (900, 300, 270),
        (300, 330, 396),
    ],
)
def test_a_cover_is_neither_too_tall_nor_too_wide(
    ann: User, width: int, height: int, cover: int
) -> None:
    assert cover_height(Image(owner=ann, width=width, height=height)) == cover


ALTS = [
    ("A red leaf", "A red leaf"),
    ("一片红叶", "一片红叶"),
    ("  spaces around  ", "spaces around"),
    ('"><script>alert(1)</script>', "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("' onload='x", "&#x27; onload=&#x27;x"),
    ("", ""),
]


@pytest.mark.parametrize(("alt", "shown"), ALTS)
def test_the_description_stands_on_card_and_page(
    client: Client, ann: User, post_note: PostNote, alt: str, shown: str
) -> None:
    image = rendered(ann, 60, 80, alt=alt)
    note = submit_note(ann, "Autumn walk", "", [image.pk])
    bring_to(note.case, "published")
    for address, width in ((f"/notes/{note.pk}/", "720"), ("/@ann/", "360")):
        page = client.get(address).content.decode()
        found = re.findall(rf'src="{image.urls[width]}".*? alt="([^"]*)"', page)
        assert found == [shown]


def test_a_placeholder_is_small_and_has_the_shape_of_the_picture(ann: User) -> None:
    for size in ((1600, 1200), (300, 900)):
        placeholder = rendered(ann, *size).placeholder
        assert placeholder.startswith("data:image/webp;base64,")
        assert len(placeholder) < 1_000
