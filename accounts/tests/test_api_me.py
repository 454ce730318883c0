"""Oneself and one's notifications over the API."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from accounts.models import User
from accounts.rendering import render_avatar_of, render_overdue_avatars
from accounts.tasks import forget_answers
from moderation.judging import judge_profiles

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db


def test_me_is_nobody_without_a_token(api: Api) -> None:
    assert api().get("/api/v1/me/").status_code == 401


def test_ann_changes_her_profile(api: Api, ann: User) -> None:
    changes = {"display_name": "Ann 安", "bio": "Tea and maps", "languages": ["en", "zh"]}
    answer = api(ann).patch("/api/v1/me/", changes | {"ui_language": "zh-hans"})
    assert answer.status_code == 200
    assert answer.json()["profile_pending"] is True
    judge_profiles()
    ann.refresh_from_db()
    assert (ann.display_name, ann.bio, ann.languages, ann.ui_language, ann.version) == (
        "Ann 安", "Tea and maps", ["en", "zh"], "zh-hans", 3,
    )  # fmt: skip
    told = api(ann).get("/api/v1/me/").json()
    assert (told["bio"], told["profile_pending"]) == ("Tea and maps", False)


@pytest.mark.parametrize(
    "forbidden", [{"username": "root"}, {"is_staff": True}, {"follower_count": 9}, {"id": 1}]
)
def test_forbidden_properties_never_stick(
    api: Api, ann: User, forbidden: dict[str, object]
) -> None:
    assert api(ann).patch("/api/v1/me/", forbidden).status_code == 200
    after = User.objects.get(pk=ann.pk)
    assert (after.username, after.is_staff, after.follower_count) == ("ann", False, 0)


def test_an_avatar_becomes_a_square(api: Api, ann: User, photo: bytes) -> None:
    file = SimpleUploadedFile("me.jpg", photo)
    assert api(ann).patch("/api/v1/me/", {"avatar": file}, format="multipart").status_code == 200
    render_overdue_avatars()
    render_avatar_of(ann.pk)
    shown = api(ann).get("/api/v1/me/").json()["avatar"]
    served: Any = api().get(shown)
    assert served["Content-Type"] == "image/webp"
    assert Image.open(BytesIO(b"".join(served.streaming_content))).size == (256, 256)
    assert default_storage.listdir("incoming")[1] == []


def test_an_avatar_that_is_no_picture_is_refused(api: Api, ann: User) -> None:
    file = SimpleUploadedFile("me.jpg", b"<svg/>")
    refused = api(ann).patch("/api/v1/me/", {"avatar": file}, format="multipart")
    assert refused.status_code == 400
    assert not default_storage.exists("incoming")


def test_a_new_follower_is_told_once_and_read(api: Api, ann: User, mei: User) -> None:
    for _ in range(2):
        api(mei).put("/api/v1/users/ann/follow/")
    client = api(ann)
    assert client.get("/api/v1/notifications/unread/").json() == {"count": 1}
    told = client.get("/api/v1/notifications/").json()["results"]
    assert [(n["kind"], n["actor"]["username"]) for n in told] == [("follow", "mei")]
    assert client.post("/api/v1/notifications/read/", {"up_to": told[0]["id"]}).status_code == 204
    assert client.get("/api/v1/notifications/unread/").json() == {"count": 0}


def test_forgetting_is_safe_when_there_is_nothing(db: None) -> None:
    forget_answers()
