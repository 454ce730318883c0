"""Every refusal of the API has one shape, whoever refused and in whichever language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import override
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory
from rest_framework.views import APIView

from accounts.models import User
from config.problems import MEDIA_TYPE, exception_handler

Api = Callable[..., APIClient]
SOME = "Some of what was sent cannot be accepted."


def answer_to(error: Exception, language: str = "en") -> Response:
    """What the API says when a view raises this."""
    request = Request(APIRequestFactory().get("/"))
    view = APIView(request=request, args=(), kwargs={})
    with override(language):
        answer = exception_handler(
            error, {"request": request, "view": view, "args": (), "kwargs": {}}
        )
    assert answer is not None
    return answer


def problem(status: int, title: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (exceptions.ParseError("Not JSON."), problem(400, "Bad Request", "Not JSON.")),
        (exceptions.PermissionDenied("Not yours."), problem(403, "Forbidden", "Not yours.")),
        (Http404(), problem(404, "Not Found", "Not found.")),
        (
            exceptions.MethodNotAllowed("PUT"),
            problem(405, "Method Not Allowed", 'Method "PUT" not allowed.'),
        ),
        (
            RequestDataTooBig(),
            problem(413, "Request Entity Too Large", "The body is too large."),
        ),
        (
            OperationalError("secret address of the database"),
            problem(503, "Service Unavailable", "We will be back in a moment. Please try again."),
        ),
    ],
)
def test_a_refusal_is_a_problem_with_four_parts(error: Exception, expected: dict[str, Any]) -> None:
    answer = answer_to(error)
    assert (answer.status_code, answer.content_type) == (expected["status"], MEDIA_TYPE)
    assert answer.data == expected


@pytest.mark.parametrize(
    ("error", "errors"),
    [
        (DjangoValidationError("Too late."), [("", "invalid", "Too late.")]),
        (DjangoValidationError("Too late.", code="late"), [("", "late", "Too late.")]),
        (
            DjangoValidationError("Only %(n)s.", code="many", params={"n": 9}),
            [("", "many", "Only 9.")],
        ),
        (
            DjangoValidationError({"title": ["Empty.", "Late."], "body": "Long."}),
            [
                ("title", "invalid", "Empty."),
                ("title", "invalid", "Late."),
                ("body", "invalid", "Long."),
            ],
        ),
        (DjangoValidationError({"__all__": "No."}), [("", "invalid", "No.")]),
        (exceptions.ValidationError("No.", "odd"), [("", "odd", "No.")]),
        (
            exceptions.ValidationError({"images": {"1": [exceptions.ErrorDetail("Bad.", "bad")]}}),
            [("images.1", "bad", "Bad.")],
        ),
    ],
)
def test_what_an_action_or_a_serializer_refuses_names_its_fields(
    error: Exception, errors: list[tuple[str, str, str]]
) -> None:
    listed = [{"field": f, "code": c, "detail": d} for f, c, d in errors]
    assert answer_to(error).data == problem(400, "Bad Request", SOME) | {"errors": listed}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DjangoValidationError("x"), "提交的内容有一部分无法接受。"),
        (RequestDataTooBig(), "请求正文过大。"),
        (OperationalError(), "我们马上回来，请稍后再试。"),
    ],
)
def test_a_problem_speaks_chinese_too(error: Exception, words: str) -> None:
    assert answer_to(error, "zh-hans").data["detail"] == words


def test_who_should_wait_is_told_how_long() -> None:
    away, busy = answer_to(OperationalError()), answer_to(exceptions.Throttled(wait=900))
    assert [(a.status_code, a["Retry-After"]) for a in (away, busy)] == [(503, "5"), (429, "900")]


def test_the_reasons_of_the_database_stay_at_home() -> None:
    assert "10.0.0.7" not in str(answer_to(OperationalError("no route to 10.0.0.7")).data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "kind", "status"),
    [
        ("put", "/api/v1/me/", "application/json", 405),
        ("post", "/api/v1/notes/", "text/plain", 415),
        ("post", "/api/v1/notes/", "application/xml", 415),
        ("delete", "/api/v1/rules/", "application/json", 405),
        ("put", "/api/v1/users/ann/follow/", "application/json", 400),
    ],
)
def test_the_framework_refuses_in_the_same_shape(
    api: Api, ann: User, method: str, path: str, kind: str, status: int
) -> None:
    refused = getattr(api(ann), method)(path, "x", content_type=kind)
    told = refused.json()
    assert (refused.status_code, refused["Content-Type"]) == (status, MEDIA_TYPE)
    assert (told["type"], told["status"], told["detail"] != "") == ("about:blank", status, True)
    assert set(told) - {"errors"} == {"type", "title", "status", "detail"}
