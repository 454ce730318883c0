"""The Idempotency-Key: once done, twice answered, never revealed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import IdempotentAnswer, Token, User
from accounts.tasks import forget_answers
from conftest import PASSWORD, picture_bytes

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
ANN = {"username": "ann", "email": "ann@example.org", "password": PASSWORD}


def register(client: APIClient, key: str = "one", **changes: Any) -> Any:
    return client.post("/api/v1/auth/register/", ANN | changes, HTTP_IDEMPOTENCY_KEY=key)


def test_the_first_answer_is_given_again(api: Api) -> None:
    first, again = register(api()), register(api())
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert (first.has_header("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (
        False, "true",
    )  # fmt: skip
    assert User.objects.count() == 1


def test_the_stored_answer_does_not_reveal_the_token(api: Api) -> None:
    secret = register(api()).json()["token"]
    stored = bytes(IdempotentAnswer.objects.get().sealed_body)
    assert secret.encode() not in stored
    assert b"ann" not in stored


def test_another_body_is_a_conflict(api: Api) -> None:
    register(api())
    refused = register(api(), username="anna", email="anna@example.org")
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert User.objects.count() == 1


def test_a_refusal_is_repeated_too(api: Api) -> None:
    first, again = register(api(), email="x"), register(api(), email="x")
    assert (first.status_code, again.json()) == (400, first.json())


def test_a_key_belongs_to_who_uses_it_and_where(api: Api, ann: User, mei: User) -> None:
    sent = {"file": SimpleUploadedFile("a.jpg", picture_bytes())}
    made = []
    for client in (api(ann), api(mei)):
        sent["file"].seek(0)
        answer = client.post(
            "/api/v1/images/", sent, format="multipart", HTTP_IDEMPOTENCY_KEY="one"
        )
        made.append(answer.json()["id"])
    assert made[0] != made[1]


def test_an_upload_is_compared_by_its_content(api: Api, ann: User) -> None:
    client = api(ann)

    def upload(data: bytes) -> Any:
        file = SimpleUploadedFile("a.jpg", data)
        return client.post(
            "/api/v1/images/", {"file": file}, format="multipart", HTTP_IDEMPOTENCY_KEY="one"
        )

    first, same, other = upload(picture_bytes()), upload(picture_bytes()), upload(b"else")
    assert same.json() == first.json()
    assert other.status_code == 409


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_bad_key_is_a_400(api: Api, key: str) -> None:
    assert register(api(), key).status_code == 400


def test_a_request_that_is_still_running_is_not_started_again(api: Api) -> None:
    register(api())
    IdempotentAnswer.objects.update(status=None)
    assert register(api()).status_code == 409


def test_a_key_is_forgotten_after_a_day(api: Api) -> None:
    register(api())
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    forget_answers()
    assert register(api()).status_code == 400  # the name is taken: it was really done again


def test_reading_needs_no_key(api: Api) -> None:
    for _ in range(2):
        answer = api().get("/api/v1/feeds/explore/", HTTP_IDEMPOTENCY_KEY="one")
        assert answer.status_code == 200
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_are_done_once(api: Api) -> None:
    def once(_: int) -> int:
        try:
            return int(register(APIClient()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(once, range(30)))
    assert set(codes) <= {201, 409}
    assert (User.objects.count(), Token.objects.count()) == (1, 1)
