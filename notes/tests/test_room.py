"""The room that everybody has for pictures: counted by file and by byte, told before it is full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from rest_framework.test import APIClient

from accounts.models import User
from notes.actions import quota_used, upload_image
from notes.models import Image, Note

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def keep(owner: User, *sizes: int, **fields: Any) -> None:
    """Pictures of so many bytes, as if they had been uploaded."""
    Image.objects.bulk_create(
        Image(owner=owner, width=1, height=1, byte_count=size, key=f"{owner.pk}-{n}", **fields)
        for n, size in enumerate(sizes)
    )


def upload(owner: User, photo: bytes) -> Image:
    return upload_image(owner, SimpleUploadedFile("leaf.jpg", photo))


def test_somebody_new_has_all_the_room_there_is(api: Api, ann: User) -> None:
    assert api(ann).get("/api/v1/me/room/").json() == {
        "image_count": 0, "most_images": 2000, "byte_count": 0, "most_bytes": 2 * 2**30,
    }  # fmt: skip


def test_ones_own_pictures_count_and_nobody_elses(api: Api, ann: User, mei: User) -> None:
    keep(ann, 100, 200)
    keep(mei, 5000)
    told = api(ann).get("/api/v1/me/room/").json()
    assert (told["image_count"], told["byte_count"]) == (2, 300)
    assert quota_used(mei) == (1, 5000)


@pytest.mark.parametrize("status", Image.Status.values)
def test_a_picture_takes_room_in_every_state(ann: User, status: str) -> None:
    keep(ann, 70, status=status)
    assert quota_used(ann) == (1, 70)


def test_a_picture_takes_room_in_a_draft_too(ann: User) -> None:
    keep(ann, 70, note=Note.drafts.create(author=ann))
    assert quota_used(ann) == (1, 70)


def test_the_room_is_asked_for_by_somebody(api: Api) -> None:
    assert api().get("/api/v1/me/room/").status_code == 401


@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
def test_the_last_picture_fits_and_the_next_one_does_not(
    ann: User, photo: bytes, settings: LazySettings, language: int
) -> None:
    settings.IMAGE_QUOTA_COUNT = 3
    keep(ann, 1, 1)
    upload(ann, photo)
    with override(("en", "zh-hans")[language]), pytest.raises(ValidationError) as refused:
        upload(ann, photo)
    said = (
        "You keep 3 pictures here, which is as many as there is room for.",
        "你已存了 3 张图片，达到上限了。",
    )
    (error,) = refused.value.error_dict["file"]
    assert (error.messages, error.code) == ([said[language]], "quota")
    assert quota_used(ann)[0] == 3


def test_the_last_byte_fits_and_one_more_does_not(
    ann: User, photo: bytes, settings: LazySettings
) -> None:
    settings.IMAGE_QUOTA_BYTES = 2**30
    keep(ann, 2**30 - len(photo) + 1)
    with override("en"), pytest.raises(ValidationError) as refused:
        upload(ann, photo)
    (error,) = refused.value.error_dict["file"]
    assert error.messages == ["Your pictures take up 1 GB, which is as much as there is room for."]
    Image.objects.update(byte_count=2**30 - len(photo))
    upload(ann, photo)
    assert quota_used(ann) == (2, 2**30)


def test_what_does_not_fit_leaves_no_file(ann: User, photo: bytes, settings: LazySettings) -> None:
    settings.IMAGE_QUOTA_COUNT = 0
    with pytest.raises(ValidationError):
        upload(ann, photo)
    assert not default_storage.exists("incoming")


def test_a_program_is_told_by_a_code(
    api: Api, ann: User, photo: bytes, settings: LazySettings
) -> None:
    settings.IMAGE_QUOTA_COUNT = 0
    sent = {"file": SimpleUploadedFile("leaf.jpg", photo)}
    refused = api(ann).post("/api/v1/images/", sent, format="multipart")
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["field"], error["code"]) == (400, "file", "quota")


def test_room_is_free_again_once_a_picture_is_deleted(
    api: Api, ann: User, photo: bytes, settings: LazySettings
) -> None:
    settings.IMAGE_QUOTA_COUNT = 1
    first = upload(ann, photo)
    assert api(ann).delete(f"/api/v1/images/{first.pk}/").status_code == 204
    upload(ann, photo)
    assert quota_used(ann) == (1, len(photo))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Your pictures: 2 of at most 2000, 1.0 MB of 2.0 GB."),
        ("zh-hans", "你的图片："),
    ],
)
def test_the_page_says_how_much_is_used(
    browser_of: BrowserOf, ann: User, language: str, words: str
) -> None:
    keep(ann, 2**19, 2**19)
    browser = browser_of(ann)
    browser.cookies["language"] = language
    page = browser.get("/settings/export/").content.decode().replace("\xa0", " ")
    assert words in page
    assert "2.0" in page
