"""The Idempotency-Key: once done, twice answered, never revealed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.idempotency import IdempotencyMiddleware
from accounts.models import IdempotentAnswer, Token, User
from accounts.tasks import forget_answers
from conftest import PASSWORD, picture_bytes
from tests.properties import TRY

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
ANN = {"username": "ann", "email": "ann@example.org", "password": PASSWORD}


def register(client: APIClient, key: str = "one", **changes: Any) -> Any:
    return client.post("/api/v1/auth/register/", ANN | changes, HTTP_IDEMPOTENCY_KEY=key)


def posted(key: str = "one") -> HttpRequest:
    request = RequestFactory().post(
        "/api/v1/x/", b"{}", "application/json", headers={"Idempotency-Key": key}
    )
    request.user = AnonymousUser()
    return request


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


def test_what_died_without_an_answer_is_done_by_the_next_one(api: Api) -> None:
    register(api())
    User.objects.all().delete()
    died = timezone.now() - timedelta(seconds=61)
    IdempotentAnswer.objects.update(status=None, created_at=died)
    assert register(api(), username="anna").status_code == 409
    done = register(api())
    assert (done.status_code, done.has_header("Idempotency-Replayed")) == (201, False)
    assert register(api())["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_what_may_go_well_later_is_not_kept(status: int) -> None:
    answers = iter([HttpResponse(status=status), HttpResponse("made", status=201)])
    door = IdempotencyMiddleware(lambda request: next(answers))
    assert [door(posted()).status_code for _ in range(3)] == [status, 201, 201]


def test_a_view_that_breaks_leaves_the_key_free() -> None:
    def breaks(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        IdempotencyMiddleware(breaks)(posted())
    assert not IdempotentAnswer.objects.exists()
    made = IdempotencyMiddleware(lambda request: HttpResponse("made", status=201))
    assert made(posted()).content == b"made"


def test_an_answer_without_an_end_is_not_kept() -> None:
    door = IdempotencyMiddleware(lambda request: StreamingHttpResponse(iter([b"on and on"])))  # type: ignore[arg-type,return-value]
    assert door(posted()).status_code == 200
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/api/v1/me/"), ("put", "/api/v1/me/"), ("post", "/publish/")]
)
def test_only_what_is_posted_to_the_api_is_kept(method: str, path: str) -> None:
    door = IdempotencyMiddleware(lambda request: HttpResponse())
    sent = getattr(RequestFactory(), method)(path, headers={"Idempotency-Key": "one"})
    assert door(sent).status_code == 200
    assert not IdempotentAnswer.objects.exists()


def test_a_body_larger_than_any_is_a_413_with_and_without_a_key(api: Api, ann: User) -> None:
    body = b'{"title": "' + b"x" * 2_600_000 + b'"}'
    for headers in ({}, {"HTTP_IDEMPOTENCY_KEY": "one"}):
        answer = api(ann).generic("POST", "/api/v1/notes/", body, "application/json", **headers)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["detail"]) == (413, "The body is too large.")
        assert answer["Content-Type"] == "application/problem+json"
    assert not IdempotentAnswer.objects.exists()


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_the_order_of_fields_says_nothing(order: tuple[str, str]) -> None:
    door = IdempotencyMiddleware(lambda request: HttpResponse("made", status=201))
    values = {"a": "1", "b": "2"}
    first = RequestFactory().post("/api/v1/x/", values, headers={"Idempotency-Key": "one"})
    again = {name: values[name] for name in order}
    second = RequestFactory().post("/api/v1/x/", again, headers={"Idempotency-Key": "one"})
    assert [door(each).status_code for each in (first, second)] == [201, 201]
    assert IdempotentAnswer.objects.count() == 1


@given(st.text(st.characters(codec="latin-1", min_codepoint=33), min_size=1, max_size=255))
@TRY
def test_any_key_finds_its_own_answer_and_no_other(key: str) -> None:
    number = iter(range(10))
    door = IdempotencyMiddleware(lambda request: HttpResponse(str(next(number)), status=201))
    keys = [key, f"{key}x"[-255:] if len(key) < 255 else key[1:], key]
    contents = [door(posted(each)).content for each in keys]
    assert contents == [b"0", b"1", b"0"]
    IdempotentAnswer.objects.all().delete()


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
